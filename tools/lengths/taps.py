"""Walks a story from the home page to the sheet for the visit, and counts the taps."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

from treatment_guide.engine.answers import Answers

#: The questionnaire always ends; a fault in it must not hang here.
MOST_PAGES = 40


def taps_to_sheet(page: Page, answers: Answers, prefix: str = "") -> int:
    """The taps from the home page to the sheet: each choice, each Continue, each link.

    `page` is a phone without scripts; the addresses of a translation begin with `prefix`. Raises RuntimeError where the walk does not come to an end.
    """
    page.goto(f"{prefix}/")
    taps = start(page, prefix)
    for _ in range(MOST_PAGES):
        question = urlsplit(page.url).path.removeprefix(prefix).split("/")[2]
        if question == "outcome":
            page.locator('main a[href*="/whats-next/take/"]').first.click()
            return taps + 1
        for choice in answers.get(question, ()):
            box = page.locator(f"#{question}-{choice}")
            if box.count() and not box.is_checked():
                page.locator(f'.choice label[for="{question}-{choice}"]').click()
                taps += 1
        page.locator("form#q button").last.click()
        taps += 1
    raise RuntimeError(f"no outcome after {MOST_PAGES} pages: {page.url}")


def start(page: Page, prefix: str = "") -> int:
    """From the home page to the first question; gives the taps."""
    page.locator(f'main a.button[href="{prefix}/whats-next/"]').first.click()
    page.locator(f'main a.button[href^="{prefix}/whats-next/"]').first.click()
    return 2
