"""The measures of the pictures of facts: a hundred people, and a bar of points in a box as large.

Both fill a box of 220 by 260: ten rows of ten people, each 22 by 26. So a hundred points and a
hundred people take the same room.
"""

from typing import Any

WIDTH, HEIGHT = 220, 260
PERSON, ROW = 22, 26


def people_measures(count: int) -> dict[str, int]:
    """Where `count` of a hundred people are filled, from the ground up: whole rows of ten (`top`
    and `height`), and the people of the row above them (`across`, at `rest_top`).
    """
    rows, rest = divmod(count, 10)
    height = ROW * rows
    top = HEIGHT - height
    return {"top": top, "height": height, "across": PERSON * rest, "rest_top": top - ROW}


def points_measures(number: float, line: float | None) -> dict[str, Any]:
    """How high a bar of points stands, and where people begin to notice a gap, if that is known."""
    return {"top": _down(number), "line": None if line is None else _down(line)}


def _down(points: float) -> str:
    """The distance of some points from the upper edge, as an SVG writes it."""
    return f"{HEIGHT - HEIGHT / 100 * points:.1f}".removesuffix(".0")
