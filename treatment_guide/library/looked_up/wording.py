"""Checks the words of the interface (en/ui.md, en/ui-handouts.md, en/ui-clinics.md) against the tables of keys: each
key has words, with exactly the placeholders that its page fills in.

Pages fill words with `str.format`, where a wrong placeholder raises. Words that pass cannot raise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from string import Formatter

from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.looked_up import ui_keys, ui_keys_clinics, ui_keys_handouts
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Entry, entries_of, read_page
from treatment_guide.library.text.phone_words import number_faults
from treatment_guide.library.text.style.guards import Style
from treatment_guide.library.text.style_rules import lint_line

#: The tables of keys, by the stem of their file.
TABLES = {"ui": ui_keys, "ui-handouts": ui_keys_handouts, "ui-clinics": ui_keys_clinics}
#: Keys whose words may contain typed numbers, each with the reason.
TYPED = {
    "grade-words": "the aim and the limit of the reading grade, which the lint enforces",
    "fact-of": "the unit of a picture",
    "fact-points": "the unit of a picture of points",
    "fact-under": "a count too small for a picture",
    "glance-points": "the unit of a cell",
    "glance-people": "the unit of a cell",
    "glance-hundred": "the unit of a cell",
    "fact-read": "how to read a picture of a hundred people",
    "unit-percent-loss": "the unit of a fact",
    "clinician-asked": "the fixed danger question, said back",
    "clinics-qr-note": "how wide to print a square code",
    "sheet-param-code": "how record systems number a parameter",
}
_KEY = re.compile(r"([a-z0-9*-]+)(?:\{([a-z,?]+)\})?(\|?)")


@dataclass(frozen=True)
class Wording:
    """The form of the words under one key: the placeholders they need, further ones they may have,
    and whether they have two forms, `one|more`.
    """

    places: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    counted: bool = False

    @property
    def stand_in(self) -> str:
        """Words of this form, used where words are missing, so that reading goes on to the next
        fault.
        """
        text = " ".join(f"{{{place}}}" for place in sorted(self.places)) or "-"
        return f"{text}|{text}" if self.counted else text


def wording(text: str) -> tuple[str, Wording]:
    """One key of a table, and the form of its words.

    `nav-options{count}` needs `{count}`, `paste-note{code?}` may have `{code}`, and `unit-day|`
    has two forms. Raises ValueError for any other text.
    """
    found = _KEY.fullmatch(text)
    if not found:
        raise ValueError(f"not a key of a table of words: {text}")
    key, places, counted = found.groups()
    named = places.split(",") if places else []
    return key, Wording(
        frozenset(place for place in named if not place.endswith("?")),
        frozenset(place.rstrip("?") for place in named if place.endswith("?")),
        bool(counted),
    )


@cache
def closed(file: str) -> Mapping[str, Wording]:
    """Every key that a file of words must have, with the form of its words."""
    table = TABLES[file]
    found = dict(map(wording, table.KEYS.split()))
    for pattern, values in table.FAMILIES.items():
        name, each = wording(pattern)
        found |= {name.replace("*", value): each for value in values}
    return found


@cache
def every_closed() -> Mapping[str, Wording]:
    """The same for all files together."""
    return {key: each for file in TABLES for key, each in closed(file).items()}


@cache
def opened() -> Mapping[str, Wording]:
    """The patterns of keys that content may add to, such as a new tag."""
    return dict(map(wording, ui_keys.OPEN))


def wanted(key: str) -> Wording | None:
    """The form of the words under a key; None for a key that nothing looks up."""
    if key in every_closed():
        return every_closed()[key]
    return next((w for pattern, w in opened().items() if fnmatchcase(key, pattern)), None)


def faults(text: str, rule: Wording, wanted_forms: int = 2) -> Iterator[tuple[int, str]]:
    """The faults of the words under a key: the row in `text`, from 0, and a sentence. Words for a
    count have as many forms as the language has.
    """
    if not text:
        yield 0, "There are no words here."
        return
    found: set[str] = set()
    broken = False
    known = rule.places | rule.optional
    may = ", ".join(f"`{{{place}}}`" for place in sorted(known)) or "none"
    for row, line in enumerate(text.split("\n")):
        here, fault = places_in(line)
        for place in here:
            if place not in known:
                fault = fault or f"`{{{place}}}` is not known here. Places that are: {may}."
        if fault:
            broken = True
            yield row, fault
        found |= here
    if not broken:
        yield from ((0, f"The place `{{{place}}}` is missing.") for place in rule.places - found)
    if not rule.counted:
        return
    forms = text.split("|")
    if wanted_forms != 2 and len(forms) != wanted_forms:
        yield 0, f"{wanted_forms} forms are needed here, one for each of the `counts` and one more."
    elif len(forms) != wanted_forms or not all(form.strip() for form in forms):
        yield 0, "Two forms are needed here, for one and for more: `{count} day|{count} days`."
    elif not broken and rule.places - places_in(forms[-1])[0] and not rule.places - found:
        yield 0, f"The form for more needs its places as well: {may}."


def places_in(line: str) -> tuple[frozenset[str], str]:
    """The placeholders in a line, and a sentence about wrong braces (empty for none)."""
    found: set[str] = set()
    try:
        for words, place, form, conversion in Formatter().parse(line):
            if "{" in words or "}" in words:
                return frozenset(found), "A curly brace stands only around a place: `{count}`."
            if place is None:
                continue
            if form or conversion or not re.fullmatch(r"[a-z]+", place):
                return frozenset(found), "A place is one word in curly braces: `{count}`."
            found.add(place)
    except ValueError:
        return frozenset(found), "A curly brace is open, or closed twice."
    return frozenset(found), ""


@dataclass
class Interface:
    """The words of the interface by key, each of the right form, and where each stands."""

    words: dict[str, str] = field(default_factory=dict)
    open: dict[str, tuple[str, int]] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)  # file and line by key

    def unused(self, used: Collection[str], problems: Problems) -> None:
        """Note words under `OPEN` keys that no content uses. `used` are the keys that content
        uses.
        """
        for key, (file, line) in self.open.items():
            if key not in used:
                message = (
                    "No tag, unit, standard, role or kind of people in guide/ uses these words."
                )
                problems.add(file, line, key, message)


def lint_interface(interface: Interface, style: Style, problems: Problems) -> None:
    """Note numbers typed into the words of the interface. `names` matches names with digits."""
    for key, (file, line) in interface.places.items():
        if key not in TYPED:
            lint_line(file, line, key, interface.words[key], style, problems)


def read_interface(
    files: WordFiles, ways: Mapping[str, re.Pattern[str]], forms: int = 2
) -> Interface:
    """The words of the interface of one language. Every fault is noted; the words are then of the
    right form all the same. `ways` are the words that say how to reach a number; `forms` how many
    forms words for a count have.
    """
    problems = files.problems
    found = Interface()
    seen: dict[str, str] = {}
    for stem in TABLES:
        file = files.file(stem)
        page = read_page(files.path(stem), file, problems)
        entries = entries_of(page, problems)
        for key, each in entries.items():
            if key in seen:
                problems.add(file, each.line, key, f"These words stand in {seen[key]} already.")
            seen[key] = file
            own = (
                files.of(stem) == files.language
            )  # else the words and forms are those of the original
            take(key, each, file, found, ways if own else {}, problems, forms if own else 2)
        missing = [key for key in closed(stem) if key not in entries and key not in seen]
        strange = [key for key in entries if wanted(key) is None]
        for key in missing if page else ():
            near = get_close_matches(key, strange, n=1, cutoff=0.6)
            line = entries[near[0]].line if near else 1
            meant = f" Is `{near[0]}` meant?" if near else ""
            problems.add(file, line, key, f"The words `{key}` are missing.{meant}")
    for key, rule in every_closed().items():
        found.words.setdefault(key, rule.stand_in)
    return found


def take(
    key: str,
    each: Entry,
    file: str,
    found: Interface,
    ways: Mapping[str, re.Pattern[str]],
    problems: Problems,
    forms: int = 2,
) -> None:
    """Add the words of one key to `found`; note their faults."""
    rule = wanted(key)
    if rule is None:
        problems.add(file, each.line, key, "Nothing looks these words up. Is the key misspelled?")
        return
    for extra in each.extras:
        problems.add(file, each.line, key, f"`- {extra}:` is not known here.")
    told = [*faults(each.body, rule, forms), *(number_faults(each.body, ways) if ways else ())]
    for row, message in told:
        problems.add(file, each.body_line + row if each.body else each.line, key, message)
    found.words[key] = rule.stand_in if told else each.body
    found.places[key] = file, each.body_line
    if key not in every_closed():
        found.open[key] = (file, each.line)
