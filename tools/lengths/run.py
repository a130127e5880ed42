"""Measure how long the pages are: screens of a phone and of a desktop, sheets of paper.

Serves the built guide, opens every page, every story, every patient of the cases and 300 readers
made up by chance in Chromium, closed and with every fold open, and looks whether anything was made
short by hiding. Prints a table by kind and ends with status 1 where a page is too long, or hides
something.

    .venv/bin/python tools/lengths/run.py                             everything
    .venv/bin/python tools/lengths/run.py --sample 20                 few cases, few readers
    .venv/bin/python tools/lengths/run.py --language es --sample 20   the same in Spanish
    .venv/bin/python tools/lengths/run.py --only '/situations/*'      addresses of this pattern
    .venv/bin/python tools/lengths/run.py --server http://127.0.0.1:8000 --only /options/prp/ knee

`make lengths` runs this.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.browser import FLAGS, NoBrowserError, find_or_bring, say

if TYPE_CHECKING:
    from tools.lengths.addresses import Place


def main() -> int:
    """Measure, and print what was seen. Returns the exit status."""
    asked = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from tools.lengths.addresses import in_language, outcomes, reading_pages, stories
    from tools.lengths.looking import PHONE, look
    from tools.lengths.report import journeys, rooms, table, too_long
    from tools.lengths.taps import taps_to_sheet

    try:
        chromium = find_or_bring()
    except NoBrowserError as reason:
        say(f"make lengths: {reason}")
        return 1
    prefix = f"/{asked.language}" if asked.language else ""
    measured = [*reading_pages(), *outcomes(asked.readers, asked.seed, asked.sample)]
    places = list(in_language(measured, prefix))
    if asked.only:
        places = [each for each in places if is_one_of(each, asked.only)]
    seen, taps = [], {}
    with served(asked.server) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        phone = {"base_url": origin, "viewport": PHONE, "has_touch": True, "is_mobile": True}
        page = browser.new_context(**phone).new_page()
        for place in places:
            on_paper = place.kind.startswith(("option", "outcome, the", "outcome, a story"))
            seen.append(look(page, place, on_paper=on_paper))
        if not asked.only:
            page = browser.new_context(**phone, java_script_enabled=False).new_page()
            taps = {name: taps_to_sheet(page, told, prefix) for name, told in stories().items()}
        browser.close()
    failed = 0
    for line in [*table(seen), *journeys(seen, taps), *rooms(seen)]:
        print(line)
    print()
    for each in seen:
        faults = [*too_long(each), *each.faults]
        failed += bool(faults)
        for fault in faults[: asked.most]:
            print(f"  {each.place.address} {each.place.whose}: {fault}")
        if len(faults) > asked.most:
            print(f"  {each.place.address}: and {len(faults) - asked.most} more")
    print(f"\nmake lengths: {f'FAILED: {failed} of {len(seen)} pages' if failed else 'all passed'}")
    return 1 if failed else 0


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "--only", nargs="+", metavar="PATTERN", help="addresses, or names of stories and cases"
    )
    parser.add_argument("--server", metavar="ORIGIN", help="a guide that is served already")
    parser.add_argument("--language", help="a translation, as es, in place of the original")
    parser.add_argument("--sample", type=int, help="at most so many cases and so many readers")
    parser.add_argument("--readers", type=int, default=300, help="readers made up by chance")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000), help="their chance")
    parser.add_argument("--most", type=int, default=6, help="faults to print for a page")
    return parser.parse_args()


def is_one_of(place: Place, patterns: list[str]) -> bool:
    """True where the address or the name of a page fits one of the patterns (`*`: anything)."""
    return any(fnmatch(place.address, each) or fnmatch(place.whose, each) for each in patterns)


@contextmanager
def served(running: str | None) -> Iterator[str]:
    """The origin of a guide: the one that runs, or one served from its build while this is open."""
    if running:
        yield running.rstrip("/")
        return
    from tools.quality.served import site

    with site() as origin:
        yield origin


if __name__ == "__main__":
    sys.exit(main())
