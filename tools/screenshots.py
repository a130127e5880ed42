"""Take the pictures of the README: four pages of the guide, as a phone shows them.

Starts the site in this process on a free port, walks the questionnaire by tapping, and writes
docs/screenshots/*.png. Says nothing when all goes well.

    CHROMIUM=/path/to/chromium .venv/bin/python tools/screenshots.py

`make screenshots` finds the browser and runs this.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Page, sync_playwright

from tools.browser import FLAGS

PICTURES = ROOT / "docs" / "screenshots"
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 1.25,
    "has_touch": True,
    "is_mobile": True,
    "color_scheme": "light",
    "reduced_motion": "reduce",
}

# The person in the pictures: a worn knee, relief that faded. What is not here is skipped.
ANSWERS = {
    "urgent": ["none"],
    "place": ["knee"],
    "urgent-here": ["none"],
    "cause": ["arthritis"],
    "response": ["wore-off"],
    "since": ["over-12-weeks"],
    "tried": ["exercise", "medicines"],
    "health": ["none"],
    "impact": ["moderate"],
    "guided": ["by-feel"],
}
SHOWN_WITH_LIST = "guided"  # a short question: the list fits below it
OPTION = "shockwave"
MOST_PAGES = 30  # the questionnaire always ends; a fault in it must not hang here

# On a phone `system-ui` is Roboto (Android) or San Francisco (iOS). Debian's is DejaVu Sans.
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <alias binding="strong"><family>system-ui</family><prefer><family>Roboto</family></prefer></alias>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Roboto</family></prefer></alias>
  <alias binding="strong"><family>sans</family><prefer><family>Roboto</family></prefer></alias>
</fontconfig>
"""


def main() -> int:
    """Take every picture. Returns the exit status."""
    chromium = os.environ.get("CHROMIUM")
    if not chromium:
        print("Set CHROMIUM=/path/to/chromium, or run `make screenshots`.", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with site() as origin, fonts() as environment, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(FLAGS), env=environment
        )
        page = browser.new_context(base_url=origin, **PHONE).new_page()
        take_all(page)
        browser.close()
    return 0


def take_all(page: Page) -> None:
    """Visit the pages and take one picture of each."""
    page.goto("/")
    take(page, "home")
    page.goto(f"/options/{OPTION}/")
    take(page, "option", top="#gains")
    page.goto("/whats-next/")
    page.locator('a.button[href^="/whats-next/"]').tap()
    page.wait_for_url("**/whats-next/*/*/")
    for _ in range(MOST_PAGES):
        name, code = where(page.url)
        if name == "outcome":
            break
        tap_choices(page, name)
        page.locator("form#q button").tap()
        page.wait_for_url(lambda url, name=name: where(url)[0] != name)
    take(page, "outcome")
    page.goto(f"/whats-next/{SHOWN_WITH_LIST}/{code}/")
    tap_choices(page, SHOWN_WITH_LIST)
    take(page, "question", top="legend")


def tap_choices(page: Page, question: str) -> None:
    """Tap the choices of one question, and wait for what the list says to each."""
    for choice in ANSWERS.get(question, []):
        before = page.url
        page.locator(f'.choice label[for="{question}-{choice}"]').tap()
        if page.locator("#live").count():  # the list comes with a new address
            page.wait_for_url(lambda url, before=before: url != before)


def where(url: str) -> tuple[str, str]:
    """The page and the code in an address of the questionnaire."""
    page, code = urlsplit(url).path.strip("/").split("/")[1:]
    return page, code


def take(page: Page, name: str, top: str = "body") -> None:
    """Write the picture of a phone that has scrolled to `top`, without the mark of the focus."""
    page.evaluate("document.activeElement.blur()")
    page.locator(top).first.evaluate("it => scrollBy(0, it.getBoundingClientRect().top - 16)")
    page.screenshot(path=PICTURES / f"{name}.png")


class QuietHandler(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def site() -> Iterator[str]:
    """The origin of the site, served while this is open."""
    from treatment_guide.wsgi import application

    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(application)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def fonts() -> Iterator[dict[str, str]]:
    """The environment of a browser whose plain letters are Roboto, where that font is installed."""
    if not has_roboto():
        yield dict(os.environ)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "fonts.conf")
        path.write_text(FONTS, encoding="utf-8")
        yield {**os.environ, "FONTCONFIG_FILE": str(path)}


def has_roboto() -> bool:
    """True when fontconfig knows the font Roboto."""
    lister = shutil.which("fc-list")
    if not lister:
        return False
    found = subprocess.run([lister, "Roboto"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
