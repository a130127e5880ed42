"""Driving the questionnaire as people do: by mouse, by finger, by keys alone."""

import time

import pytest
from playwright.sync_api import Error, Page, expect

from tests.stories import choices_of
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library

GUIDE = current_library().guide
UI = current_library().ui

MOUSE = {"viewport": {"width": 1280, "height": 900}, "has_touch": False, "is_mobile": False}
TOUCH = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

both_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def expected(answers: dict[str, str]) -> dict[str, str]:
    """The groups that the rules give."""
    return {s.option: s.group for s in narrow(Reader(GUIDE, choices_of(answers))).standings}


def travel(page: Page, way: str) -> None:
    """Press the browser's Back or Forward.

    While one page takes the place of another from the back-forward cache, Chromium has for a moment
    no page that can be asked; nothing has moved then, and the button is pressed again.
    """
    press = {"back": page.go_back, "forward": page.go_forward}[way]
    for _ in range(30):
        try:
            press(wait_until="commit")
        except Error as error:
            if "Not attached to an active page" not in str(error):
                raise
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the browser never goes {way}")


def tick(page: Page, question: str, choice: str) -> None:
    """Choose by mouse or by finger, on the words of the choice."""
    label = page.locator(f".choice label[for={question}-{choice}]")
    label.tap() if page.viewport_size["width"] < 500 else label.click()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the control has the focus, as somebody without a mouse has to."""
    for _ in range(120):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")


def tick_by_keys(page: Page, question: str, choice: str) -> None:
    """Choose by keys alone: Tab to a box and Space; into a list of one choice and arrows."""
    wanted = f"#{question}-{choice}"
    if GUIDE.questions[question].kind == "several":
        tab_to(page, wanted)
        page.keyboard.press("Space")
        return
    tab_to(page, f"input[name={question}]")
    page.keyboard.press("Space")
    for _ in GUIDE.questions[question].choices:
        if page.evaluate("s => document.activeElement.matches(s)", wanted):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"arrows never come to {wanted}")


def go_on(page: Page, by_keys: bool = False) -> None:
    """Select Continue and wait for the next page."""
    here = page.url.split("/whats-next/")[1].split("/")[0]
    if by_keys:
        tab_to(page, "main form button")
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name=UI["continue"]).click()
    page.wait_for_url(lambda url: f"/whats-next/{here}/" not in url)


def answer_all(page: Page, answers: dict[str, str], by_keys: bool = False) -> None:
    """From the first question to the outcome."""
    choose = tick_by_keys if by_keys else tick
    for question, choices in answers.items():
        page.wait_for_url(f"**/whats-next/{question}/*/")
        for choice in choices.split():
            choose(page, question, choice)
        go_on(page, by_keys)
    page.wait_for_url("**/whats-next/outcome/*/")


def list_changes(page: Page, from_words: str) -> None:
    """Wait until the list says something else."""
    expect(page.locator("#live-h")).not_to_have_text(from_words)
