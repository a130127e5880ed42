"""A real browser and the JSONP answer: a page of another site runs it, a page of ours does not."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlencode

import pytest

ASKED = urlencode(
    {
        "mainSearchCriteria.v.c": "M17.11",
        "mainSearchCriteria.v.cs": "2.16.840.1.113883.6.90",
        "knowledgeResponseType": "application/javascript",
        "callback": "show",
    }
)
#: Puts a script tag into the page, as an injection would; what came of it.
LOAD = """address => new Promise(done => {
    window.show = feed => done("ran");
    const tag = document.createElement("script");
    tag.src = address;
    tag.onload = () => setTimeout(() => done("loaded"), 100);
    tag.onerror = () => done("refused");
    document.head.append(tag);
})"""
#: The same as a worker, which `script-src` covers too.
WORK = """address => new Promise(done => {
    const worker = new Worker(address);
    worker.onerror = () => done("refused");
    setTimeout(() => done("no error"), 2000);
})"""


class ElsewhereHandler(BaseHTTPRequestHandler):
    """An empty page of a record system."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(
            b"<!doctype html><title>A record system</title><link rel=icon href=data:,>"
        )

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The address of another site."""
    server = HTTPServer(("127.0.0.1", 0), ElsewhereHandler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    # Another name for the same machine: another site, not only another port.
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("page_with_script", ["/", "/search/?q=knee", "/clinics/test-your-link/"])
def test_a_script_tag_on_our_own_page_runs_no_answer(page, console_clean, page_with_script):
    """Though the policy of our pages allows scripts of our own site."""
    console_clean.allow("400")
    console_clean.allow("MIME type")
    page.goto(page_with_script)

    assert page.evaluate(LOAD, f"/infobutton?{ASKED}") == "refused"
    assert page.evaluate(WORK, f"/infobutton?{ASKED}") == "refused"


def test_a_page_of_another_site_runs_the_answer(page, console_clean, elsewhere, site_url):
    """What record systems rely on: a script tag brings the feed."""
    console_clean.allow("asked of another site")
    page.goto(elsewhere)

    assert page.evaluate(LOAD, f"{site_url}/infobutton?{ASKED}") == "ran"


def test_the_test_form_still_shows_the_answer(page, console_clean):
    """Sent from a page of ours as a navigation: shown as text, run by nobody."""
    console_clean.allow("favicon.ico")  # a browser asks for it where the answer names no other
    page.goto("/clinics/test-your-link/")
    page.select_option("#t-type", "application/javascript")
    page.fill("#t-code", "M17.11")
    page.click("button[type=submit]")
    page.wait_for_url("**/infobutton?*")

    assert "/**/show({" in page.content()
