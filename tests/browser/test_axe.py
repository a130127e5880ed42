"""No barrier that a machine can find: axe on every page, and on one page of each kind in every dress.

WCAG 2.2 AA, the contrast of AAA, the size of targets, and axe's best practice. What no machine finds
(is the order sensible, are the words right) needs people; see the accessibility statement.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

from tools.pages import every_page, kinds, states, translated
from treatment_guide.http.html.made_daily import OfToday
from treatment_guide.library.content_check import current_library

UI = current_library().ui

STATES = states()
KINDS = kinds()
#: In each further language. Lists of hundreds of items take axe 15 s each, and say nothing of their own.
TRANSLATED = {
    name: address
    for name, address in translated().items()
    if name.partition(" ")[2] not in ("sources", "rules")
}
#: Words of another language are longer: kinds of page where that can push something aside.
LONG_WORDS = {
    name: address
    for name, address in TRANSLATED.items()
    if name.partition(" ")[2]
    in ("home", "help", "option", "danger signs", "place", "outcome", "compare")
}

#: The narrowest phone, and a phone in landscape or a page at 400 %: no scrolling sideways at 320 px.
NARROW = {"width": 320, "height": 640}
PHONE = {"width": 390, "height": 844}
NORMAL_TEXT = 16  # pixels: what browsers begin with

#: What other colors, and other sizes, can break. All else axe has seen in the light.
COLORS = ("color-contrast-enhanced", "link-in-text-block")
SIZES = ("target-size", "scrollable-region-focusable", "color-contrast-enhanced")

each_kind = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)


@pytest.fixture
def open_at(page: Page, console_clean) -> Callable[[str], Page]:
    """Open an address on a phone, to go on from there, to where a status may be above 400."""
    console_clean.allow("Failed to load resource")

    def open_at(address: str) -> Page:
        page.goto(address)
        return page

    return open_at


def sideways(page: Page) -> list[str]:
    """What sticks out to the right of the screen, as far as it makes the page scroll."""
    return page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            const out = [...document.querySelectorAll("body *")]
                .filter(e => e.getBoundingClientRect().right > wide + 1)
                .map(e => e.outerHTML.slice(0, 120));
            return ["sideways", ...out.slice(0, 5)];
        }"""
    )


def spaced_out(page: Page) -> None:
    """Set the spacing of text as WCAG 1.4.12 says: lines, paragraphs, letters and words."""
    page.evaluate(
        """() => {
            const wide = new CSSStyleSheet();
            wide.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, wide];
        }"""
    )


def clipped(page: Page) -> list[str]:
    """Words that are cut off: an element that hides what is larger than itself. Words for screen
    readers alone are meant to be small.
    """
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter(e => getComputedStyle(e).overflow.includes("hidden")
                && e.clientWidth > 1 && e.textContent.trim()
                && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1))
            .map(e => e.outerHTML.slice(0, 120))"""
    )


@contextmanager
def double_text(page: Page) -> Iterator[None]:
    """Text of twice the size, as readers set it in their browser."""
    devtools = page.context.new_cdp_session(page)
    for now in (2, 1):
        sizes = {"standard": NORMAL_TEXT * now, "fixed": NORMAL_TEXT * now}
        devtools.send("Page.setFontSizes", {"fontSizes": sizes})
        if now == 2:
            yield
    devtools.detach()


def test_what_is_planted_is_found(look, axe):
    """These checks can fail: pale words, a button too small and a box too wide are found, and which
    words are pale.
    """
    page = look("/go/")
    page.evaluate(
        """() => {
            const main = document.querySelector("main .page-width");
            main.insertAdjacentHTML("beforeend", "<p>Pale</p><p>Paler</p><p><button>x</button></p>");
            const [pale, paler, small] = [...main.children].slice(-3);
            pale.style.color = "#666";
            paler.style.color = "#999";
            small.firstChild.style.cssText = "all:unset;font-size:8px";
            small.append(small.firstChild.cloneNode(true));
            pale.style.width = "900px";
            paler.style.cssText += ";height:4px;overflow:hidden";
        }"""
    )

    found = {violation.split()[0]: violation for violation in axe(page)}

    assert {"color-contrast-enhanced", "target-size"} <= found.keys()
    for shade in ("#666666", "#999999"):  # too pale for AAA, and for AA
        assert shade in found["color-contrast-enhanced"]
    assert sideways(page)[0] == "sideways"
    assert any("Paler" in each for each in clipped(page))


# Every page


#: Pages for paper, of one template each and hardly a link: some stand for all.
ON_PAPER = ("/clinics/booklets/", "/clinics/forms/")
STAND_FOR_ALL = ("knee", "sciatica", "several")


def looked_at():
    """Every page, but of those for paper only some."""
    return [
        address
        for address in every_page()
        if not address.startswith(ON_PAPER) or address.rstrip("/").endswith(STAND_FOR_ALL)
    ]


@pytest.mark.parametrize("address", looked_at())
def test_a_page_has_no_barrier(look, axe, address):
    """Every page that has an address of its own is clean."""
    assert axe(look(address)) == []


@pytest.mark.parametrize("address", STATES.values(), ids=STATES)
def test_a_page_made_of_answers_has_no_barrier(look_at_any, axe, address):
    """Every question, outcomes of different people, comparisons, searches and kind errors are clean."""
    assert axe(look_at_any(address)) == []


@pytest.mark.parametrize("address", TRANSLATED.values(), ids=TRANSLATED)
def test_a_page_in_another_language_has_no_barrier(look_at_any, axe, address):
    """One page of each kind in each further language is clean: names, languages of parts, sizes."""
    assert axe(look_at_any(address)) == []


@pytest.mark.parametrize("question", [q.id for q in current_library().guide.danger])
def test_a_fault_in_a_form_is_no_barrier(open_at, axe, question):
    """Danger signs sent without an answer: the page that says so is clean."""
    page = open_at(STATES[f"question {question}"])
    for label in page.locator(".choice:has(input:checked) label").all():
        label.tap()
    page.get_by_role("button", name=UI["continue"]).click()
    page.locator("[role=alert]").wait_for()

    assert axe(page) == []


def test_the_cards_of_danger_signs_are_no_barrier(open_at, axe):
    """With every sign ticked, and so every card shown, the page is clean."""
    page = open_at(STATES["question urgent"])
    labels = page.locator(".choice:has(.card) label")
    for label in labels.all():
        label.tap()

    assert page.locator(".card:visible").count() == labels.count() > 0
    assert axe(page) == []


def test_a_list_that_has_narrowed_is_no_barrier(open_at, axe):
    """After a tick the list that came by itself is as clean as the one that came with the page."""
    page = open_at(STATES["question cause"])
    before = page.locator("#live-h").inner_text()
    page.locator(".choice label[for=cause-tendon]").tap()
    page.wait_for_function("was => document.getElementById('live-h').innerText !== was", arg=before)

    assert axe(page) == []


def test_trouble_with_the_list_is_no_barrier(open_at, axe, console_clean):
    """The note that the list could not be fetched is clean."""
    console_clean.allow("htmx:error")
    page = open_at(STATES["question cause"])
    page.context.set_offline(True)
    page.locator(".choice label[for=cause-tendon]").tap()
    page.locator("#trouble").wait_for()

    assert axe(page) == []


def test_a_fault_of_ours_is_no_barrier(open_at, axe, monkeypatch):
    """The page for a fault of ours, which nobody should see, is clean."""

    def broken(*given):
        raise RuntimeError("a fault made for this test")

    monkeypatch.setattr("treatment_guide.reading.presenters.page_sources", broken)
    monkeypatch.setattr(
        "treatment_guide.http.html.made_daily.held", OfToday
    )  # nothing was made yet
    page = open_at("/")

    assert page.locator("h1").inner_text() == UI["error-500-title"]
    assert axe(page) == []


# One page of each kind, in every dress


@each_kind
def test_a_page_has_no_barrier_in_other_colors(look_at_any, axe, address):
    """In the dark, and in colors that the reader has set over ours, all can be read."""
    page = look_at_any(address)
    found = {}
    for dress in ({"color_scheme": "dark"}, {"color_scheme": "light", "forced_colors": "active"}):
        page.emulate_media(**dress)
        found[str(dress)] = axe(page, COLORS)

    assert not any(found.values()), found


@pytest.mark.parametrize("address", (KINDS | LONG_WORDS).values(), ids=[*KINDS, *LONG_WORDS])
def test_a_page_fits_a_narrow_screen_and_large_text(look_at_any, axe, address):
    """At 320 pixels, there with wider spacing, and with the text of the browser doubled, nothing
    scrolls sideways. Nothing is cut off, and axe is content.
    """
    page = look_at_any(address, viewport=NARROW, is_mobile=False)
    narrow = sideways(page), axe(page)
    before = clipped(page)  # such as a name that gives way to its logo
    spaced_out(page)
    spaced = sideways(page), [each for each in clipped(page) if each not in before]
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size(PHONE)
    with double_text(page):
        size = page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        large = sideways(page), axe(page, SIZES)

    assert (narrow, spaced, large) == (([], []), ([], []), ([], []))
    assert size > NORMAL_TEXT * 2  # it did grow


@each_kind
def test_a_page_has_no_barrier_without_scripts(look_at_any, axe, address):
    """What axe says does not depend on scripts."""
    assert axe(look_at_any(address, java_script_enabled=False)) == []
