"""The pages of options on a phone: short enough closed, and gains and harms in fair room."""

import sys

import pytest
from playwright.sync_api import Page

from tools.lengths.limits import LEAST_ROOM, LIMITS, MOST_ROOM
from treatment_guide.library.content_check import current_library
from treatment_guide.reading.option.option_page import SCREENS_OF_SURGERY, screens

LIBRARY = current_library()
ROOM = """() => ["gains", "harms"].map((side) => [...document.querySelectorAll(".side." + side)]
    .reduce((sum, each) => sum + each.getBoundingClientRect().height, 0))"""
#: One picture of each kind: its height must be that of the others.
PICTURES = """() => [...document.querySelectorAll(".two-pictures p > svg")]
    .map((each) => Math.round(each.getBoundingClientRect().height))"""


@pytest.fixture
def phone(open_page) -> Page:
    return open_page(viewport={"width": 390, "height": 844}, java_script_enabled=True)


def test_every_option_is_short_and_fair(phone: Page) -> None:
    """Closed, at most 10 screens, of surgery and implants 12; the room of gains to that of harms
    between 2:3 and 3:2. Shown by `pytest -s`: the least and the most even.
    """
    long, uneven, shares = [], [], {}
    for option in LIBRARY.options.values():
        phone.goto(option.page.address)
        kind = "option, surgery or implant" if _longer(option) else "option"
        found = phone.evaluate("document.documentElement.scrollHeight") / 844
        if found > LIMITS[kind].phone:
            long.append(f"{option.id}: {found:.1f} screens")
        gains, harms = phone.evaluate(ROOM)
        shares[option.id] = gains / harms
        if not LEAST_ROOM <= gains / harms <= MOST_ROOM:
            uneven.append(f"{option.id}: {gains / harms:.2f}")
    order = sorted(shares, key=lambda name: abs(shares[name] - 1))
    told = (f"\n{shares[name]:.2f} {name}" for name in (order[0], order[-1]))
    sys.stdout.writelines(told)

    assert (long, uneven) == ([], [])


def _longer(option) -> bool:
    return screens(LIBRARY, option) == SCREENS_OF_SURGERY


def test_people_and_points_take_the_same_room(phone: Page) -> None:
    """A hundred people and a hundred points are pictures of one size, of gains as of harms."""
    phone.goto("/options/prp/")
    heights = phone.evaluate(PICTURES)

    assert len(heights) >= 4
    assert max(heights) - min(heights) <= 1
