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


@pytest.mark.parametrize("address", KINDS)
def test_the_main_message_shows_without_scrolling(look, address):
    """CCI2: on a small phone the first line of the main message is on the first screen."""
    page = look(address, **SMALL_PHONE)
    lead = page.locator(".lead").first.bounding_box()

    assert lead is not None
    assert lead["y"] + 40 <= SMALL_PHONE["viewport"]["height"]
