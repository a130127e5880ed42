"""Everything that readers can see, item by item: a name, and its words.

An item is a part of a page, a danger card, a reason, a fact, a phrase of a region and so on. They
are taken from the library itself, field by field, so a new kind of content is among them at once.
What a translation says otherwise than the original is an item of its own: `es:reasons/not-tried`.
A hash of each stands in `guide/releases/<release>.txt` for a release, and in `next.txt` for what
has changed since and is not released yet.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from treatment_guide.engine.conditions import AllOf, Among, AnyOf, Not
from treatment_guide.library.model import Library, Page
from treatment_guide.library.release.releases import condition_text
from treatment_guide.library.text.blocks import FactFigure

FOLDER = "guide/releases"
#: The record of what is not released yet.
NEXT = "next"
#: Fields of a library that readers do not see, or see only by way of others.
LEFT_OUT = frozenset(
    {
        ("cited_on",),  # from the sources of pages
        ("computed",),
        ("original",),  # what a translation translates has a record of its own
        ("translations",),
        ("unserved",),  # what a copy leaves out
        ("language",),  # as it is written: seen in every number and day
        ("local",),  # a clinic's own words: no part of the guide
        ("layout",),  # the numbers of the answer code: tests/published/codes.yaml
        ("proof",),  # `manage.py audit` compares it
        ("base",),  # the path of a copy
        ("released",),  # the library without its recalls has a record of its own
        ("releases",),
        ("reviews",),  # each signature holds the hash of what it is about
        ("rules",),  # from the rules of options and the words of questions
        ("search_names",),  # from the short words of situations
        ("site", "region"),  # one of site/regions
        ("site", "release"),  # the name of the record
    }
)
#: The fields of a page that follow from its parts.
FROM_PARTS = frozenset({"facts", "links", "grade", "word_count", "gains_words", "harms_words"})
#: How many steps of a path name an item, where its name is longer than a kind and an id.
DEPTHS = {
    "guide": 3,
    "site": 5,
    "questions": 4,
    "body_maps": 3,
    "clinics": 3,
    "value_statements": 3,
}
#: The phrases that people type for a danger: rows of a phrase and the id of its sign.
PHRASES = ("danger_phrases", "phrases")
#: The fields that name a value in a list; without one of them, its number does.
NAMES = ("id", "number", "because", "choice")
_CITED = re.compile(r'<sup><a href="#s(\d+)">.*?</a></sup>', re.DOTALL)
#: The end of a point of a list.
_POINT = re.compile(r"</li>")
_HREF = re.compile(r'<a href="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")


def items(library: Library, *, dated: bool = True) -> dict[str, str]:
    """The words of every item, by its name: `questions/urgent/breathing/card`. Without `dated`,
    they hold no day: when a thing was checked or read, and by when it has to be again.
    """
    found: dict[str, list[str]] = {}
    for path, words in _walk(library, (), dated):
        depth = DEPTHS.get(path[0], 2)
        if path[:2] == ("guide", "options"):
            depth = 5
        elif path[:2] == PHRASES:
            depth = 3
        elif "part" in path:
            depth = path.index("part") + 2
        name = "/".join(path[:depth])
        label = ".".join(path[depth:])
        found.setdefault(name, []).append(f"{label}: {words}" if label else words)
    return {name: "\n".join(sorted(rows)) for name, rows in sorted(found.items())}


def in_all_languages(library: Library) -> dict[str, str]:
    """The same with the items of its translations, each with its language before its name. What is
    equal in the original, such as a rule, stands there alone.
    """
    found = original = items(library)
    for name, translation in library.translations.items():
        theirs = items(translation)
        own = {item: words for item, words in theirs.items() if original.get(item) != words}
        found = found | {f"{name}:{item}": words for item, words in own.items()}
    return found


def files(root: Path, languages: Iterable[str]) -> dict[str, str]:
    """The text of every file of words of these languages, by its path, so that no change of one is
    left out: some lines are read and not shown, such as the names that style rules let pass.
    """
    return {
        path.relative_to(root).as_posix(): " ".join(path.read_text(encoding="utf-8").split())
        for language in languages
        for path in sorted((root / language).rglob("*.md"))
    }


def _walk(value: Any, path: tuple[str, ...], dated: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    """The single values inside a value, each with its path; names that repeat are left out."""
    if isinstance(value, Page):
        yield from _page(value, path, dated)
    elif isinstance(value, (AllOf, Among, AnyOf, Not)):
        yield path, condition_text(value)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = field.name in ("choices", "page") and path[0] != "guide"
            if (*path, field.name) not in LEFT_OUT:
                step = path if inner else (*path, field.name)
                yield from _walk(getattr(value, field.name), step, dated)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            name = "/".join(map(str, key)) if isinstance(key, tuple) else str(key)
            yield from _walk(each, (*path, name), dated)
    elif isinstance(value, (set, frozenset)):
        yield path, ", ".join(sorted(map(str, value)))
    elif path == PHRASES:
        for phrase, sign in value:
            yield (*path, sign), plain(phrase)
    elif isinstance(value, (tuple, list)):
        if all(isinstance(each, (str, int, float)) for each in value):
            if value:
                yield path, " | ".join(plain(str(each)) for each in value)
            return
        for name, each in _named(value):
            yield from _walk(each, (*path, name), dated)
    elif value not in (None, "") and (dated or not isinstance(value, date)):
        yield path, plain(str(value))


def _named(rows: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """The values of a list, each with the name it has or its number. A name that comes again has
    its number behind it: else two rules of one name could trade their conditions unnoticed.
    """
    seen: dict[str, int] = {}
    for number, each in enumerate(rows):
        named = [str(getattr(each, name)) for name in NAMES if getattr(each, name, "")]
        name = named[0] if named else str(number)
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}.{seen[name]}", each


def _page(page: Page, path: tuple[str, ...], dated: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    """A page: its head, and each part with its sources by name."""
    for field in fields(page):
        if field.name != "parts" and field.name not in FROM_PARTS:
            yield from _walk(getattr(page, field.name), (*path, field.name), dated)
    for part in page.parts:
        rows = [part.title]
        for block in part.blocks:
            if isinstance(block, FactFigure):
                rows.append(f"<fact:{block.fact}>")
            else:
                said = _CITED.sub(lambda s: f"[{page.sources[int(s[1]) - 1]}]", block.html)
                rows += filter(None, map(plain, _POINT.split(said)))
        yield (*path, "part", part.id), "\n".join(rows)


def plain(markup: str) -> str:
    """HTML as its words, with the address of each link, and spaces evened out."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    linked = _HREF.sub(lambda found: f"[{found[1]}]", markup)
    return " ".join(unescape(_TAG.sub("", linked)).split())


def hashes(seen: Mapping[str, str]) -> dict[str, str]:
    """A short hash of the words of every item."""
    return {name: hashlib.sha256(words.encode()).hexdigest()[:8] for name, words in seen.items()}


def written(seen: Mapping[str, str]) -> str:
    """The hashes as the text of a file: a name and a hash in each line."""
    head = "# What readers see, hashed. Written by `manage.py release`; never changed by hand.\n"
    return head + "".join(f"{name} {value}\n" for name, value in hashes(seen).items())


def recorded(root: Path, *names: str) -> tuple[str, dict[str, str]] | None:
    """The first of these records that is there: its name, and the hashes; None for none.

    Raises ValueError for a file that is no such record.
    """
    for name in names:
        path = root / FOLDER / f"{name}.txt"
        if path.is_file():
            rows = [row for row in path.read_text(encoding="utf-8").splitlines() if row[:1] != "#"]
            pairs = [row.rsplit(" ", 1) for row in rows if row]
            if not all(len(pair) == 2 for pair in pairs):
                raise ValueError(f"{FOLDER}/{name}.txt is no record of what readers see.")
            return name, {item: value for item, value in pairs}
    return None


@dataclass(frozen=True)
class Unrecorded:
    """What differs from a record: the names of items that are new, gone, or say something else."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)


def compared(then: Mapping[str, str], now: Mapping[str, str]) -> Unrecorded:
    """What differs between two records of hashes."""
    return Unrecorded(
        tuple(name for name in now if name not in then),
        tuple(name for name in then if name not in now),
        tuple(name for name, value in now.items() if then.get(name, value) != value),
    )


#: What names of items begin with, from what can harm most if it changes unnoticed. All else follows.
WEIGHT = (
    re.compile(r"questions/urgent.*/card$"),
    re.compile(r"pages/get-help-now"),
    re.compile(r"danger_words|guide/(floor|notices)"),
    re.compile(r"questions/"),
    re.compile(r"reasons/"),
    re.compile(r"notices/"),
    re.compile(r"asks/"),
    re.compile(r"(?!.*\.md$)"),
)
#: The language before the name of an item.
_LANGUAGE = re.compile(r"^[a-z]{2,3}:")
#: The first place whose items have no weight of their own.
LIGHT = len(WEIGHT) - 1


def weight(name: str) -> int:
    """The place of an item among all kinds, in every language: 0 for danger cards, the last for
    whole files.
    """
    item = _LANGUAGE.sub("", name)
    return next((n for n, kind in enumerate(WEIGHT) if kind.match(item)), len(WEIGHT))


def counted(found: Unrecorded) -> Iterable[str]:
    """How many items differ: a line for each kind, `questions: 3 changed, 1 gone`."""
    kinds: dict[str, dict[str, int]] = {}
    for how, name in _rows(found):
        differs = kinds.setdefault(name.partition("/")[0], {})
        differs[how] = differs.get(how, 0) + 1
    for kind, counts in kinds.items():
        yield f"  {kind}: " + ", ".join(f"{count} {how}" for how, count in counts.items())


def told(found: Unrecorded, seen: Mapping[str, str], most: int = 60) -> Iterable[str]:
    """What differs, in words: the counts; then a line for each item with the beginning of what it
    says now, what matters most first. Of what has no weight of its own only `most` lines follow,
    so that no changed card, question, reason or message hides.
    """
    rows = _rows(found)
    if rows:
        yield from counted(found)
    heavy = sum(weight(name) < LIGHT for _, name in rows)
    for how, name in rows[: heavy + most]:
        says = "" if name.endswith(".md") else " ".join(seen.get(name, "").split())
        short = says if len(says) <= 160 else f"{says[:159]}…"
        yield f"  {how}: {name}" + (f": {short}" if short else "")
    if len(rows) > heavy + most:
        yield f"  and {len(rows) - heavy - most} more"


def _rows(found: Unrecorded) -> list[tuple[str, str]]:
    """How and what differs, by weight; in each what changed or is gone stands before what is new."""
    hows = (("changed", found.changed), ("gone", found.gone), ("new", found.new))
    rows = [(how, name) for how, names in hows for name in names]
    return sorted(rows, key=lambda row: weight(row[1]))
