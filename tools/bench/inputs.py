"""Made-up inputs for the cost table: a shape says what a kind of request may hold, an input is one
request of it. All chance comes from a seeded `Random`, so that a run can be repeated.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

#: The longest query and body that are sent. A server takes no longer request line (8 kB is usual),
#: and the application refuses a longer form.
MOST_QUERY, MOST_BODY = 8_000, 10_000

Value = Callable[[Random], str]
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Input:
    """One request: method, address and its parts, query, form, headers (as WSGI names them)."""

    method: str
    path: str
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Sequence[tuple[str, str]] = ()
    form: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The path with its parts in it."""
        path = self.path
        for name, value in self.parts.items():
            path = path.replace(f"{{{name}}}", value.replace("{", ""))
        return path

    def environ(self) -> dict[str, Any]:
        """The request as WSGI gives it to the application."""
        body = _encoded(self.form)[:MOST_BODY].encode()
        return {
            "REQUEST_METHOD": self.method,
            # WSGI: the bytes of the path, each as one character.
            "PATH_INFO": self.address.encode("utf-8", "surrogatepass").decode("latin-1"),
            "QUERY_STRING": _encoded(self.query)[:MOST_QUERY],
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **self.headers,
        }

    def __str__(self) -> str:
        """The request in a few words for a table."""
        said = f"{self.method} {quote(self.address)}"
        for mark, pairs in (("?", self.query), (" form ", self.form)):
            said += mark + _encoded(pairs) if pairs else ""
        said += "".join(
            f" {name.removeprefix('HTTP_')}={v}" for name, v in self.headers.items() if v
        )
        return said if len(said) <= 150 else f"{said[:140]}… ({len(said):,})"


def _encoded(pairs: Sequence[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="surrogatepass")


@dataclass(frozen=True)
class Shape:
    """What one kind of request may hold: for every part, field and header what its value can be.

    `pairs` makes the fields where they belong together.
    """

    name: str
    path: str
    method: str = "GET"
    parts: Mapping[str, Value] = field(default_factory=dict)
    query: Mapping[str, Value] = field(default_factory=dict)
    form: Mapping[str, Value] = field(default_factory=dict)
    headers: Mapping[str, Value] = field(default_factory=dict)
    pairs: Callable[[Random], Pairs] | None = None

    def make(self, chance: Random) -> Input:
        """Any input of this kind."""
        return Input(
            self.method,
            self.path,
            {name: value(chance) for name, value in self.parts.items()},
            self._pairs(chance, self.query),
            self._pairs(chance, self.form),
            {name: value(chance) for name, value in self.headers.items()},
        )

    def change(self, chance: Random, was: Input) -> Input:
        """The input with one thing changed: what a search for the dearest tries next."""
        can = [
            *(("parts", name, value) for name, value in self.parts.items()),
            *(("headers", name, value) for name, value in self.headers.items()),
            *(("query", name, value) for name, value in self.query.items()),
            *(("form", name, value) for name, value in self.form.items()),
        ]
        if not can:
            return was
        where, name, value = chance.choice(can)
        if where in ("parts", "headers"):
            return replace(was, **{where: {**getattr(was, where), name: value(chance)}})
        if self.pairs and chance.random() < 0.3:
            return replace(was, **{where: self.pairs(chance)})
        pairs = list(getattr(was, where))
        here = [i for i, pair in enumerate(pairs) if pair[0] == name]
        if not here or chance.random() < 0.1:
            pairs.append((name, value(chance)))
        elif chance.random() < 0.1:
            del pairs[here[0]]
        else:
            at = chance.choice(here)
            old, new = pairs[at][1], value(chance)
            mixed = (new, f"{old} {new}", f"{new} {old}", old + old, old[: len(old) // 2] + new)
            pairs[at] = name, chance.choice(mixed)
        return replace(was, **{where: pairs})

    def _pairs(self, chance: Random, fields: Mapping[str, Value]) -> Pairs:
        if fields and self.pairs:
            return self.pairs(chance)
        return [(name, value(chance)) for name, value in fields.items() if chance.random() < 0.9]


#: One sign that becomes several words or characters, accents that have to be sorted, and others
#: that patterns and encoders find dear.
STRANGE = (
    "㏂", "ﷺ", "㎯", "⑽", "℀", "\u0301\u0316", "\u0316\u0301", "ſ", "İ", "é", "½", "…",
    "@", "1 ", "1-", "(", "((", "'", "''", "\u00ad", "\u200b", "-", "--", ".", ":", "/", "/go/",
    "&", "<", '"', "%", "\x00", "😀", "x", "1", "1(", "Aa ", "Dr A", "jan ", "www.", "x@",
)  # fmt: skip


class Texts:
    """Texts that people, programs and attackers may send, made of words of the guide and others."""

    def __init__(self, words: Sequence[str], phrases: Sequence[str]) -> None:
        self.words, self.phrases = list(words), list(phrases)

    def text(self, chance: Random) -> str:
        """Up to eight thousand characters."""
        most = chance.choice((3, 8, 20, 40, 400))
        match chance.randrange(6):
            case 0:
                return chance.choice(STRANGE) * chance.choice((1, 20, 200, 600, 4_000))
            case 1:
                return "".join(chance.choices(STRANGE, k=most))
            case 2:
                return " ".join(chance.choices(self.phrases, k=most))
            case 3:
                return " ".join(chance.choices(self.words, k=most))
            case 4:
                return " ".join(self.slip(chance) for _ in range(min(most, 40)))
            case _:
                pieces = (chance.choice(self.words), self.slip(chance), chance.choice(STRANGE))
                return " ".join(chance.choice(pieces) for _ in range(most))

    def slip(self, chance: Random) -> str:
        """A word of the guide, mistyped, or one that is nearly a word."""
        letters = list(chance.choice(self.words))
        for _ in range(chance.randint(1, 3)):
            letters[chance.randrange(len(letters))] = chance.choice("eaiortnslc")
        return "".join(letters)


def one_of(*values: str) -> Value:
    """Any of these."""
    return lambda chance: chance.choice(values)
