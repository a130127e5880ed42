"""Random bodies, each with its Content-Type: forms, invalid forms, and other data."""

import codecs
import encodings
import pkgutil
import warnings
from encodings.aliases import aliases
from random import Random
from typing import NamedTuple
from urllib.parse import urlencode

from tests.made_up.headers import marker_of

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
Fields = list[tuple[str, str]]


class Body(NamedTuple):
    """A body, its type, and the kind it is of."""

    kind: str
    content_type: str
    content: bytes


def _reads_ascii(name: str) -> bool:
    """True for a codec that reads ASCII as ASCII: one that a form could be written in."""
    text = "place=knee&q=a%20b"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return codecs.decode(text.encode(), name) == text == text.encode(name).decode(name)
        except Exception:  # noqa: BLE001 whatever it raises, it is no codec for forms
            return False


#: Every name of a codec that Python knows.
CHARSETS = sorted({m.name for m in pkgutil.iter_modules(encodings.__path__)} | aliases.keys())
#: Codecs that are not for text, that raise, or that decode ASCII to other letters.
STRANGE = [name for name in CHARSETS if not _reads_ascii(name)] + ["punycode", "idna", "utf-7"]
_UNKNOWN = (
    "nonsense",
    "",
    '""',
    "utf-8\x00",
    "x" * 5_000,
    "\xff",
    "..",
    "utf-8;",
    "\xd9\xa3",
    "\x00",
)
_SAID = (
    *("; charset={}", '; charset="{}"', "; charset='{}'", "; charset={}; charset=utf-8"),
    *("; charset=utf-8; charset={}", "; charset*={}''utf-8", "; Charset = {}", ";charset={};"),
    *("; charset*0={}; charset*1=x", "; charset*0*={}''x; charset*1=y", "; boundary=x; charset={}"),
)


def in_a_charset(chance: Random, form: Fields) -> Body:
    """A form in a charset: most of them are none that a form can be written in."""
    names = chance.choice([STRANGE, STRANGE, CHARSETS, _UNKNOWN])
    name = chance.choice([*names, marker_of(chance)])
    said = chance.choice(_SAID).format(name)
    if chance.randrange(4) == 0:
        return Body("a charset, multipart", f"{MULTIPART}; boundary=cut{said}", parts_of(form))
    return Body("a charset", FORM + said, encoded(form))


def encoded(form: Fields) -> bytes:
    """A form as browsers send it."""
    return urlencode(form, errors="surrogatepass").encode()


def part(name: str, value: str, more: str = "", lines: str = "") -> bytes:
    """One part of a multipart form."""
    head = f'--cut\r\nContent-Disposition: form-data; name="{name}"{more}\r\n{lines}\r\n'
    return f"{head}{value}\r\n".encode("utf-8", "surrogatepass")


def parts_of(form: Fields) -> bytes:
    """A whole multipart form, cut by `cut`."""
    return b"".join(part(name, value) for name, value in form) + b"--cut--\r\n"


_BOUNDARIES = (
    *("", "; boundary=", '; boundary=""', "; boundary=other", "; boundary=\xff"),
    *("; boundary=" + "x" * 300, "; boundary=cut; boundary=other", "; boundary=cu\x00t"),
    *('; boundary="cut', "; boundary='cut'", "; boundary=--cut", ";boundary = cut", "; boundary"),
)
_FILE = ("; filename=a.exe", '; filename="../../x"', '; filename=""', "; filename*=idna''z")


def in_parts(chance: Random, form: Fields) -> Body:
    """A multipart form: whole, cut short, with a file, or wrong in another way."""
    kind = chance.choice(["whole", "cut short", "a file", "a boundary", "a part", "any bytes"])
    content_type = f"{MULTIPART}; boundary=cut"
    content = parts_of(form)
    name, value = chance.choice(form or [("q", "x")])
    if kind == "cut short":
        content = content[: chance.randrange(len(content))]
    elif kind == "a file":
        long = chance.choice([value, "k" * 15_000, "\x00" * 40_000])
        content = part(name, long, chance.choice(_FILE)) * chance.choice([1, 1, 3]) + content
    elif kind == "a boundary":
        content_type = MULTIPART + chance.choice(_BOUNDARIES)
    elif kind == "a part":
        coding = f"Content-Transfer-Encoding: {chance.choice(['base64', 'quoted-printable'])}\r\n"
        charset = f"; name*={chance.choice(STRANGE)}''z"
        content = chance.choice(
            [
                part(name, "!!!", "; filename=a", coding) + content,
                part(name, "!!!", "", coding) + content,
                part(name, value, charset) + content,
                part(name, value, "", "Content-Type: text/plain; charset=rot13\r\n") + content,
                part(name, value, "", "x: y\r\n" * 900) + content,
                b"--cut\r\nx\r\n" + content,
                part(name, value) * 150 + content,
                content + content,
                b"--cut--\r\n",
            ]
        )
    elif kind == "any bytes":
        content = chance.randbytes(chance.randrange(200))
    return Body(f"multipart, {kind}", content_type, content)


_OTHERS = ("application/json", "", "text/plain", "x", "/", ";", "image/png", "\xff", "a" * 5_000)


_KINDS = ("a form", "a charset", "multipart", "a form of any bytes", "a long form", "another type")
_OFTEN = (8, 4, 4, 1, 1, 1)


def bodies(chance: Random, form: Fields) -> Body:
    """A body for a form, or one that is no form."""
    kind = chance.choices(_KINDS, weights=_OFTEN)[0]
    if kind == "a charset":
        return in_a_charset(chance, form)
    if kind == "multipart":
        return in_parts(chance, form)
    if kind == "a form of any bytes":
        return Body(kind, FORM, chance.randbytes(chance.randrange(200)))
    if kind == "a long form":
        long = chance.choice([b"a=b&" * 500, b"q=" + b"x" * 19_000, b"q=" + b"x" * 30_000])
        return Body(kind, FORM, long)
    if kind == "another type":
        other = chance.choice([*_OTHERS, f"text/{marker_of(chance)}"])
        return Body(kind, other, encoded(form))
    return Body(kind, FORM, encoded(form))
