"""By keys alone, and on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.driving import MOUSE, tab_to
from tests.stories import STORY
from tools.pages import kinds

KINDS = kinds()
SOME = {
    kind: KINDS[kind] for kind in ("home", "option", "situation", "question", "outcome", "compare")
}


@pytest.mark.parametrize("address", SOME.values(), ids=SOME)
def test_the_first_tab_offers_to_skip_to_the_page(look, address):
    """Tab and Enter lead past the head of the page: the next Tab is inside it."""
    page = look(address, **MOUSE)
    page.keyboard.press("Tab")
    expect(page.locator("a.skip-link")).to_be_focused()
    expect(page.locator("a.skip-link")).to_be_in_viewport()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("address", SOME.values(), ids=SOME)
def test_every_control_shows_that_it_has_the_focus(look, address):
    """Whoever goes by keys sees where they are, on every link and control, in view."""
    page = look(address, **MOUSE)
    seen = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, select, summary, textarea")]
            .filter(e => e.checkVisibility())
            .map(e => {
                e.focus({ focusVisible: true });
                const ring = [e, e.nextElementSibling, e.parentElement]
                    .filter(Boolean).map(it => getComputedStyle(it))
                    .some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
                return [document.activeElement === e && ring, e.outerHTML.slice(0, 80)];
            })"""
    )

    assert len(seen) > 5
    assert [control for shown, control in seen if not shown] == []


def test_the_focus_is_seen_in_colors_of_the_reader(open_page):
    """With the reader's own colors set over ours the ring stays."""
    page = open_page(**MOUSE, forced_colors="active")
    page.goto(KINDS["question"])
    tab_to(page, "main form input")

    width = page.evaluate(
        """() => Math.max(...[document.activeElement, document.activeElement.nextElementSibling]
            .map(e => getComputedStyle(e)).map(s => s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth)))"""
    )

    assert width >= 2


def test_the_outcome_prints_what_counts(open_question):
    """On paper, from the page that prints: the answers, every option with its reasons, the code. No
    buttons and no menu.
    """
    page = open_question("outcome", STORY)
    page.locator("#keep a[href$='/all/']").click()
    page.wait_for_url("**/all/")
    page.emulate_media(media="print")

    for part in (
        ".told-answers",
        ".answer-code",
        "[data-option=prp] .option-fold",
        "ol.question-list",
    ):
        expect(page.locator(part).first).to_be_visible()
    for part in ("nav", "button", "a.question-link svg", "a.help-link"):
        for each in page.locator(part).all():
            expect(each).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    )
