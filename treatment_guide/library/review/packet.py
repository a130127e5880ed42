"""What a reviewer reads before signing: everything that the signature covers, in words, with what
changed since the last one, who has signed, and what was objected to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from treatment_guide.library.model import Library, Objection, Signature
from treatment_guide.library.review.covered import covered, fingerprint, language
from treatment_guide.library.review.in_words import (
    CHANGE_KINDS,
    kind_of,
    rule_words,
    title_of,
    with_sentences,
)
from treatment_guide.library.review.standing import Standing, standing, standings
from treatment_guide.library.review.subjects import NAMED, Subject, subjects

#: How many words a clinician reads in a minute.
WORDS_A_MINUTE = 200
#: The kinds of lines, what a reader sees first.
ORDER = ("page", *(kind for kind in CHANGE_KINDS if kind != "page"))


@dataclass(frozen=True)
class Line:
    """One item: what it is called, and its words, each on a line."""

    item: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """The items of one kind (`ORDER`)."""

    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Packet:
    """A packet: its subject, the hash to sign, all that it covers, how it stands, the signatures
    that lapsed with what changed since, the objections; how many of all subjects are signed.
    """

    subject: Subject
    title: str
    hash: str
    language: str
    region: str
    sections: tuple[Section, ...]
    standing: Standing
    lapsed: tuple[Signature, ...]
    objections: tuple[Objection, ...]
    done: int
    total: int

    @property
    def words(self) -> int:
        """How many words it has to read."""
        return sum(
            len(row.split()) for part in self.sections for line in part.lines for row in line.words
        )

    @property
    def minutes(self) -> int:
        """How many minutes it takes to read, rounded up."""
        return -(-self.words // WORDS_A_MINUTE)


def packet(library: Library, what: str, on: date) -> Packet:
    """The packet of a subject on a day. Raises KeyError for no subject."""
    subject = subjects(library)[what]
    stands = standing(library, what, on)
    whole = standings(library, on)
    return Packet(
        subject=subject,
        title=title(library, subject),
        hash=fingerprint(library, subject),
        language=language(library),
        region=library.site.region.id,
        sections=tuple(_sections(library, subject)),
        standing=stands,
        lapsed=stands.lapsed,
        objections=tuple(each for each in library.reviews.objections if each.what == what),
        done=sum(each.state == "signed" for each in whole),
        total=len(whole),
    )


def title(library: Library, subject: Subject) -> str:
    """A subject in words."""
    kind, name = subject.kind, subject.name
    key = kind if kind in NAMED else subject.id.replace(":", "-")
    return library.ui[f"subject-{key}"].format(name=_name(library, kind, name))


def name_of(library: Library, subject: Subject) -> str:
    """What a subject is called among others of its kind."""
    return _name(library, subject.kind, subject.name) or title(library, subject)


def _name(library: Library, kind: str, name: str) -> str:
    if kind == "safety":
        question, _, choice = name.partition(".")
        words = library.questions[question]
        return f"{words.name}: {words.choices[choice].outside}"
    if kind == "outcomes":
        return library.questions["place"].choices[name].label
    if kind == "questions":
        return library.questions[name].name
    if kind not in NAMED:
        return ""
    page = library.page({"rules": "option", "values": "step"}.get(kind, kind), name)
    return page.short if page else ""


def _sections(library: Library, subject: Subject) -> Iterator[Section]:
    items = covered(library, subject)
    by_kind: dict[str, list[Line]] = {}
    for name in sorted(items, key=lambda name: _place(library, subject, name)):
        line = Line(name, title_of(name, items[name]), tuple(_rows(library, name, items)))
        by_kind.setdefault(kind_of(name), []).append(line)
    for kind in ORDER:
        if kind in by_kind:
            yield Section(kind, tuple(by_kind[kind]))


def _place(library: Library, subject: Subject, name: str) -> tuple[int, str]:
    """Where an item stands in its section: the parts of a page in their order."""
    page = library.page(subject.kind, subject.name)
    if page and "/part/" in name:
        ids = [part.id for part in page.parts]
        return ids.index(name.rpartition("/")[2]) + 1, name
    return 0, name


def _rows(library: Library, name: str, items: Mapping[str, str]) -> Iterator[str]:
    """The words of an item: a rule as a sentence with its reason and its sources; any other as it
    is recorded.
    """
    rows = items[name].split("\n")
    if "/part/" in name:
        yield from (with_sentences(items, row) for row in rows[1:])
        return
    if kind_of(name) != "rule":
        yield from rows
        return
    kind = name.split("/")[3] if name.startswith("guide/options/") else ""
    for row in rows:
        field, _, said = row.partition(": ")
        last = field.rpartition(".")[2]
        if last == "condition":
            heading = f"{library.ui[f'rule-{kind}']}: " if f"rule-{kind}" in library.ui else ""
            yield f"{heading}{rule_words(library, said)}."
        elif last == "because":
            yield items.get(f"reasons/{said}", said)
        elif last == "sources":
            named = [library.sources[each].name for each in said.split(" | ")]
            yield f"[{'; '.join(named)}]"
        else:
            yield row
