"""QR codes of our own addresses, for screens and for paper."""

from __future__ import annotations

from io import BytesIO

import segno

#: A quarter of the code may be lost (level Q): a bad photocopy, a crease, a stain. Where the code
#: has room it is level H, a third, without growing.
LEVEL = "q"
#: Smaller codes than this have no room: one blot in the wrong place and they are lost.
SMALLEST = 4
#: The white edge that a camera needs, in modules.
QUIET = 4


def _made(address: str) -> segno.QRCode:
    made = segno.make(address, error=LEVEL, boost_error=True, micro=False)
    if int(made.version) < SMALLEST:
        made = segno.make(address, error=LEVEL, boost_error=True, version=SMALLEST)
    return made


def qr_svg(address: str) -> str:
    """The code as inline SVG, hidden from screen readers: the address stands beside it in words.

    Always black on white with its own quiet zone, so that it scans in dark mode and on paper.
    It has no size of its own: the style sheet gives it one.
    """
    out = BytesIO()
    _made(address).save(
        out,
        kind="svg",
        border=QUIET,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass=None,
        lineclass=None,
        xmldecl=False,
        svgns=False,
        nl=False,
    )
    hidden = '<svg class="qr" aria-hidden="true" focusable="false" '
    return out.getvalue().decode().replace("<svg ", hidden, 1)


def qr_file(address: str) -> bytes:
    """The code as an SVG file that stands on its own."""
    out = BytesIO()
    _made(address).save(out, kind="svg", border=QUIET, dark="#000", light="#fff", scale=10)
    return out.getvalue()


def qr_png(address: str, scale: int) -> bytes:
    """The code as a PNG of one bit a dot, `scale` dots to a module."""
    out = BytesIO()
    _made(address).save(out, kind="png", border=QUIET, scale=scale)
    return out.getvalue()
