"""Pages of words, in parts, and where each stands on the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from treatment_guide.library.text.blocks import Block

#: The parts of an option's file that are rows, each with the names of its rows in their order:
#: the last four rows of the fact table; when to look again, and what each answer means then.
ROWS = {
    "glance": ("how-sure", "recovery", "cost", "waiting"),
    "look-again": ("when", "better", "same", "worse"),
}
#: The ids of the parts that the rows become.
ROW_PARTS = {part: tuple(f"{part}-{row}" for row in rows) for part, rows in ROWS.items()}
GLANCE_PARTS = ROW_PARTS["glance"]
LOOK_AGAIN_PARTS = ROW_PARTS["look-again"]


@dataclass(frozen=True)
class Part:
    """One part of a page: its id, its heading, its blocks."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """One page of words. `sources` are in the order they are first cited. `foreign` is the language
    of the words where a page is not translated yet: it then has a title and a summary alone.
    """

    kind: str
    id: str
    title: str
    short: str
    summary: str
    parts: tuple[Part, ...]
    sources: tuple[str, ...]
    facts: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    checked: date
    check_by: date
    grade: float
    word_count: int
    gains_words: int = 0
    harms_words: int = 0
    foreign: str = ""

    def part(self, name: str) -> Part | None:
        """The part with this id, if the page has one."""
        return next((part for part in self.parts if part.id == name), None)

    @property
    def address(self) -> str:
        """Where the page stands on the site."""
        return address(self.kind, self.id)


@dataclass(frozen=True)
class OptionPage:
    """An option for readers: its page, its step, its tags. `look_again` is the id of the fact with
    the time after which to look again; empty where nobody knows it.
    """

    page: Page
    step: str
    certainty: str
    tags: tuple[str, ...]
    related: tuple[tuple[str, str], ...]
    look_again: str = ""

    @property
    def id(self) -> str:
        """The permanent id."""
        return self.page.id


@dataclass(frozen=True)
class SituationPage:
    """A situation (a place and a cause): its page, and the answers it stands for.

    `answers` are choices by question, the main one first.
    """

    page: Page
    place: str
    answers: tuple[Mapping[str, str], ...]
    words: tuple[str, ...]
    related: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing on a page: its name in templates/art, a caption that says what it shows, and a hash
    of its strokes (empty: there is no such file), so that what readers see is recorded and signed.
    """

    name: str
    caption: str
    strokes: str = ""


def address(kind: str, name: str) -> str:
    """The address of a page of this kind."""
    if kind == "page":
        return "/" if name == "home" else f"/{name}/"
    folder = {
        "option": "options",
        "step": "steps",
        "situation": "situations",
        "topic": "topics",
        "about": "about",
        "clinics": "clinics",
    }[kind]
    return f"/{folder}/{name}/"
