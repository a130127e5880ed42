"""A browser fetches a reading page ahead when its link is pointed at, and never another page."""

from collections.abc import Iterator
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESKTOP

#: Reading pages and what their links lead to: first what is never fetched, then what is.
NEVER = "/whats-next/"
AHEAD = "/options/"


class Quiet(WSGIRequestHandler):
    """Answers without a line in the test report for each request."""

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def asked() -> list[tuple[str, str]]:
    """What the server was asked for: paths, each with why (`prefetch`, or nothing)."""
    return []


@pytest.fixture
def page(browser: Browser, asked: list[tuple[str, str]]) -> Iterator[Page]:
    """A window on a server of its own that notes why it is asked."""
    from treatment_guide.wsgi import application

    def noted(environ: dict[str, Any], start_response: Any) -> Any:
        asked.append((environ["PATH_INFO"], environ.get("HTTP_SEC_PURPOSE", "")))
        return application(environ, start_response)

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(noted)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_port}", **DESKTOP)
    yield context.new_page()
    context.close()
    server.shutdown()
    server.server_close()
    thread.join()


def wait_for(page: Page, asked: list[tuple[str, str]], path: str, purpose: str) -> None:
    """Until the server was asked for a path. Playwright's own waits see no prefetch."""
    for _ in range(200):
        if (path, purpose) in asked:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{path} was not asked for ({purpose or 'opened'}): {asked}")


def point_at(page: Page, path: str) -> None:
    """Move the mouse to a link of the page, and let it rest there."""
    page.locator(f'a[href="{path}"]:visible').first.hover()
    page.wait_for_timeout(500)


def test_pointing_at_a_reading_page_fetches_it_and_no_answer_page(page, asked):
    """The questionnaire is pointed at first and longer, and is not asked for."""
    page.goto("/steps/")
    wait_for(page, asked, "/static/prefetch.json", "")
    menu = page.locator(".site-menu > summary")
    menu.click()
    for other in (NEVER, "/search/", "/sources/", "/compare/"):
        point_at(page, other)
    menu.click()
    point_at(page, AHEAD)
    wait_for(page, asked, AHEAD, "prefetch")

    assert {path for path, purpose in asked if purpose} == {AHEAD}


def test_pressing_a_link_is_enough(page, asked):
    """A finger points at nothing before: the page is asked for when it touches the link."""
    page.goto("/steps/")
    wait_for(page, asked, "/static/prefetch.json", "")
    page.locator(f'a[href="{AHEAD}"]:visible').first.scroll_into_view_if_needed()
    box = page.locator(f'a[href="{AHEAD}"]:visible').first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    wait_for(page, asked, AHEAD, "prefetch")
    page.mouse.up()
    page.wait_for_url(f"**{AHEAD}")

    assert [purpose for path, purpose in asked if path == AHEAD] == ["prefetch"]


@pytest.mark.parametrize("address", ["/whats-next/", "/get-help-now/", "/search/?q=knee"])
def test_a_page_that_is_no_reading_page_fetches_nothing(page, asked, address):
    """On the way into the questionnaire, in an emergency and at a search nothing is fetched."""
    page.goto(address)
    point_at(page, AHEAD)
    page.locator(f'a[href="{AHEAD}"]:visible').first.click()
    page.wait_for_url(f"**{AHEAD}")

    assert [purpose for path, purpose in asked if path == AHEAD] == [""]
