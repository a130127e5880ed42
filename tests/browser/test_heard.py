"""One journey as a screen reader is given it: names, roles and states, in order, and what is announced.

No screen reader runs here. This is the tree that Chromium hands to one. How VoiceOver, TalkBack and NVDA
read it out needs people.
"""

import re

from playwright.sync_api import Page

from tests.browser.driving import MOUSE, UI, go_on, list_changes, tab_to, tick_by_keys
from tests.stories import STORY
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
SPY = """() => {
    window.said = [];
    const line = document.getElementById("announce");
    if (line) new MutationObserver(() => said.push(line.textContent))
        .observe(line, { childList: true, characterData: true, subtree: true });
}"""


def heard(page: Page, part: str = "main") -> str:
    """The tree of a part of a page, one line for each thing."""
    return page.locator(part).first.aria_snapshot()


def journey(page: Page) -> list[tuple[str, str]]:
    """What is heard on the way from the start to the outcome, by keys alone: where, and the words."""
    log = []
    page.goto("/whats-next/")
    log.append(("start", heard(page)))
    tab_to(page, "main a.button")
    page.keyboard.press("Enter")
    for question, choices in STORY.items():
        page.wait_for_url(f"**/whats-next/{question}/*/")
        log.append((f"{question} opens", heard(page, "fieldset")))
        page.evaluate(SPY)
        live = page.locator("#live-h")
        before = live.inner_text() if live.count() else None
        for choice in choices.split():
            tick_by_keys(page, question, choice)
        log.append((f"{question} ticked", heard(page, "fieldset")))
        if question == "cause":
            list_changes(page, before)
            page.wait_for_function("() => said.length")
            log.append((f"{question} announced", "; ".join(page.evaluate("said"))))
        go_on(page, by_keys=True)
    page.wait_for_url("**/whats-next/outcome/*/")
    log.append(("outcome", heard(page)))
    return log


def test_a_journey_is_heard_whole(open_page):
    """Each question is the name of its group; ticks are told as ticked; the count is announced once;
    the outcome begins with its heading, and its groups are headings with their number.
    """
    log = dict(journey(open_page(**MOUSE)))

    for question, choices in STORY.items():
        title = LIBRARY.questions[question].title
        opens, ticked = log[f"{question} opens"], log[f"{question} ticked"]
        assert f'heading "{title}" [level=1]' in opens
        assert re.match(r"- group \".*" + re.escape(title), opens)
        assert "[checked]" not in opens.split("button")[0]
        assert ticked.split("button")[0].count("[checked]") == len(choices.split())
    assert log["cause announced"].count(";") == 0
    assert re.search(r"\d+ of \d+", log["cause announced"])
    outcome = log["outcome"]
    assert outcome.index(f'heading "{UI["outcome-title"]}" [level=1]') < outcome.index("[level=2]")
    assert len(re.findall(r'heading "[^"]*\(\d+\)[^"]*" \[level=2\]', outcome)) == 4
