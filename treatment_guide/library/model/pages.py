"""Pages of words, in parts, and where each stands on the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from treatment_guide.library.text.blocks import Block

#: The part of an option's file with the last four rows of its fact table, and the ids of the parts
#: that these become, in the order of the table.
GLANCE = "glance"
GLANCE_PARTS = tuple(f"{GLANCE}-{row}" for row in ("how-sure", "recovery", "cost", "waiting"))


@dataclass(frozen=True)
class Part:
    """One part of a page: its id, its heading, its blocks."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """One page of words. `sources` are in the order they are first cited."""

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
    reviewed_by: str
    grade: float
    word_count: int
    gains_words: int = 0
    harms_words: int = 0

    def part(self, name: str) -> Part | None:
        """The part with this id, if the page has one."""
        return next((part for part in self.parts if part.id == name), None)

    @property
    def address(self) -> str:
        """Where the page stands on the site."""
        return address(self.kind, self.id)


@dataclass(frozen=True)
class OptionPage:
    """An option for readers: its page, its step, its tags."""

    page: Page
    step: str
    certainty: str
    tags: tuple[str, ...]
    related: tuple[tuple[str, str], ...]

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
    """A drawing on a page: its name in templates/art, and a caption that says what it shows."""

    name: str
    caption: str


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
