"""Measures one page in a browser: screens closed and open, sheets of paper, and what is hidden."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tools.lengths.addresses import Place
from tools.lengths.limits import BODY, LEAST, QUESTION, limit_of

SCRIPT = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}

#: The sides of an option page.
GAINS, HARMS = ".side.gains", ".side.harms"


@dataclass
class Seen:
    """A measured page. Lengths are in screens; None: not measured.

    `small` is the share of letters in small print, `faults` are in words.
    """

    place: Place
    closed: float
    open: float
    small: float = 0
    desktop: float | None = None
    first: float | None = None
    question: float | None = None
    button: float | None = None
    rooms: tuple[float, float] | None = None
    sheets: int | None = None
    faults: list[str] = field(default_factory=list)


def ask(page: Page, call: str, *values: object) -> Any:
    """The result of a function of `look.js` on the page as it stands."""
    return page.evaluate(f"values => {{ {SCRIPT}\nreturn {call}(...values); }}", list(values))


def screens(pixels: float | None, screen: Mapping[str, int] = PHONE) -> float | None:
    """Pixels as screens of a phone, or of another window."""
    return None if pixels is None else pixels / screen["height"]


def look(page: Page, place: Place, *, on_paper: bool = False) -> Seen:
    """Measure a page; `page` is a phone. With `on_paper` its sheets of A4 are counted too."""
    page.goto(place.address)
    closed = ask(page, "height")
    seen = Seen(place, screens(closed) or 0, 0)
    faults = [*ask(page, "nested"), *faults_now(page)]
    first = limit_of(place.kind).first
    if first:
        seen.first = screens(ask(page, "startOf", first))
    if place.kind == "question":
        seen.button = screens(ask(page, "endOf", "form button.button"))
    if place.kind.startswith("outcome"):
        seen.question = screens(ask(page, "startOf", QUESTION))
        page.set_viewport_size(DESKTOP)
        seen.desktop = screens(ask(page, "height"), DESKTOP)
        page.set_viewport_size(PHONE)
    if place.kind.startswith("option"):
        seen.rooms = (ask(page, "room", GAINS), ask(page, "room", HARMS))
    words = ask(page, "all")
    ask(page, "open")
    seen.open = screens(ask(page, "height")) or 0
    seen.small = ask(page, "smallShare", BODY)
    ask(page, "openMenu")
    faults += [f"open: {each}" for each in faults_now(page)]
    if place.kind.startswith(("option", "outcome")):
        faults += all_faults(page, place, words)
    if on_paper:
        seen.sheets = sheets(page)
    seen.faults = list(dict.fromkeys(faults))
    return seen


def faults_now(page: Page) -> list[str]:
    """What is too small, cut off or hidden on the page as it stands, in words."""
    return [
        *ask(page, "sideways"),
        *ask(page, "tooSmall", LEAST),
        *ask(page, "clipped"),
        *ask(page, "unseen"),
    ]


def all_faults(page: Page, place: Place, words: str) -> list[str]:
    """What stands on the page without folds and not on the page itself. Leaves `page` there.

    A page that has none stays as it is, with every fold open.
    """
    if not page.locator(f'a[href$="{place.address}all/"]').count():
        return []
    page.goto(f"{place.address}all/")
    said = ask(page, "said")
    missing = [each for each in dict.fromkeys(said) if each not in words]
    folds = page.locator("main details").count()
    return [f"only on all/: “{each[:60]}”" for each in missing] + [
        f"all/ has {folds} folds"
    ] * bool(folds)


def sheets(page: Page) -> int:
    """The sheets of A4 that the page prints, as it stands."""
    page.emulate_media(media="print")
    printed = page.pdf(format="A4", prefer_css_page_size=False)
    page.emulate_media(media="screen")
    return len(re.findall(rb"/Type\s*/Page\b", printed))
