"""What two more accessibility engines than axe say about a page: HTML_CodeSniffer and IBM's.

Both run inside the page, in the browser of the tests, with every fold open and with all closed.
Only errors count: what an engine cannot decide (a warning, a notice, "potential") is for people.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tools.browser import FLAGS
from tools.quality.known import is_known
from tools.quality.programs import MODULES

PHONE: ViewportSize = {"width": 390, "height": 844}
#: IBM's engine takes minutes for thousands of elements: it compares each with all others. Lists of
#: what one template makes (sources, rules) are cut to so many items for it.
MOST_ITEMS = 30
CUT = """most => document.querySelectorAll("ul, ol, dl, tbody").forEach(list =>
    [...list.children].slice(most).forEach(item => item.remove()))"""
OPEN = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"


class Engine(NamedTuple):
    """An engine: its name, its file in node_modules, what asks it for `[rule, words]` rows, and
    whether long lists are cut for it.
    """

    name: str
    file: str
    ask: str
    cut: bool = False


ENGINES = (
    Engine(
        "HTML_CodeSniffer",
        "html_codesniffer/build/HTMLCS.js",
        """() => new Promise((give, fail) => HTMLCS.process("WCAG2AA", document,
            () => give(HTMLCS.getMessages().filter(each => each.type === HTMLCS.ERROR)
                .map(each => [each.code, each.msg + " " + each.element.outerHTML.slice(0, 160)])),
            fail))""",
    ),
    Engine(
        "IBM checker",
        "accessibility-checker-engine/ace.js",
        """async () => (await new ace.Checker().check(document, ["WCAG_2_2"])).results
            .filter(each => each.value[0] === "VIOLATION" && each.value[1] === "FAIL")
            .map(each => [each.ruleId, `${each.message} ${each.snippet.slice(0, 160)}`])""",
        cut=True,
    ),
)


def check_barriers(origin: str, kinds: dict[str, str], chromium: Path) -> list[str]:
    """Open one page of each kind, print a table of both engines, return what they found."""
    found: list[str] = []
    print(f"\n{'Barriers, one phone':<24}" + "".join(f"{e.name:>20}" for e in ENGINES))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(chromium), args=list(FLAGS))
        # The engines are put into the page, which its policy forbids to everybody else.
        page = browser.new_context(viewport=PHONE, bypass_csp=True).new_page()
        for kind, address in kinds.items():
            said = [faults(page, engine, origin + address) for engine in ENGINES]
            print(f"{kind:<24}" + "".join(f"{len(each):>20}" for each in said), flush=True)
            rows = [
                f"{e.name}: {kind} {each}"
                for e, all_ in zip(ENGINES, said, strict=True)
                for each in all_
            ]
            print("".join(f"  {row}\n" for row in rows), end="", flush=True)
            found += rows
        browser.close()
    return found


def faults(page: Page, engine: Engine, url: str) -> list[str]:
    """What an engine says about a page with its folds closed, then open: each finding once."""
    page.goto(url)
    if engine.cut:
        page.evaluate(CUT, MOST_ITEMS)
    page.add_script_tag(path=str(MODULES / engine.file))
    closed: Iterable[list[str]] = page.evaluate(engine.ask)
    page.evaluate(OPEN)
    opened: Iterable[list[str]] = page.evaluate(engine.ask)
    return list(
        dict.fromkeys(
            f"{rule}: {words}"
            for rule, words in [*closed, *opened]
            if not is_known(engine.name, rule, words)
        )
    )
