"""The questionnaire in a real browser: with and without scripts, by mouse, by keys, by touch."""

from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.driving import (
    MOUSE,
    TOUCH,
    UI,
    answer_all,
    both_scripts,
    expected,
    go_on,
    tab_to,
    tick,
    travel,
)
from tests.stories import STORY

# One outcome for everyone


@both_scripts
@pytest.mark.parametrize(
    ("device", "by_keys"),
    [(MOUSE, False), (MOUSE, True), (TOUCH, False)],
    ids=["mouse", "keys", "touch"],
)
def test_the_outcome_is_the_same_however_one_answers(open_page, groups, device, by_keys, scripts):
    """By mouse, by keys alone, by touch, with scripts or without: the same outcome."""
    page = open_page(**device, java_script_enabled=scripts)
    page.goto("/whats-next/")
    if by_keys:
        tab_to(page, "main a.button")
        page.keyboard.press("Enter")
    else:
        page.locator("main a.button").click()

    answer_all(page, STORY, by_keys)

    assert groups(page) == expected(STORY)


@both_scripts
def test_a_sharpening_answer_changes_the_outcome(open_question, groups, scripts):
    """A question asked from the outcome comes back to it with its answer counted."""
    page = open_question("outcome", STORY, java_script_enabled=scripts)
    page.locator(".group-by a[href^='/whats-next/scan/']").click()
    tick(page, "scan", "advanced")

    go_on(page)

    assert groups(page) == expected({**STORY, "scan": "advanced"})


@both_scripts
def test_a_printed_address_comes_to_the_same_outcome(open_question, open_page, groups, scripts):
    """The address on paper, opened in another browser, asks the danger signs and shows the same."""
    story = {question: text for question, text in STORY.items() if question != "since"}
    page = open_question("outcome", story)
    printed = page.locator("main a[href^='/go/']").first.get_attribute("href")
    other = open_page(java_script_enabled=scripts)
    other.goto(printed)
    for question in ("urgent", "urgent-here"):
        tick(other, question, "none")
        go_on(other)

    other.get_by_role("link", name=UI["show-now"]).click()
    other.wait_for_url(lambda url: "/whats-next/outcome/" in url)

    assert groups(other) == groups(page)


def test_an_entry_in_the_calendar_brings_a_reader_back_to_be_asked_anew(open_question, open_page):
    """From a row of the outcome to a file, and from its address to the danger signs, to what the
    injection did, and to a new outcome for the same place and cause.
    """
    page = open_question("outcome", STORY)
    row = page.locator("[data-option=exercise-program]")
    row.locator("summary").tap()
    with page.expect_download() as download:
        row.locator("a[href*='/calendar/']").tap()
    (event,) = Calendar.from_ical(download.value.path().read_bytes()).events
    other = open_page()
    other.goto(urlsplit(event["URL"]).path)
    asked_anew = {q: text for q, text in STORY.items() if q not in ("place", "cause")}

    answer_all(other, {**asked_anew, "response": "none"})

    assert urlsplit(event["URL"]).path.startswith("/go/")
    assert "Arthritis" in other.locator("#told").text_content()


# Danger signs


@both_scripts
@pytest.mark.parametrize("sign", ["breathing", "hot-joint", "slow-worry"])
def test_a_ticked_danger_sign_shows_its_card_at_once(open_page, scripts, sign):
    """What to do about a sign shows beside it as soon as it is ticked."""
    page = open_page(java_script_enabled=scripts)
    page.goto("/whats-next/urgent/0/")
    card = page.locator(f".choice:has(#urgent-{sign}) .card")
    expect(card).to_be_hidden()

    tick(page, "urgent", sign)

    expect(card).to_be_visible()


@both_scripts
def test_a_danger_sign_is_answered_with_help(open_page, axe, scripts):
    """The call for that sign is on the first screen, and the address holds no answer. A reload
    shows help again; Back comes to the signs.
    """
    page = open_page(java_script_enabled=scripts)
    page.goto("/whats-next/urgent/0/")
    tick(page, "urgent", "hot-joint")

    page.get_by_role("button", name=UI["continue"]).click()
    title = page.get_by_role("heading", name=UI["help-today-ticked"])
    expect(title).to_be_in_viewport()
    expect(page.locator(".danger-box a.call").first).to_be_in_viewport()
    assert page.url.endswith("/get-help-now/#today" if scripts else "/whats-next/urgent/0/")
    assert axe(page) == []

    page.reload()
    expect(page.locator("#today")).to_be_visible()
    travel(page, "back")
    expect(page.locator("#urgent-hot-joint")).to_be_visible()


@both_scripts
def test_a_fault_leads_to_the_first_choice(open_page, scripts, console_clean):
    """An empty form of danger signs says so, and its link puts the focus on the first choice."""
    console_clean.allow("422")
    page = open_page(java_script_enabled=scripts)
    page.goto("/whats-next/urgent/0/")
    page.get_by_role("button", name=UI["continue"]).click()

    page.locator("[role=alert] a").click()

    expect(page.locator("input[name=urgent]").first).to_be_focused()


# The drawing


@both_scripts
def test_every_spot_of_the_drawing_ticks_its_place(open_question, scripts):
    """A tap on the body chooses the place under the finger."""
    page = open_question("place", {"urgent": "none"}, java_script_enabled=scripts)
    spots = page.locator(".body-map label")
    wanted = spots.evaluate_all("spots => spots.map(spot => spot.htmlFor)")

    ticked = []
    for spot in spots.all():
        spot.tap()
        ticked.append(page.locator("input[name=place]:checked").get_attribute("id"))

    assert (ticked, len(set(wanted))) == (wanted, 11)
