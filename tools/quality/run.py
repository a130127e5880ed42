"""Measure the site as it is served: markup, links, and what Lighthouse says on a phone.

Starts the site by `make serve`, and looks at

- every page, with the Nu checker and with html-validate: no error and no warning
- every link of every page, with its #part: each leads somewhere inside the site
- one page of each kind, with HTML_CodeSniffer and IBM's checker beside axe: no error, folds
  closed and open; and with our rules of HTTP: type, length, compression, caching, no cookie, HEAD
- our FHIR Questionnaire, in the form renderer of the U.S. National Library of Medicine: it gives
  back the answers of several stories
- one page of each kind, with Lighthouse: 100 in all four categories

Prints a table, and ends with status 1 where something falls short.

    .venv/bin/python tools/quality/run.py                 everything
    .venv/bin/python tools/quality/run.py home 'es home'  Lighthouse for these kinds only

`make quality` runs this. Node and Java come from the package index where the machine has none.
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.browser import NoBrowserError, find_or_bring, say
from tools.quality.barriers import check_barriers
from tools.quality.headers import check_headers
from tools.quality.lighthouse import CATEGORIES, measure
from tools.quality.links import check_links
from tools.quality.markup import check_markup
from tools.quality.programs import bring_java, bring_node
from tools.quality.record_form import check_record_form
from tools.quality.served import fetch, site

#: Every so many of the stories is told to the form renderer; each takes some seconds.
STORIES = 4


def main() -> int:
    """Run every check. Returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
    import django

    django.setup()
    from tools.lengths.addresses import outcome_of, stories
    from tools.pages import every_page, kinds, states, translated

    try:
        chromium, node, java = find_or_bring(), bring_node(), bring_java()
    except NoBrowserError as reason:
        say(f"make quality: {reason}")
        return 1
    every_kind = kinds() | translated()
    wanted = sys.argv[1:] or every_kind
    with site() as origin, tempfile.TemporaryDirectory() as folder:
        addresses = [*every_page(), *states().values()]
        pages = {address: fetch(origin + address) for address in addresses}
        faults = check_markup(pages, Path(folder), node, java) + check_links(origin, pages)
        for fault in faults:
            print(f"  {fault}")
        asked = {kind: address for kind, address in every_kind.items() if kind in wanted}
        over_http = check_headers(origin, asked)
        for fault in over_http:
            print(f"  {fault}")
        codes = {name: outcome_of(told).split("/")[3] for name, told in stories().items()}
        told = dict(list(codes.items())[::STORIES])
        in_forms = [] if sys.argv[1:] else check_record_form(origin, told, chromium)
        print("".join(f"  {fault}\n" for fault in in_forms), end="", flush=True)
        faults += over_http + in_forms + check_barriers(origin, asked, chromium)
        print(f"\n{'Lighthouse, mobile':<24}{'':>4}" + "".join(f"{c:>16}" for c in CATEGORIES))
        for kind, address in every_kind.items():
            if kind in wanted and not kind.endswith(
                "error"
            ):  # it measures no page that answers with 404
                low = measure(kind, origin + address, chromium, node)
                print("".join(f"  {fault}\n" for fault in low), end="", flush=True)
                faults += low
    print(f"\nmake quality: {'FAILED' if faults else 'all passed'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
