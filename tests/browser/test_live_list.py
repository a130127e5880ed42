"""The list that narrows as one ticks: nothing moves, one voice, and never the wrong list."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.driving import (
    GUIDE,
    MOUSE,
    TOUCH,
    UI,
    expected,
    go_on,
    list_changes,
    tab_to,
    tick,
    tick_by_keys,
)
from tests.stories import KNEE, STORY
from treatment_guide.engine.code import days_since_2026
from treatment_guide.http.clock import today


@pytest.mark.parametrize("device", [MOUSE, TOUCH], ids=["mouse", "touch"])
@pytest.mark.parametrize(("question", "choice"), [("cause", "arthritis"), ("tried", "weight-ok")])
def test_nothing_moves_when_the_list_narrows(open_question, device, question, choice):
    """A choice changes the list below and moves nothing above it, nor itself, by a single pixel."""
    page = open_question(question, {**KNEE, "cause": "not-sure"}, **device)
    where = """() => [scrollY, ...[...document.querySelectorAll(
        'header *, main .back-link, form.question-form legend, form.question-form legend *, .choice, .choice *, form.question-form button'
    )].map(e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; })]"""
    page.locator(f".choice label[for={question}-{choice}]").scroll_into_view_if_needed()
    before, listed = (
        page.evaluate(where),
        page.evaluate("document.getElementById('live').innerHTML"),
    )

    tick(page, question, choice)
    page.wait_for_function("was => document.getElementById('live').innerHTML !== was", arg=listed)

    assert page.evaluate(where) == before


@pytest.mark.parametrize(("question", "choice"), [("cause", "arthritis"), ("tried", "weight-ok")])
def test_the_focus_stays_when_the_list_narrows(open_question, question, choice):
    """A choice made by keys keeps the focus on the control."""
    page = open_question(question, {**KNEE, "cause": "not-sure"}, **MOUSE)
    listed = page.evaluate("document.getElementById('live').innerHTML")
    tick_by_keys(page, question, choice)

    page.wait_for_function("was => document.getElementById('live').innerHTML !== was", arg=listed)

    assert page.evaluate("document.activeElement.id") == f"{question}-{choice}"


def test_the_line_above_continue_changes_with_the_list(open_question):
    """On a phone the count and the signs are seen to change beside Continue."""
    page = open_question("cause")
    words = page.locator("#live-h").inner_text()
    tick(page, "cause", "arthritis")
    list_changes(page, words)

    groups = list(expected({**KNEE, "cause": "arthritis"}).values())
    fits = groups.count("fits")
    expect(page.locator("#list-line b")).to_have_text(
        UI["line-title"].format(fitting=fits, total=len(groups))
    )
    assert page.locator("#list-line > svg use[href='#sign-fits']").count() == fits


def test_continue_is_near_the_top_of_its_page(open_question):
    """Within 1.6 screens of a phone, but for the danger signs, the place and the cause."""
    page = open_question("response")
    far = {}
    for question in set(GUIDE.questions) - {q.id for q in GUIDE.danger} - {"place", "cause"}:
        page.goto(page.url.rsplit("/", 3)[0] + f"/{question}/{page.url.rsplit('/', 2)[1]}/")
        box = page.get_by_role("button", name=UI["continue"]).bounding_box()
        far[question] = (box["y"] + box["height"]) / 844

    assert {question: screens for question, screens in far.items() if screens > 1.6} == {}


def test_the_list_keeps_its_order(open_question):
    """Options never change places: only their signs do."""
    page = open_question("cause")
    order = "[...document.querySelectorAll('#live [data-option]')].map(o => o.dataset.option)"
    before, words = page.evaluate(order), page.locator("#live-h").inner_text()

    tick(page, "cause", "arthritis")
    list_changes(page, words)

    assert page.evaluate(order) == before


@pytest.mark.parametrize("pause", [0, 150], ids=["at once", "one after another"])
def test_three_fast_arrow_keys_are_announced_once(open_question, pause):
    """Somebody passing through choices by keys hears the count once, when they stop."""
    page = open_question("place", {"urgent": "none"}, **MOUSE)
    page.evaluate(
        """() => {
            const line = document.getElementById("announce");
            window.said = [];
            new MutationObserver(() => said.push(line.textContent))
                .observe(line, { childList: true, characterData: true, subtree: true });
        }"""
    )
    tab_to(page, "input[name=place]")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(pause)
    page.wait_for_function("() => said.length > 0")
    page.wait_for_timeout(1_000)

    said = page.evaluate("said")

    assert said == [page.locator("#live-h").get_attribute("data-announce")]


def test_a_slow_reply_never_overwrites_a_later_one(open_question, groups):
    """The list shows the last choice, whatever the order in which replies arrive."""
    page = open_question("cause")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route) if not held else route.continue_()

    page.route("**/whats-next/cause/*/", hold_the_first)
    words = page.locator("#live-h").inner_text()
    with page.expect_request(lambda request: request.method == "POST"):
        tick(page, "cause", "arthritis")
    tick(page, "cause", "ligament")
    list_changes(page, words)

    with suppress(Error):  # it may have been given up already
        held[0].continue_()
    page.wait_for_timeout(500)

    assert groups(page) == expected({**KNEE, "cause": "ligament"})


def break_off(page: Page) -> None:
    page.context.set_offline(True)


def answer_with_a_fault(page: Page) -> None:
    page.route(
        "**/whats-next/cause/*/",
        lambda route: route.fulfill(status=500, content_type="text/html", body="<h1>Fault</h1>"),
    )


def answer_with_a_sign_in_page(page: Page) -> None:
    """What the Wi-Fi of a waiting room does."""
    page.route(
        "**/whats-next/cause/*/",
        lambda route: route.fulfill(content_type="text/html", body="<h1>Sign in to our Wi-Fi</h1>"),
    )


@pytest.fixture(
    params=[break_off, answer_with_a_fault, answer_with_a_sign_in_page],
    ids=["offline", "fault", "wi-fi"],
)
def trouble(request, open_question, console_clean) -> Page:
    """A question whose list could not be fetched after a tick."""
    console_clean.allow("Failed to load resource")
    console_clean.allow("htmx:error")
    page = open_question("cause")
    request.param(page)
    tick(page, "cause", "arthritis")
    expect(page.locator("#trouble")).to_be_visible()
    return page


def test_a_list_that_cannot_be_fetched_stays(trouble, groups):
    """Offline, with a fault of ours or a page of somebody else's, the list stays as it was."""
    assert groups(trouble) == expected(KNEE)


def test_a_list_that_cannot_be_fetched_is_announced(trouble):
    """Those who do not see the note hear it."""
    expect(trouble.locator("#announce")).to_have_text(UI["list-failed"])


def test_the_next_good_reply_ends_the_trouble(trouble, groups):
    """The note goes away when the list comes again, and the count is announced."""
    trouble.context.set_offline(False)
    trouble.unroute_all()

    tick(trouble, "cause", "ligament")

    expect(trouble.locator("#trouble")).to_be_hidden()
    expect(trouble.locator("#announce")).not_to_have_text(UI["list-failed"])
    assert groups(trouble) == expected({**KNEE, "cause": "ligament"})


def test_continue_works_after_trouble(trouble, groups):
    """The choice is on the page all the same: Continue sends it."""
    trouble.context.set_offline(False)
    trouble.unroute_all()

    go_on(trouble)

    assert groups(trouble) == expected({**KNEE, "cause": "arthritis"})


def test_one_tick_too_many_is_told_at_once(open_question, console_clean):
    """A fourth tick where three are the most says so beside the list, as Continue would."""
    console_clean.allow("422")
    page = open_question("matters", STORY)
    for choice in ("avoid-surgery", "no-more-needles", "quick-relief"):
        before = page.url
        tick(page, "matters", choice)
        page.wait_for_url(lambda url, before=before: url != before)

    tick(page, "matters", "sleep")

    expect(page.locator("#trouble")).to_have_text(UI["fault-too-many"])
    expect(page.locator("#announce")).to_have_text(UI["fault-too-many"])


def test_a_tick_at_the_last_moment_is_sent_with_continue(open_question, groups):
    """Continue right after a tick, before the list was fetched, loses nothing and says nothing."""
    page = open_question("cause")
    tick(page, "cause", "arthritis")

    go_on(page)

    assert groups(page) == expected({**KNEE, "cause": "arthritis"})


def test_a_tick_on_a_page_left_open_for_days_asks_the_danger_signs(open_question, code):
    """Danger signs lapse while a page lies open: the next tick opens their page, whole."""
    page = open_question("cause")
    lapsed = f"/whats-next/cause/{code(KNEE, day=days_since_2026(today()) - 5)}/"
    page.evaluate("address => history.replaceState(history.state, '', address)", lapsed)

    tick(page, "cause", "arthritis")
    page.wait_for_url("**/whats-next/urgent/*/")

    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("input[name=cause]")).to_have_count(0)
