"""A QR code is read back from bad paper, and stays what it is."""

from io import BytesIO
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image

from tests.photocopies import blotted, printed, read
from treatment_guide.library.qr import QUIET, _made, _rows, qr_file, qr_png, qr_svg

ADDRESSES = (
    "https://whatsnext.example/knee/",
    "https://whatsnext.example/go/10m0/",
    "https://whatsnext.example/go/10m004d9/?r=2026.1",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_printed_code_is_read_back(address: str) -> None:
    """25 mm wide, 150 dots an inch, black or white."""
    assert read(printed(address)) == [address]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_blot_on_a_printed_code_does_no_harm(address: str) -> None:
    """One blot over a tenth of its area, black or white, wherever the corners stay clear."""
    copies = list(blotted(address))

    assert len(copies) > 50
    assert [read(copy) for copy in copies] == [[address]] * len(copies)


def test_a_code_in_a_page_is_hidden_from_screen_readers_and_has_its_own_white() -> None:
    """The address beside it says the same; dark mode must not turn it around."""
    svg = fromstring(qr_svg(ADDRESSES[0]))

    assert svg.get("aria-hidden") == "true"
    assert "style" not in svg.attrib
    assert svg[0].get("fill") == "#fff"


def test_a_code_as_a_file_is_svg_of_its_own() -> None:
    """It opens without the page: with its namespace and its size."""
    svg = fromstring(qr_file(ADDRESSES[0]))

    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.get("width")


@pytest.mark.parametrize("address", [*ADDRESSES, "https://a-longer-name.hospital.example/go/1/"])
def test_our_writers_draw_what_the_library_draws(address: str) -> None:
    """Module for module: the same code as segno's own SVG and PNG."""
    made = _made(address)
    svg, png = BytesIO(), BytesIO()
    made.save(
        svg,
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
    made.save(png, kind="png", border=QUIET, scale=14)

    assert (
        qr_svg(address).partition(" viewBox")[2] == svg.getvalue().decode().partition(" viewBox")[2]
    )
    with Image.open(BytesIO(qr_png(address, 14))) as ours, Image.open(png) as theirs:
        assert ours.size == theirs.size
        assert ours.convert("1").tobytes() == theirs.convert("1").tobytes()


@pytest.mark.parametrize("length", [*range(0, 400, 7), 1_000])
@pytest.mark.parametrize("capitals", [True, False])
def test_the_patterns_drawn_once_give_the_codes_of_the_library(length: int, capitals: bool) -> None:
    """Whatever the length of an address, and so the size and the level of its code."""
    address = f"https://guide.example.org/go/{'0g5zq7'[length % 6] * length}"
    address = address.upper() if capitals else address

    assert _rows(address) == [bytes(row) for row in _made(address).matrix]
