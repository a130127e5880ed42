"""Counts the words, minutes, parts and A4 pages of every packet that a clinician can sign.

    CHROMIUM=/path/to/chromium python -m tools.lengths.packets           all packets, by kind
    CHROMIUM=/path/to/chromium python -m tools.lengths.packets notices   some, by what their ids begin with

All are printed by one browser, one after the other: about two minutes. No part of the tests.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import django
from playwright.sync_api import sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
django.setup()

from treatment_guide.http.html.context import rendered
from treatment_guide.library.content_check import current_library
from treatment_guide.library.review.subjects import subjects
from treatment_guide.reading.packet.paper_form import paper_form

#: A page in a PDF of Chromium; a list of pages has an `s` behind it.
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
FORMAT = "| {:18} | {:>7} | {:>7} | {:>7} | {:>5} | {:>12} | {:>7} |"


@dataclass(frozen=True)
class Counted:
    """One packet: its id, its words and minutes, those of its longest part, its parts and pages."""

    what: str
    words: int
    minutes: int
    parts: int
    longest: int
    pages: int


def counted(starts: tuple[str, ...]) -> Iterator[Counted]:
    """Every packet whose id begins so, printed."""
    library = current_library()
    found = [each for each in subjects(library).values() if each.id.startswith(starts)]
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        tab = browser.new_page()
        for subject in found:
            form = paper_form(library, subject.kind, subject.name) or {}
            tab.set_content(rendered(library, "reading/packet/packet.html", **form))
            pages = len(PAGE.findall(tab.pdf(prefer_css_page_size=True, format="A4")))
            parts = form["parts"]
            longest = max(part.minutes for part in parts)
            yield Counted(subject.id, form["words"], form["minutes"], len(parts), longest, pages)
        browser.close()


def table(rows: Iterable[Counted]) -> Iterator[str]:
    """The packets by kind, as a table of Markdown: means, the longest part, the sum."""
    by_kind: dict[str, list[Counted]] = {}
    for row in rows:
        by_kind.setdefault(row.what.partition(":")[0], []).append(row)
        by_kind.setdefault("all", []).append(row)
    by_kind["all"] = by_kind.pop("all")
    head = ("what", "packets", "words", "minutes", "parts", "longest part", "A4 pages")
    yield FORMAT.format(*head)
    yield FORMAT.format(*("---" for _ in head))
    for kind, group in by_kind.items():
        sums = [sum(getattr(each, name) for each in group) for name in ("words", "minutes")]
        parts, pages = (sum(getattr(each, name) for each in group) for name in ("parts", "pages"))
        longest = max(each.longest for each in group)
        words, minutes = (f"{each:,}" for each in sums)
        yield FORMAT.format(kind, len(group), words, minutes, parts, longest, pages)


def main() -> None:
    """Print the table."""
    for row in table(counted(tuple(sys.argv[1:]) or ("",))):
        print(row)


if __name__ == "__main__":
    main()
