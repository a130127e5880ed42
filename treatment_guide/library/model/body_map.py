"""The picture of the body: where the choices of a question lie on it."""

from __future__ import annotations

from dataclasses import dataclass

#: The size of one figure of the drawing (templates/art/body.svg), across and down. There are two
#: side by side, the front at the left: points of the picture go twice as far across.
FIGURE = (200, 424)
#: How much of the picture a finger needs: 44 px on a phone 390 px wide, which shows it 351 px wide.
FINGER = 50
#: A wide area is as high; it lies over both knees or both feet.
WIDE = 100


@dataclass(frozen=True)
class TouchArea:
    """Where a finger chooses a place: the middle, in units of the picture; wide or square."""

    across: float
    down: float
    wide: bool

    def reach(self, other: TouchArea) -> float:
        """How far apart across the middles of two areas have to be: half the width of both."""
        return ((WIDE if self.wide else FINGER) + (WIDE if other.wide else FINGER)) / 2

    def lies_on(self, other: TouchArea) -> bool:
        """True when a finger could not tell this area from another one."""
        near = abs(self.across - other.across) < self.reach(other)
        return near and abs(self.down - other.down) < FINGER


@dataclass(frozen=True)
class MapPlace:
    """One choice on the picture. Dots are points of the picture; `line` is an SVG path of the
    figure, which begins `shift` units from the left.
    """

    choice: str
    dots: tuple[tuple[float, float], ...]
    line: str
    shift: int
    touch: tuple[TouchArea, ...]
