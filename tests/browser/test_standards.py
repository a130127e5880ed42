"""What the standards ask that only a browser can decide; the scorecard names these tests."""

import pytest

#: A small, old phone, as the Clear Communication Index has it: seen without scrolling.
SMALL_PHONE = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}

#: One page of each kind that a reader can come to from a search.
KINDS = [
    "/",
    "/options/prp/",
    "/situations/knee-arthritis/",
    "/topics/how-to-decide/",
    "/about/mistakes/",
    "/about/scorecard/",
    "/about/scorecard/ipdasi-quality/",
    "/whats-next/",
    "/get-help-now/",
]


@pytest.mark.parametrize(
    "address", [kind for kind in KINDS if kind != "/about/scorecard/ipdasi-quality/"]
)
def test_the_main_message_shows_without_scrolling(open_page, address):
    """CCI2: on a small phone the first line of the main message is on the first screen."""
    page = open_page(**SMALL_PHONE)
    page.goto(address)
    lead = page.locator(".lead").first.bounding_box()

    assert lead is not None
    assert lead["y"] + 40 <= SMALL_PHONE["viewport"]["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", KINDS)
def test_a_page_has_no_fault_of_accessibility(open_page, axe, address, scheme):
    """N6.4: axe finds nothing against WCAG 2.2 AA, nor against AAA contrast, on a phone."""
    page = open_page(color_scheme=scheme)
    page.goto(address)

    assert axe(page) == []
