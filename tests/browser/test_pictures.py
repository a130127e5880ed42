"""The body map by finger, and the comparison on a phone and on a wide screen."""

import pytest
from playwright.sync_api import Page, expect

THREE = "/compare/?option=prp&option=hyaluronic-acid&option=joint-replacement"
PLACE = "/whats-next/place/{}/"
JOINT = "getComputedStyle(document.querySelector('#on-knee circle')).fill"


@pytest.fixture
def at_place(code):
    """Opens the question where it hurts."""
    return lambda page: page.goto(PLACE.format(code({"urgent": "none"})))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_spot_of_the_body_map_chooses_its_place(open_page, at_place, scripts):
    """A finger on the middle of a spot ticks the choice beside the map; a spot is 44 px or more."""
    page: Page = open_page(java_script_enabled=scripts)
    at_place(page)
    spots = page.locator(".body-map label")

    for spot in spots.all():
        spot.scroll_into_view_if_needed()
        box = spot.bounding_box()
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

        expect(page.locator("#" + spot.get_attribute("for"))).to_be_checked()
        assert min(box["width"], box["height"]) >= 44


def test_the_chosen_joint_is_filled_on_the_map(page: Page, at_place):
    """What is chosen in the list shows on the drawing too, not by its color alone."""
    at_place(page)
    before = page.evaluate(JOINT)

    page.locator(".choice label[for=place-knee]").tap()

    assert page.evaluate(JOINT) != before


def test_a_map_too_small_for_fingers_is_left_out(open_page, at_place):
    """On the narrowest screens spots would lie on each other: the list stands alone."""
    page: Page = open_page(viewport={"width": 320, "height": 640})
    at_place(page)

    expect(page.locator(".body-map")).to_be_hidden()
    expect(page.locator(".choice label[for=place-knee]")).to_be_visible()


def test_a_phone_compares_in_short_lists(page_no_js: Page):
    """On a phone there is one heading for each question, and nothing to scroll sideways."""
    page_no_js.goto(THREE)

    expect(page_no_js.locator("table")).to_be_hidden()
    expect(page_no_js.get_by_role("heading", level=2, name="What people gain")).to_be_visible()
    assert page_no_js.locator("html").evaluate("it => it.scrollWidth <= innerWidth")


def test_a_wide_screen_compares_in_a_table(wide_page: Page):
    """On a wide screen the same stands in a table, whose headings a screen reader can name."""
    wide_page.goto(THREE)

    expect(wide_page.get_by_role("table")).to_be_visible()
    expect(wide_page.get_by_role("rowheader", name="What people gain")).to_be_visible()
    expect(wide_page.locator(".compare-short")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [THREE, "/compare/?option=prp", "/steps/"])
def test_a_comparison_leaves_nobody_out(look, axe, address, width, scheme):
    """No fault of accessibility, on a phone and wide, light and dark."""
    screen = {"width": width, "height": 844}

    assert axe(look(address, viewport=screen, color_scheme=scheme)) == []
