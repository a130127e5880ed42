"""The picture of the body: the touch areas of a question's choices on it."""

from __future__ import annotations

from dataclasses import dataclass

#: Width and height of one figure of the drawing (templates/art/body.svg), in its units. There are
#: two side by side, the front at the left, so the picture is twice as wide.
FIGURE = (200, 424)
#: The side of a touch area, in units: 44 px on a phone 390 px wide, where the picture has 351 px.
FINGER = 50
#: The width of a wide area of the same height, over both knees or both feet.
WIDE = 100


@dataclass(frozen=True)
class TouchArea:
    """A touch area for a place: its middle, in units of the picture, and whether it is wide."""

    across: float
    down: float
    wide: bool

    def reach(self, other: TouchArea) -> float:
        """How far apart across the middles of two areas have to be: half the width of both."""
        return ((WIDE if self.wide else FINGER) + (WIDE if other.wide else FINGER)) / 2

    def lies_on(self, other: TouchArea) -> bool:
        """True when this area overlaps another one."""
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
