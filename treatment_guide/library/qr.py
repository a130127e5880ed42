"""QR codes of our own addresses, for screens and for paper."""

from __future__ import annotations

import re
import struct
import zlib
from functools import cache
from io import BytesIO
from itertools import zip_longest
from typing import Any

import segno
import segno.encoder
from segno import consts

#: Level Q: a code stays readable with a quarter of it lost, as on a bad photocopy. segno raises it
#: to level H (30 %) where the code does not grow.
LEVEL = "q"
#: The smallest version used. In smaller codes one stain in the wrong place is too much.
SMALLEST = 4
#: The width of the white edge that a camera needs, in modules.
QUIET = 4
#: The mask pattern. Trying all eight, as the standard advises, takes 3 ms of 4; a scanner reads
#: any. By the standard's penalty score this one is 5 % above the best on average over our
#: addresses, and at most 19 %.
MASK = 6

#: The steps of segno, which have no types.
encoder: Any = segno.encoder
capacities: Any = consts.SYMBOL_CAPACITY
levels: Any = consts.ECC
#: A module of segno that no bit has yet; 0 and 1 are light and dark.
_EMPTY = 2
_Q: int = consts.ERROR_LEVEL_Q

#: The width of the corner of a code, in modules.
_CORNER = 7
#: Dark modules side by side.
_DARK = re.compile(rb"\x01+")


def _made(address: str) -> segno.QRCode:
    """The code of the smallest size, from `SMALLEST` on, that the address fits into."""
    try:
        return segno.make(address, error=LEVEL, boost_error=True, version=SMALLEST, mask=MASK)
    except segno.DataOverflowError:
        return segno.make(address, error=LEVEL, boost_error=True, micro=False, mask=MASK)


def _rows(address: str) -> list[bytes]:
    """The rows of the same code, a byte for each module: 1 is dark.

    segno draws the patterns of a size, places each bit and masks each module anew for every code:
    0.7 ms of 0.9. All of that is the same for one size, so it is drawn once, and the bits of an
    address turn their modules around. A test compares both.
    """
    segments = encoder.prepare_data(address, None, None)
    version = max(SMALLEST, encoder.find_version(segments, _Q, eci=False, micro=False))
    error = encoder.boost_error_level(version, _Q, segments, eci=False)
    bits = encoder.Buffer()
    for segment in segments:
        encoder.write_segment(bits, segment, None, encoder.version_range(version))
    capacity = capacities[version][error]
    encoder.write_terminator(bits, capacity, None, len(bits))
    encoder.write_padding_bits(bits, version, len(bits))
    encoder.write_pad_codewords(bits, version, capacity, len(bits))
    blocks = encoder.make_blocks(levels[version][error], bits)
    words = [each for part in blocks for row in zip_longest(*part) for each in row]
    message = bytes(each for each in words if each is not None)
    places, empty = _drawn(version, error)
    drawn = bytearray(empty)
    for at, bit in zip(places, f"{int.from_bytes(message):0{8 * len(message)}b}", strict=False):
        if bit == "1":
            drawn[at] ^= 1
    size = encoder.calc_matrix_size(version)
    return [bytes(drawn[start : start + size]) for start in range(0, len(drawn), size)]


@cache  # one for each size of code: at most 40 with 4 levels, by the length of an address alone
def _drawn(version: int, error: int) -> tuple[list[int], bytes]:
    """Where each bit stands in a code of this size, and its modules where all bits are 0."""
    size = encoder.calc_matrix_size(version)
    drawn = encoder.make_matrix(size, size)
    encoder.add_finder_patterns(drawn, size, size)
    encoder.add_alignment_patterns(drawn, size, size)
    numbered = [list(row) for row in drawn]
    count = sum(row.count(_EMPTY) for row in numbered)
    first = _EMPTY + 1
    encoder.add_codewords(numbered, range(first, first + count), version)
    flat = [each for row in numbered for each in row]
    at = {number: place for place, number in enumerate(flat) if number >= first}
    encoder.add_codewords(drawn, bytes(count), version)
    _, drawn = encoder.find_and_apply_best_mask(drawn, size, size, MASK)
    encoder.add_format_info(drawn, version, error, MASK)
    encoder.add_version_info(drawn, version)
    return [at[number] for number in range(first, first + count)], b"".join(drawn)


def qr_svg(address: str) -> str:
    """The code as inline SVG, hidden from screen readers: pages show the address in words beside
    it.

    Always black on white with its own quiet zone, so that it scans in dark mode and on paper. The
    style sheet gives it a size.

    Written here, because segno's writer takes as long as making the code. Each run of dark modules
    is a line one module thick, drawn relative to the end of the one before.
    """
    rows = _rows(address)
    size = len(rows) + 2 * QUIET
    line: list[str] = []
    end_x = end_y = 0
    for y, row in enumerate(rows, QUIET):
        for run in _DARK.finditer(row):
            start, end = run.span()
            line.append(f"m{start - end_x} {y - end_y}h{end - start}")
            end_x, end_y = end, y
    # The first run is that of the corner, which is dark in every code; a line is in the middle of
    # its modules.
    line[0] = f"M{QUIET} {QUIET}.5h{_CORNER}"
    return (
        '<svg class="qr" aria-hidden="true" focusable="false" '
        f'viewBox="0 0 {size} {size}"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path stroke="#000" d="{"".join(line)}"/></svg>'
    )


def qr_file(address: str) -> bytes:
    """The code as an SVG file that stands on its own."""
    out = BytesIO()
    _made(address).save(out, kind="svg", border=QUIET, dark="#000", light="#fff", scale=10)
    return out.getvalue()


def qr_png(address: str, scale: int) -> bytes:
    """The code as a PNG of one bit a dot, `scale` dots to a module.

    Written here, because segno computes every dot of every line, which takes 3 ms. Here a line of
    modules is computed once, and the lines of dots below it repeat it with PNG's filter 2 ("up").
    """
    rows = [bytes(row) for row in _made(address).matrix_iter(border=QUIET)]
    dots = len(rows) * scale
    size = -(-dots // 8)
    bits = (("".join("0" * scale if dark else "1" * scale for dark in row)) for row in rows)
    lines = (int(line.ljust(size * 8, "0"), 2).to_bytes(size, "big") for line in bits)
    below = (b"\x02" + bytes(size)) * (scale - 1)
    pixels = b"".join(b"\x00" + line + below for line in lines)
    header = struct.pack(">IIBBBBB", dots, dots, 1, 0, 0, 0, 0)  # one bit, grey: 0 is black
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG file: its length, name, data and checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
