"""What a browser sends, keeps and shows of the answers: nothing to anybody else."""

from playwright.sync_api import expect

from tests.browser.driving import UI, answer_all, both_scripts, go_on, tick, travel
from tests.stories import KNEE, STORY
from treatment_guide.library.content_check import current_library

QUESTIONS = current_library().questions


@both_scripts
def test_nothing_is_kept_in_the_browser(open_page, scripts):
    """After a whole journey there is no cookie and nothing in any store of the browser."""
    page = open_page(java_script_enabled=scripts)
    page.goto("/whats-next/")
    page.locator("main a.button").click()
    answer_all(page, STORY)

    kept = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, document.cookie,
            (await indexedDB.databases()).length, (await caches.keys()).length,
            (await navigator.serviceWorker.getRegistrations()).length]"""
    )

    assert (page.context.cookies(), kept) == ([], [0, 0, "", 0, 0, 0])


@both_scripts
def test_no_request_says_where_it_came_from(open_question, scripts):
    """An address with answers is never sent along: not to us, and so to nobody."""
    page = open_question("cause", java_script_enabled=scripts)
    sent: list[dict[str, str]] = []
    page.on("request", lambda request: sent.append(request.all_headers()))
    tick(page, "cause", "arthritis")
    go_on(page)
    page.locator("header a.site-name").click()
    page.wait_for_url("**/")

    assert len(sent) > 1
    assert [headers["referer"] for headers in sent if headers.get("referer")] == []


def test_continue_is_taken_without_an_origin(open_question, groups):
    """With no referrer a browser sends `Origin: null`; Continue works all the same."""
    page = open_question("cause", java_script_enabled=False)
    tick(page, "cause", "arthritis")
    with page.expect_response(lambda response: response.request.method == "POST") as answered:
        page.get_by_role("button", name=UI["continue"]).click()

    assert answered.value.request.all_headers().get("origin") == "null"
    assert answered.value.status == 303


def test_nothing_is_sent_that_was_not_chosen(open_question):
    """Looking, pointing and moving through a page by keys sends nothing."""
    page = open_question("tried")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    for label in page.locator(".choice label").all():
        label.hover()
        page.keyboard.press("Tab")
    page.wait_for_timeout(400)

    assert [url for url in sent if "/favicon" not in url] == []  # the browser asks for that itself


def test_a_head_tells_no_answer(open_question):
    """What stands in tabs, in the history and in link previews is the same for everybody."""
    heads = []
    for cause in ("arthritis", "meniscus"):
        for page_name in ("cause", "outcome"):
            page = open_question(page_name, {**KNEE, "cause": cause})
            named = page.locator("meta[name], meta[property]")
            heads.append((page.title(), named.evaluate_all("all => all.map(e => e.outerHTML)")))

    assert heads[:2] == heads[2:]


@both_scripts
def test_thoughts_of_self_harm_stand_in_no_address(open_page, scripts):
    """That answer is help at once; neither its address nor the one before names it."""
    page = open_page(java_script_enabled=scripts)
    page.goto("/whats-next/urgent/0/")
    tick(page, "urgent", "unsafe")

    page.get_by_role("button", name=UI["continue"]).click()
    expect(page.locator(".danger-box").first).to_have_id("crisis")

    assert page.url.endswith("/get-help-now/" if scripts else "/whats-next/urgent/0/")
    travel(page, "back")
    expect(page.locator("#urgent-unsafe")).to_be_visible()
    assert page.url.endswith("/whats-next/urgent/0/")


def test_the_browser_fills_in_no_answers(open_question):
    """A reloaded form shows what the address says, not what the browser remembers (Firefox would)."""
    page = open_question("cause")

    expect(page.locator("form.question-form")).to_have_attribute("autocomplete", "off")
