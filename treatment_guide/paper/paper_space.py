"""The height of a printed page, and how many questions fit on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from treatment_guide.questionnaire.questions_to_ask import Ask, most_of


@dataclass(frozen=True)
class Room:
    """The measures of one size of print.

    Heights are millimeters on a Letter page, which is lower than A4; widths are characters. The
    values leave a margin, because fonts differ and one line too many makes a second page. The
    tests measure pages in a browser.
    """

    height: float
    line: float
    width: int
    row: float
    name_width: int
    columns: int
    ask: float
    danger_line: float
    danger_width: int
    writing: float

    def text(self, text: str, width: int = 0) -> float:
        """The height of a text, in mm, with `width` characters a line."""
        return ceil(len(text) / (width or self.width)) * self.line

    def danger(self, text: str) -> float:
        """The height of the text of danger signs, which is smaller print, in mm."""
        return ceil(len(text) / self.danger_width) * self.danger_line

    def names(self, names: Sequence[str]) -> float:
        """The height of a list of names in columns, with its heading, in mm."""
        lines = sum(ceil(len(name) / self.name_width) for name in names)
        return ceil(lines / self.columns) * self.row + self.line if names else 0

    def asks(self, found: Sequence[Ask]) -> float:
        """The height of questions without lines to write on, in mm."""
        return sum(self.ask + self.text(ask.words) - self.line for ask in found)


USUAL = Room(
    height=153,
    line=5.1,
    width=80,
    row=5.8,
    name_width=25,
    columns=3,
    ask=6.3,
    danger_line=4.6,
    danger_width=92,
    writing=8,
)
LARGE = Room(
    height=336,
    line=7.4,
    width=52,
    row=8.2,
    name_width=24,
    columns=2,
    ask=8.8,
    danger_line=7.4,
    danger_width=54,
    writing=10,
)
#: The page for the clinician: its answers are in a table.
TABLE = replace(
    USUAL,
    height=163,
    line=4.4,
    width=78,
    row=5.1,
    name_width=27,
    ask=5,
    danger_line=4.3,
    danger_width=98,
    writing=1,  # nothing is written there by hand
)
PAIR, EDGE = 9.6, 1.3


def table_height(rows: Sequence[dict[str, Any]]) -> float:
    """The height of a table of answers, in mm: short ones in pairs, long ones across the page."""
    across = [row for row in rows if row["wide"]]
    pairs = ceil((len(rows) - len(across)) / 2)
    return pairs * PAIR + sum(TABLE.text(row["said"]) + EDGE for row in across) + PAIR


#: The most empty lines for the reader's own questions.
OWN = 6


@dataclass(frozen=True)
class Asked:
    """The questions on a page; how many were left out; whether each has a line to write on; the
    number of empty lines after them; whether the page is so full that its print must be smaller.
    """

    asks: list[Ask]
    left_out: int
    open_lines: bool
    own: range
    tight: bool = False


def asked(found: list[Ask], room: Room, left: float, least: int = 2) -> Asked:
    """The questions that fit into the height `left` (mm), at least `least`, and the lines to write
    on.
    """
    own = 2 * room.writing
    spread = room.asks(found) + len(found) * room.writing
    if spread + own <= left:
        return Asked(found, 0, True, range(min(OWN, int((left - spread) / room.writing))))
    most = len(found)
    while most > least and room.asks(most_of(found, most)) + own > left:
        most -= 1
    kept = most_of(found, most)
    rest = left - room.asks(kept)
    lines = min(OWN, max(1, int(rest / room.writing)))
    return Asked(kept, len(found) - len(kept), False, range(lines), tight=rest < room.writing)
