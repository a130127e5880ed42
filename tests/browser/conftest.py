"""A real browser against the real site.

Every test here gets the marker `browser`. The site is served by a thread of the test process, from
`wsgi.py`, so that static files take the same way as in production. No test needs a database.

    def test_home(page, axe):
        page.goto("/")
        assert axe(page) == []

Most tests only look: `look` opens an address on a page that they share, for a new profile takes the
browser longer than a page. A test that goes on from there, or leaves traces, has its own: `page`.

A page fails its test when the console shows an error, a script throws, the content security policy
blocks something, or anything is asked of another site. A test that provokes such a thing on purpose
says so: `console_clean.allow("404")`.

Pages come back whole from the back-forward cache, as they do for readers, and then never fire
`load`: go back with `page.go_back(wait_until="commit")`.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebError,
    sync_playwright,
)

from tests.stories import KNEE, choices_of
from tools.browser import FLAGS, NoBrowserError, find

HERE = Path(__file__).parent

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}

# The rules of axe: WCAG 2.2 AA, best practices, and the contrast of AAA. Nothing has to be fetched
# before it looks (`preload`), and there is no frame.
AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {
        "color-contrast": {"enabled": False},  # see RUN_AXE
        "color-contrast-enhanced": {"enabled": True},
        "target-size": {"enabled": True},
    },
    "resultTypes": ["violations"],
    "preload": False,
    "iframes": False,
}

# To measure colors takes axe half its time, so it does so once: AAA leaves words that AA finds to the
# rule of AA (`minThreshold`), and here it finds them too.
# Without JavaScript a page runs no timers, and axe would wait for one for ever.
RUN_AXE = """options => {
    const enhanced = axe._audit.checks["color-contrast-enhanced"].options.contrastRatio;
    for (const limit of Object.values(enhanced)) delete limit.minThreshold;
    if (matchMedia("(scripting: none)").matches)
        window.setTimeout = run => { Promise.resolve().then(run); return 0; };
    return axe.run(document, options);
}"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


class QuietHandler(WSGIRequestHandler):
    """A request handler that prints no line for each request."""

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site_url() -> Iterator[str]:
    """The address of the running site, without a slash at the end."""
    from treatment_guide.wsgi import application

    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(application)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests. No browser is a failure: these tests are never skipped."""
    try:
        path = find()
    except NoBrowserError as reason:
        pytest.fail(f"no browser: {reason} (`make test` brings one)", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=list(FLAGS),
            # Playwright turns the back-forward cache off; readers have it.
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()


class Console:
    """Errors on the console of the pages of one test, and their requests to other sites."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.heard: list[str] = []
        self.allowed: list[str] = []

    def allow(self, words: str) -> None:
        """Accept errors that contain these words."""
        self.allowed.append(words)

    @property
    def faults(self) -> list[str]:
        return [line for line in self.heard if not any(words in line for words in self.allowed)]

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._message)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def leave(self, context: BrowserContext) -> None:
        context.remove_listener("console", self._message)
        context.remove_listener("weberror", self._error)
        context.remove_listener("request", self._request)

    def _message(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.heard.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self.heard.append(f"script error: {error.error}")

    def _request(self, request: Request) -> None:
        if request.url.startswith(("http:", "https:", "ws:", "wss:")) and not (
            request.url.startswith(f"{self.origin}/")
        ):
            self.heard.append(f"asked of another site: {request.url}")


@pytest.fixture
def console_clean(site_url: str) -> Iterator[Console]:
    """Fails the test at its end where the console of any page had an error."""
    console = Console(site_url)
    yield console
    if console.faults:
        pytest.fail("\n  ".join(["the pages complained:", *console.faults]), pytrace=False)


@pytest.fixture
def open_page(
    browser: Browser, site_url: str, console_clean: Console
) -> Iterator[Callable[..., Page]]:
    """Open a page in a new, empty browser profile: `open_page(color_scheme="dark")`.

    A phone unless the options say otherwise; options are those of Playwright's `new_context`.
    """
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(base_url=site_url, **{**PHONE, **options})
        contexts.append(context)
        context.set_default_timeout(10_000)
        console_clean.listen(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shared_page(browser: Browser, site_url: str) -> Callable[..., Page]:
    """The page that all tests with the same options share."""
    made: dict[str, Page] = {}

    def shared_page(**options: Any) -> Page:
        key = repr(sorted(options.items()))
        if key not in made:
            context = browser.new_context(base_url=site_url, **{**PHONE, **options})
            context.set_default_timeout(10_000)
            made[key] = context.new_page()
        return made[key]

    return shared_page


@pytest.fixture
def look(shared_page: Callable[..., Page], console_clean: Console) -> Iterator[Callable[..., Page]]:
    """Open an address to look at it: `look("/options/prp/", color_scheme="dark")`.

    A phone unless the options say otherwise, as with `open_page`. What a test sets for the screen is
    set back for the next one.
    """
    heard: list[BrowserContext] = []

    def look(address: str, **options: Any) -> Page:
        page = shared_page(**options)
        if page.context not in heard:
            heard.append(page.context)
            console_clean.listen(page.context)
            page.set_viewport_size(options.get("viewport", PHONE["viewport"]))
            page.emulate_media(
                media="null",
                color_scheme=options.get("color_scheme", "light"),
                forced_colors=options.get("forced_colors", "none"),
            )
        page.goto(address)
        return page

    yield look
    for context in heard:
        console_clean.leave(context)


@pytest.fixture
def look_at_any(look: Callable[..., Page], console_clean: Console) -> Callable[..., Page]:
    """Look at an address. A page that says what is wrong may have a status above 400."""
    console_clean.allow("Failed to load resource")
    return look


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A phone: 390 x 844, touch."""
    return open_page()


@pytest.fixture
def page_no_js(open_page: Callable[..., Page]) -> Page:
    """A phone that runs no scripts."""
    return open_page(java_script_enabled=False)


@pytest.fixture
def wide_page(open_page: Callable[..., Page]) -> Page:
    """A desktop: 1280 x 900, mouse."""
    return open_page(**DESKTOP, has_touch=False, is_mobile=False)


@pytest.fixture(scope="session")
def code() -> Callable[..., str]:
    """The code of answers, as an address holds it: `code({"place": "knee", "tried": "exercise"})`.

    Danger signs among them were answered today, or on the `day` given. `clinic` is the number of
    the clinic it comes from.
    """
    from treatment_guide.engine.code import days_since_2026, encode
    from treatment_guide.http.clock import today
    from treatment_guide.library.content_check import current_library

    library = current_library()

    def make(answers: dict[str, str], day: int | None = None, clinic: int | None = None) -> str:
        chosen = choices_of(answers)
        asked = any(question.id in chosen for question in library.guide.danger)
        day = days_since_2026(today()) if day is None else day
        return encode(library.layout, chosen, day=day if asked else None, clinic=clinic)

    return make


@pytest.fixture
def open_question(open_page: Callable[..., Page], code: Callable[..., str]) -> Callable[..., Page]:
    """Open a question with the danger signs answered: `open_question("cause", **options)`."""

    def open_it(question: str, answers: dict[str, str] = KNEE, **options: Any) -> Page:
        page = open_page(**options)
        page.goto(f"/whats-next/{question}/{code(answers)}/")
        return page

    return open_it


@pytest.fixture(scope="session")
def groups() -> Callable[[Page], dict[str, str]]:
    """Every option on a page as it stands, and its group."""
    group = "o.dataset.group || o.closest('section').id"
    options = "[...document.querySelectorAll('[data-option]')]"
    pairs = f"{options}.map(o => [o.dataset.option, {group}])"
    return lambda page: dict(page.evaluate(pairs))


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Check a page as it stands: `assert axe(page) == []`. One entry for each kind of violation.

    All rules unless some are named: `axe(page, ["color-contrast"])`.
    """
    source = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def check(page: Page, rules: Sequence[str] = ()) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)  # the policy binds the page's scripts, not the debugger's
        only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
        found = page.evaluate(RUN_AXE, {**AXE_OPTIONS, **only})
        return [readable(violation) for violation in found["violations"]]

    return check


def readable(violation: dict[str, Any]) -> str:
    places = "\n".join(
        f"    {' '.join(map(str, node['target']))}\n"
        f"      {node['failureSummary'].replace(chr(10), chr(10) + '      ')}"
        for node in violation["nodes"]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
