"""The colors of a hospital, measured against what they stand on.

They draw a line above its name and a mark beside its words, so WCAG 2.2, 1.4.11 asks for a contrast
of 3 to 1 with what is next to them.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

#: What the colors stand on, as static/css/tokens.css has it: light pages, and dark pages.
GROUNDS: Mapping[str, Mapping[str, str]] = {
    "light": {"page": "#fbf8f1", "surface": "#fffefb", "surface-tint": "#f3eee2"},
    "dark": {"page": "#181512", "surface": "#211d19", "surface-tint": "#26221c"},
}
#: The least contrast of a drawing with what it stands on.
LEAST = 3.0
#: Hues (of 360 degrees) of the red that marks danger, from the first to the last, by way of 0.
_RED_FROM, _RED_TO = 345, 22
#: Grayer colors look like no red.
_COLORFUL = 0.35


def contrast(one: str, other: str) -> float:
    """The contrast of two colors of the form `#14523f`, as WCAG defines it: 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def fault_of(color: str, scheme: str) -> str:
    """What is wrong with a color on `light` or on `dark` pages, with the contrast; empty for
    nothing.
    """
    name, least = min(
        ((name, contrast(color, ground)) for name, ground in GROUNDS[scheme].items()),
        key=lambda pair: pair[1],
    )
    if least < LEAST:
        way = "darker" if scheme == "light" else "lighter"
        return (
            f"`{color}` has a contrast of {least:.2f} to 1 with `{name}` "
            f"({GROUNDS[scheme][name]}) of {scheme} pages; {LEAST:g} to 1 is needed. Take a {way} one."
        )
    if _is_red(color):
        return f"`{color}` looks like the red of danger signs. Take a color that is no red."
    return ""


def _is_red(color: str) -> bool:
    hue, _, saturation = colorsys.rgb_to_hls(*_parts(color))
    degrees = hue * 360
    return saturation > _COLORFUL and (degrees >= _RED_FROM or degrees <= _RED_TO)


def _parts(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(color: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
