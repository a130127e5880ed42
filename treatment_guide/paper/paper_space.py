"""The height of a printed page, and what of a sheet fits on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any


@dataclass(frozen=True)
class Room:
    """The measures of one size of print: usual, `close` (less space, smaller small print), close and
    `tight` (all print is smaller), or `tightest` too (danger signs in two languages).

    Heights are millimeters on a Letter page, which is lower than A4; widths are characters. The
    values leave a margin, because fonts differ and one line too many makes a second page. The
    tests measure pages in a browser.

    `height` is what the fixed parts of a sheet leave; `opening`, `line` and `small` are a line of
    the opening, of usual and of small print; `row` is an option, `row_line` each further line of
    its name; `writing` is a line to write on; `cells` are the widths of the cells of a table: a name,
    an answer beside another, an answer across the page.
    """

    height: float
    opening: float
    opening_width: int
    line: float
    width: int
    small: float
    small_width: int
    row: float
    row_line: float
    name_width: int
    columns: int
    writing: float
    cells: tuple[int, int, int] = (14, 21, 62)
    close: bool = False
    tight: bool = False
    tightest: bool = False

    def told(self, text: str) -> float:
        """The height of the opening, in mm."""
        return ceil(len(text) / self.opening_width) * self.opening

    def text(self, text: str) -> float:
        """The height of a text in usual print, in mm."""
        return ceil(len(text) / self.width) * self.line

    def beneath(self, text: str) -> float:
        """The height of what stands beneath small print in another language, in mm: it is smaller."""
        return ceil(len(text) / self.small_width) * self.small * 0.9

    def note(self, text: str) -> float:
        """The height of a text in small print, in mm."""
        return ceil(len(text) / self.small_width) * self.small

    def rows(self, names: Sequence[str]) -> float:
        """The height of options in columns, row by row, in mm."""
        lines = [ceil(len(name) / self.name_width) for name in names]
        across = [lines[at : at + self.columns] for at in range(0, len(lines), self.columns)]
        return sum(self.row + (max(row) - 1) * self.row_line for row in across)

    def table(self, rows: Sequence[dict[str, Any]]) -> float:
        """The height of a table of answers, in mm: short ones in pairs, long ones across."""
        name, beside, across = self.cells
        lines = [
            max(
                ceil(len(r["name"]) / name),
                ceil(len(r["said"]) / (across if r["wide"] else beside)),
            )
            for r in rows
        ]
        pairs = [lines[at] for at, row in enumerate(rows) if not row["wide"]]
        heights = [max(pairs[at : at + 2]) for at in range(0, len(pairs), 2)]
        heights += [lines[at] for at, row in enumerate(rows) if row["wide"]]
        return sum(each * self.line + 1.4 for each in heights)


_USUAL = Room(
    height=131,
    opening=5.3,
    opening_width=88,
    line=4.9,
    width=84,
    small=4.3,
    small_width=94,
    row=6.2,
    row_line=4.5,
    name_width=27,
    columns=2,
    writing=7,
)
_CLOSE = replace(_USUAL, close=True, height=143, small=4, small_width=98, row=5.4, writing=5.8)
_TIGHT = replace(
    _CLOSE,
    tight=True,
    height=156,
    opening=4.3,
    opening_width=98,
    line=4.3,
    width=94,
    row=5,
    row_line=4,
    name_width=29,
    writing=5,
    cells=(17, 25, 74),
)
_LARGE = replace(
    _USUAL,
    height=340,
    opening=7.6,
    opening_width=62,
    line=7.2,
    width=58,
    small=7.2,
    small_width=56,
    row=8.4,
    row_line=6.5,
    name_width=30,
    columns=1,
    writing=9,
)
_TIGHTEST = replace(
    _TIGHT,
    tightest=True,
    height=168,
    opening=3.9,
    opening_width=106,
    line=4,
    small=3.6,
    small_width=108,
)
#: The sizes of print of each sheet, the largest first.
USUAL = (_USUAL, _CLOSE, _TIGHT)
LARGE = (_LARGE, replace(_LARGE, close=True, tight=True, height=440))
#: The same where the danger signs stand in two languages.
IN_TWO = (_USUAL, _CLOSE, replace(_TIGHT, height=166), _TIGHTEST)
LARGE_IN_TWO = (LARGE[0], replace(LARGE[1], tightest=True))
#: The page for the clinician: it has a table of answers, and lists of names.
TABLE = tuple(
    replace(room, height=room.height + 24, row=room.line + 0.2, row_line=room.line, columns=3)
    for room in USUAL
)


class Space:
    """The room that is left on a page, in mm, while parts are put on it."""

    def __init__(self, left: float) -> None:
        self.left = left

    def take(self, height: float) -> bool:
        """Take this height where it is left."""
        if height > self.left:
            return False
        self.left -= height
        return True

    def take_each(self, heights: Sequence[float]) -> int:
        """How many of these fit, from the first on; the room that they need is taken."""
        for count, height in enumerate(heights):
            if not self.take(height):
                return count
        return len(heights)

    def lines(self, height: float, most: int) -> int:
        """At most so many lines of this height; the room that they need is taken."""
        return self.take_each([height] * most)


def largest(rooms: Sequence[Room], needed: Callable[[Room], float]) -> tuple[Room, Space]:
    """The largest print in which what a page must have fits, else the smallest; and what is left.

    `needed` gives the height of all that the page must have, in mm.
    """
    room, left = rooms[-1], 0.0
    for each in rooms:
        left = each.height - needed(each)
        if left >= 0:
            room = each
            break
    return room, Space(max(left, 0))
