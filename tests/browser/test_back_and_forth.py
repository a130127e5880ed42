"""Back, Forward, Reload, a second tab: the answers stay where the reader left them."""

import pytest
from playwright.sync_api import expect

from tests.browser.driving import (
    UI,
    answer_all,
    both_scripts,
    expected,
    go_on,
    list_changes,
    tick,
    travel,
)
from tests.stories import KNEE, STORY
from treatment_guide.library.content_check import current_library


def test_reload_keeps_a_tick_that_was_not_sent_on(open_question):
    """A tick is in the address at once, so Reload shows it."""
    page = open_question("cause")
    before = page.locator("#live-h").inner_text()
    tick(page, "cause", "arthritis")
    list_changes(page, before)

    page.reload()

    expect(page.locator("#cause-arthritis")).to_be_checked()


@pytest.mark.parametrize("where", ["header", "#translated"])
def test_another_language_keeps_a_tick_that_was_not_sent_on(open_question, groups, where):
    """By the link of the header, and by that of the line below it; and back by the same way."""
    ours = current_library().translations
    page = open_question("cause")
    for language in ours:
        before = page.locator("#live-h").inner_text()
        tick(page, "cause", "arthritis")
        list_changes(page, before)
        there = groups(page)
        page.locator(f"header a[hreflang={language}]").first.click()
        expect(page.locator(f"html[lang^={language}]")).to_have_count(1)
        expect(page.locator("#cause-arthritis")).to_be_checked()
        assert groups(page) == there

        before = page.locator("#live-h").inner_text()
        tick(page, "cause", "tendon")
        list_changes(page, before)
        page.locator(f"{where} a[hreflang=en]").first.click()
        expect(page.locator("html[lang^=en]")).to_have_count(1)
        expect(page.locator("#cause-tendon")).to_be_checked()


def test_a_second_tab_keeps_the_answers(open_question, groups):
    """The address opened in a second tab shows the same ticks and the same list."""
    page = open_question("cause")
    before = page.locator("#live-h").inner_text()
    tick(page, "cause", "arthritis")
    list_changes(page, before)

    second = page.context.new_page()
    second.goto(page.url)

    assert (second.locator("#cause-arthritis").is_checked(), groups(second)) == (True, groups(page))


def test_back_shows_the_page_as_it_was_left(open_question, groups):
    """Back shows a whole page, the tick and the list that belong together."""
    page = open_question("cause")
    address = page.url
    tick(page, "cause", "arthritis")
    expect(page).not_to_have_url(address)  # the tick has arrived: it is in the address
    go_on(page)

    travel(page, "back")

    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("#cause-arthritis")).to_be_checked()
    assert groups(page) == expected({**KNEE, "cause": "arthritis"})


@both_scripts
def test_forward_keeps_every_answer(open_page, groups, scripts):
    """Two pages back and forward again, and the outcome still has every answer."""
    page = open_page(java_script_enabled=scripts)
    page.goto("/whats-next/")
    page.locator("main a.button").click()
    answer_all(page, STORY)
    for _ in range(2):
        travel(page, "back")
        expect(page.locator("form.question-form")).to_be_visible()
    for _ in range(2):
        travel(page, "forward")

    page.wait_for_url("**/whats-next/outcome/*/", wait_until="commit")
    expect(page.locator("#told")).to_be_visible()

    assert groups(page) == expected(STORY)


@both_scripts
def test_the_back_link_shows_the_answer_given(open_question, scripts):
    """The page's own Back link opens the question before with its answer ticked."""
    page = open_question("cause", java_script_enabled=scripts)
    tick(page, "cause", "arthritis")
    go_on(page)

    page.locator("a.back-link").click()
    page.wait_for_url("**/whats-next/cause/*/")

    expect(page.locator("#cause-arthritis")).to_be_checked()


@both_scripts
def test_reload_keeps_the_outcome(open_question, groups, scripts):
    """The outcome, loaded again, is the same."""
    page = open_question("outcome", STORY, java_script_enabled=scripts)

    page.reload()

    assert groups(page) == expected(STORY)


def test_ticks_add_nothing_to_the_history(open_question):
    """However often a choice is changed, Back leads to the page before, once."""
    page = open_question("cause")
    length = page.evaluate("history.length")
    for choice in ("arthritis", "tendon", "arthritis"):
        before = page.url
        tick(page, "cause", choice)
        page.wait_for_url(lambda url, before=before: url != before)

    assert page.evaluate("history.length") == length


@both_scripts
def test_continue_twice_is_continue_once(open_question, scripts):
    """A double click on Continue, as shaking hands do, leads one page on and adds one to history."""
    page = open_question("cause", java_script_enabled=scripts)
    tick(page, "cause", "arthritis")
    length = page.evaluate("history.length")

    page.get_by_role("button", name=UI["continue"]).dblclick(no_wait_after=True)
    page.wait_for_url("**/whats-next/response/*/", wait_until="commit")
    expect(page.locator("#response-none")).to_be_attached()

    assert page.evaluate("history.length") == length + 1


@both_scripts
def test_an_unticked_box_is_gone(open_question, groups, scripts):
    """A box that was ticked, sent on, and unticked later counts no more."""
    page = open_question("tried", STORY, java_script_enabled=scripts)
    tick(page, "tried", "exercise")
    go_on(page)

    page.locator("#told summary").click()
    page.locator("#told a[href^='/whats-next/tried/']").click()
    page.wait_for_url("**/whats-next/tried/*/")

    expect(page.locator("#tried-exercise")).not_to_be_checked()
    expect(page.locator("#tried-medicines")).to_be_checked()


@both_scripts
def test_clear_leaves_the_start_page_in_front(open_question, scripts):
    """After "Clear my answers" nothing on the screen, nor in the address, tells an answer."""
    page = open_question("outcome", STORY, java_script_enabled=scripts)

    page.get_by_role("link", name=UI["clear-title"]).click()
    page.wait_for_url("**/whats-next/", wait_until="commit")

    expect(page.locator("main a.button")).to_be_visible()
    assert page.locator("[data-option]").count() == 0
