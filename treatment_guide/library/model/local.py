"""What a clinic's own folder adds: who the hospital is, and words of its own in frames."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

#: The most characters of help in languages on the front of a sheet; more stand on its back.
MOST_ON_FRONT = 250


def wide(words: str) -> int:
    """How many characters of our print a text is as wide as: signs of East Asia count twice."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)


@dataclass(frozen=True)
class Help:
    """A notice of language help: the tag of its language, and its words."""

    language: str
    words: str


@dataclass(frozen=True)
class Local:
    """The hospital whose copy this is. `made_up` is true for the example.

    `colors` are two of the form `#14523f`: on light pages and on dark ones. `logo` is SVG, cleaned;
    empty for none. `options` and `situations` hold a paragraph of HTML by id. `told` names what the
    folder says about options and situations that the guide no longer has.
    """

    name: str
    website: str
    made_up: bool
    checked: date
    check_by: date
    colors: tuple[str, str] | None = None
    logo: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    situations: Mapping[str, str] = field(default_factory=dict)
    language_help: tuple[Help, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def front_help(self) -> tuple[Help, ...]:
        """Help in languages for the front of a sheet: all of it, if it is short."""
        all_words = sum(wide(each.words) for each in self.language_help)
        return self.language_help if all_words <= MOST_ON_FRONT else ()

    @property
    def back_help(self) -> tuple[Help, ...]:
        """Help in languages for the back of a sheet."""
        return () if self.front_help else self.language_help
