"""The questionnaire in a real browser: with and without scripts, by mouse, by keys, by touch."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from treatment_guide.engine.narrowing import narrow
from treatment_guide.library.checks import current_library
from treatment_guide.web.whats_next import today

GUIDE = current_library().guide
UI = current_library().ui

NO_DANGER = {"urgent": "none", "place": "knee", "urgent-here": "none"}
STORY = {
    **NO_DANGER,
    "cause": "arthritis",
    "response": "wore-off",
    "since": "over-12-weeks",
    "tried": "exercise medicines",
    "health": "blood-thinners",
    "impact": "moderate",
}

MOUSE = {"viewport": {"width": 1280, "height": 900}, "has_touch": False, "is_mobile": False}
TOUCH = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

both_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def expected(answers: dict[str, str]) -> dict[str, str]:
    """The groups that the rules give."""
    chosen = {question: frozenset(text.split()) for question, text in answers.items()}
    return {s.option: s.group for s in narrow(GUIDE, chosen).standings}


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


@pytest.fixture
def open_question(open_page, code) -> Callable[..., Page]:
    """Open a question with the danger signs answered: `open_question("cause", **options)`."""

    def open_it(question: str, answers: dict[str, str] = NO_DANGER, **options: object) -> Page:
        page = open_page(**options)
        page.goto(f"/whats-next/{question}/{code(answers)}/")
        return page

    return open_it


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
        tab_to(page, "main a.go")
        page.keyboard.press("Enter")
    else:
        page.locator("main a.go").click()

    answer_all(page, STORY, by_keys)

    assert groups(page) == expected(STORY)


@both_scripts
def test_a_sharpening_answer_changes_the_outcome(open_question, groups, scripts):
    """A question asked from the outcome comes back to it with its answer counted."""
    page = open_question("outcome", STORY, java_script_enabled=scripts)
    page.locator("a[href^='/whats-next/scan/']").first.click()
    tick(page, "scan", "advanced")

    go_on(page)

    assert groups(page) == expected({**STORY, "scan": "advanced"})


@both_scripts
def test_a_printed_address_comes_to_the_same_outcome(open_question, open_page, groups, scripts):
    """The address on paper, opened in another browser, asks the danger signs and shows the same."""
    story = {question: text for question, text in STORY.items() if question != "since"}
    page = open_question("outcome", story)
    printed = page.locator("a[href^='/go/']").first.get_attribute("href")
    other = open_page(java_script_enabled=scripts)
    other.goto(printed)
    for question in ("urgent", "urgent-here"):
        tick(other, question, "none")
        go_on(other)

    other.get_by_role("link", name=UI["show-now"]).click()
    other.wait_for_url("**/whats-next/outcome/*/")

    assert groups(other) == groups(page)


@both_scripts
def test_nothing_is_kept_in_the_browser(open_page, scripts):
    """After a whole journey there is no cookie and nothing in any store of the browser."""
    page = open_page(java_script_enabled=scripts)
    page.goto("/whats-next/")
    page.locator("main a.go").click()
    answer_all(page, STORY)

    kept = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, document.cookie,
            (await indexedDB.databases()).length, (await caches.keys()).length,
            (await navigator.serviceWorker.getRegistrations()).length]"""
    )

    assert (page.context.cookies(), kept) == ([], [0, 0, "", 0, 0, 0])


# Going back and forth


def test_reload_keeps_a_tick_that_was_not_sent_on(open_question):
    """A tick is in the address at once, so Reload shows it."""
    page = open_question("cause")
    before = page.locator("#live-h").inner_text()
    tick(page, "cause", "arthritis")
    list_changes(page, before)

    page.reload()

    expect(page.locator("#cause-arthritis")).to_be_checked()


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
    tick(page, "cause", "arthritis")
    go_on(page)

    page.go_back(wait_until="commit")

    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("#cause-arthritis")).to_be_checked()
    assert groups(page) == expected({**NO_DANGER, "cause": "arthritis"})


@both_scripts
def test_forward_keeps_every_answer(open_page, groups, scripts):
    """Two pages back and forward again, and the outcome still has every answer."""
    page = open_page(java_script_enabled=scripts)
    page.goto("/whats-next/")
    page.locator("main a.go").click()
    answer_all(page, STORY)
    for _ in range(2):
        page.go_back(wait_until="commit")
        expect(page.locator("form.q")).to_be_visible()
    for _ in range(2):
        page.go_forward(wait_until="commit")

    page.wait_for_url("**/whats-next/outcome/*/", wait_until="commit")
    expect(page.locator("#told")).to_be_visible()

    assert groups(page) == expected(STORY)


@both_scripts
def test_the_back_link_shows_the_answer_given(open_question, scripts):
    """The page's own Back link opens the question before with its answer ticked."""
    page = open_question("cause", java_script_enabled=scripts)
    tick(page, "cause", "arthritis")
    go_on(page)

    page.locator("a.back").click()
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


# The list that narrows


@pytest.mark.parametrize("device", [MOUSE, TOUCH], ids=["mouse", "touch"])
@pytest.mark.parametrize(("question", "choice"), [("cause", "arthritis"), ("tried", "weight-ok")])
def test_nothing_moves_when_the_list_narrows(open_question, device, question, choice):
    """A choice changes the list below and moves nothing above it, nor itself, by a single pixel."""
    page = open_question(question, {**NO_DANGER, "cause": "not-sure"}, **device)
    where = """() => [scrollY, ...[...document.querySelectorAll(
        'header *, main .back, form.q legend, form.q legend *, .choice, .choice *, form.q button'
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
    page = open_question(question, {**NO_DANGER, "cause": "not-sure"}, **MOUSE)
    listed = page.evaluate("document.getElementById('live').innerHTML")
    tick_by_keys(page, question, choice)

    page.wait_for_function("was => document.getElementById('live').innerHTML !== was", arg=listed)

    assert page.evaluate("document.activeElement.id") == f"{question}-{choice}"


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

    assert groups(page) == expected({**NO_DANGER, "cause": "ligament"})


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
    assert groups(trouble) == expected(NO_DANGER)


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
    assert groups(trouble) == expected({**NO_DANGER, "cause": "ligament"})


def test_continue_works_after_trouble(trouble, groups):
    """The choice is on the page all the same: Continue sends it."""
    trouble.context.set_offline(False)
    trouble.unroute_all()

    go_on(trouble)

    assert groups(trouble) == expected({**NO_DANGER, "cause": "arthritis"})


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

    assert groups(page) == expected({**NO_DANGER, "cause": "arthritis"})


def test_a_tick_on_a_page_left_open_for_days_asks_the_danger_signs(open_question, code):
    """Danger signs lapse while a page lies open: the next tick opens their page, whole."""
    page = open_question("cause")
    lapsed = f"/whats-next/cause/{code(NO_DANGER, day=today() - 5)}/"
    page.evaluate("address => history.replaceState(history.state, '', address)", lapsed)

    tick(page, "cause", "arthritis")
    page.wait_for_url("**/whats-next/urgent/*/")

    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("input[name=cause]")).to_have_count(0)


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
def test_a_danger_sign_opens_help_without_a_code(open_page, scripts):
    """An emergency leads to help at that level; the address holds no answer."""
    page = open_page(java_script_enabled=scripts)
    page.goto("/whats-next/urgent/0/")
    tick(page, "urgent", "breathing")

    page.get_by_role("button", name=UI["continue"]).click()
    page.wait_for_url("**/get-help-now/*")

    assert page.url.endswith("/get-help-now/#emergency")


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
    spots = page.locator(".map label")
    wanted = spots.evaluate_all("spots => spots.map(spot => spot.htmlFor)")

    ticked = []
    for spot in spots.all():
        spot.tap()
        ticked.append(page.locator("input[name=place]:checked").get_attribute("id"))

    assert (ticked, len(set(wanted))) == (wanted, 11)
