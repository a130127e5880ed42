"""The link kit and its sheets in a real browser: taps, paper, scripts or none."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.photocopies import read
from treatment_guide.clinics.clinic_link import Link, from_form, offered
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
PLACES = offered(LIBRARY, "place", {})

both_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def longest(place: str) -> Link:
    """The link of a place that says the most: the longest cause, guided, count, a clinic."""
    causes = offered(LIBRARY, "cause", {"place": frozenset((place,))})
    words = LIBRARY.questions["cause"].choices
    form = {
        "place": place,
        "cause": max(causes, key=lambda cause: len(words[cause].label)),
        "guided": "imaged",
        "count": "three-or-more",
        "clinic": "example-clinic",
    }
    link = from_form(LIBRARY, form)
    assert link
    return link


@both_scripts
def test_five_taps_at_most_lead_to_the_sheet(open_page, axe, scripts):
    """From the kit to the sheet on a phone: place, cause, sheet; without scripts two buttons more."""
    page: Page = open_page(java_script_enabled=scripts)
    page.goto("/clinics/")
    taps = 0

    def tap(locator):
        nonlocal taps
        taps += 1
        locator.tap()

    tap(page.locator("label[for=place-knee]"))
    if not scripts:
        tap(page.get_by_role("button", name=LIBRARY.ui["clinics-make"]))
    tap(page.locator("label[for=cause-arthritis]"))
    if scripts:
        expect(page).to_have_url(re.compile("/clinics/link/0g4f/$"))
        expect(page.locator("#announce")).to_contain_text("0G4F", ignore_case=True)
        assert axe(page) == []
    else:
        tap(page.get_by_role("button", name=LIBRARY.ui["clinics-make"]))
    tap(page.get_by_role("link", name=LIBRARY.ui["clinics-sheet"], exact=True))
    page.wait_for_url("**/clinics/sheet/0g4f/")
    if scripts:
        expect(page.get_by_role("button", name=LIBRARY.ui["handout-print"])).to_be_visible()
        taps += 1  # the button that prints

    assert taps <= 5


def test_the_print_button_prints(page):
    """It opens the browser's own dialog."""
    page.goto("/clinics/sheet/0g4f/")
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.get_by_role("button", name=LIBRARY.ui["handout-print"]).tap()

    assert page.title() == "printed"


def test_a_text_is_copied_whole(open_page):
    """The clipboard then holds what the box shows."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/clinics/link/0g4f/")
    page.locator("[data-copy=paste-note]").tap()
    expect(page.locator("[data-copy=paste-note]")).to_have_text(LIBRARY.ui["clinics-copied"])

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#paste-note").input_value()


def test_choosing_by_keys_keeps_the_focus(page):
    """Arrow keys walk through the places; what follows is swapped, the control is not."""
    page.goto("/clinics/")
    page.locator("#place-neck").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    link = from_form(LIBRARY, {"place": PLACES[3]})
    assert link
    expect(page).to_have_url(re.compile(f"/clinics/link/{link.code}/$"))

    assert page.evaluate("document.activeElement.id") == f"place-{PLACES[3]}"
    assert page.locator(f"#place-{PLACES[3]}").is_checked()


@pytest.mark.parametrize("place", PLACES)
def test_a_sheet_fits_its_paper(look, place):
    """One page on A4 and on Letter, two at most in large print, for the link that says the most."""
    link = longest(place)
    for large, most in (("", 1), ("large/", 2)):
        page = look(f"/clinics/sheet/{link.code}/{large}")
        for paper in ("A4", "Letter"):
            assert sheets(page, paper) <= most, (paper, large)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_sheet_for_integrators_is_one_page(look, paper):
    """It can be handed over."""
    assert sheets(look("/clinics/integrator-sheet/"), paper) == 1


def test_trouble_leaves_the_kit_as_it_was(page, console_clean):
    """Whatever else comes in its place is not swapped in; the note says so, and is heard."""
    console_clean.allow("500")
    page.goto("/clinics/link/0g4f/")
    page.route("**/clinics/", lambda route: route.fulfill(status=500, body="<p>no</p>"))
    page.locator("label[for=place-neck]").tap()

    expect(page.locator("#trouble")).to_be_visible()
    expect(page.locator("#announce")).to_have_text(LIBRARY.ui["list-failed"])
    assert page.locator("#result").count() == 1


def sheets(page: Page, paper: str) -> int:
    """How many sheets of paper the page takes when it is printed."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


@pytest.mark.parametrize("address", ["/clinics/sheet/{}/", "/clinics/sheet/{}/large/"])
def test_the_printed_code_is_read_back_and_large_enough(open_page, address):
    """As it stands on paper: at least 25 mm wide, and it says the address."""
    page = open_page(color_scheme="dark")
    link = longest("knee")
    page.goto(address.format(link.code))
    page.emulate_media(media="print")
    code = page.locator("article .qr")
    box = code.bounding_box()
    assert box and box["width"] >= 25 / 25.4 * 96

    picture = Image.open(BytesIO(code.screenshot()))
    assert read(picture) == [link.address]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_kit_and_its_sheets_are_no_barrier(look, axe, scheme):
    """axe finds nothing, on a phone and at 320 pixels, where nothing scrolls sideways."""
    code = longest("back").code
    for address in (
        f"/clinics/link/{code}/",
        f"/clinics/sheet/{code}/",
        f"/clinics/sheet/{code}/large/",
        f"/go/{code}/",
        "/infobutton?mainSearchCriteria.v.c=Z99&mainSearchCriteria.v.cs=icd10cm",
    ):
        for width in (390, 320):
            page = look(address, color_scheme=scheme, viewport={"width": width, "height": 844})
            assert axe(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
