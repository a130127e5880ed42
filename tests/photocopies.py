"""Images of printed codes with faults of printers, copiers and stains."""

from collections.abc import Iterator
from io import BytesIO

import zxingcpp
from PIL import Image, ImageDraw

from treatment_guide.library.qr import QUIET, qr_png

DOTS_PER_MM = 150 / 25.4
#: The width of a printed code with its white edge.
PRINTED_MM = 25
#: How much of the code's area one blot covers.
BLOT = 0.10
#: The squares in three corners, by which a camera finds a code at all, in modules.
CORNER = 9


def printed(address: str, millimeters: float = PRINTED_MM) -> Image.Image:
    """The code as a printer of 150 dots an inch lays it down: black or white, nothing between."""
    side = round(millimeters * DOTS_PER_MM)
    grey = Image.open(BytesIO(qr_png(address, 8))).convert("L")
    small = grey.resize((side, side), Image.Resampling.BOX)
    return small.point(lambda value: 255 if value > 127 else 0).convert("1")


def modules(address: str) -> int:
    """How many modules wide the code is, its white edge left out."""
    return Image.open(BytesIO(qr_png(address, 1))).width - 2 * QUIET


def blotted(address: str) -> Iterator[Image.Image]:
    """The printed code with one blot, black or white, over each place that leaves its corners
    clear, two modules apart.
    """
    clean, across = printed(address), modules(address)
    dots = clean.width / (across + 2 * QUIET)
    blot = across * BLOT**0.5
    steps = range(0, int(across - blot) + 1, 2)
    for left, top in [(x, y) for x in steps for y in steps]:
        near_left, near_top = left < CORNER, top < CORNER
        near_right, near_bottom = left + blot > across - CORNER, top + blot > across - CORNER
        if near_top and (near_left or near_right) or near_left and near_bottom:
            continue
        corner = [(QUIET + each) * dots for each in (left, top)]
        box = (*corner, *(each + blot * dots for each in corner))
        for color in (0, 1):
            copy = clean.copy()
            ImageDraw.Draw(copy).rectangle(box, fill=color)
            yield copy


def read(picture: Image.Image) -> list[str]:
    """The texts that a scanner finds in the picture."""
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return [each.text for each in found]
