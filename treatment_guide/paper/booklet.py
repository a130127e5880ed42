"""The booklet of one situation, for readers without a screen: its page, and what is told first of
each option that fits for place and cause alone.
"""

from dataclasses import replace
from typing import Any

from treatment_guide.engine.code import grouped
from treatment_guide.http.html.filters import without_marks
from treatment_guide.http.origin import in_capitals, public_address
from treatment_guide.library.model import Library, OptionPage, Page, SituationPage
from treatment_guide.library.model.pages import GLANCE_PARTS
from treatment_guide.library.qr import qr_svg
from treatment_guide.library.text.blocks import Html
from treatment_guide.reading.option.option_page import cell
from treatment_guide.reading.page_parts import ShownFact, parts
from treatment_guide.reading.situation_page import OTHERS, ways

Values = dict[str, Any]
#: The parts of the situation that the booklet prints, in its order.
SITUATION_PARTS = ("what-people-ask-next", *OTHERS)
#: The parts of an option, besides its fact table.
FIRST, LAST = "in-short", "questions"


def booklet(library: Library, situation: str) -> Values | None:
    """The values of the booklet; None where there is no such situation."""
    found = library.situations.get(situation)
    if found is None:
        return None
    by_id = {part["id"]: part for part in unmarked(library, found.page)}
    standing = ways(library, found)
    code = standing[0].code
    site, release = public_address(library), library.site.release
    return {
        "page": found.page,
        "lead": by_id["in-short"],
        "help": by_id["when-to-get-help"],
        "help_original": help_in_original(library, situation),
        "parts": [by_id[name] for name in SITUATION_PARTS],
        "options": [
            option_values(library, library.options[name]) for name in fitting(library, found)
        ],
        "typed": f"{site.removeprefix('https://')}/go/",
        "host": site.removeprefix("https://"),
        "grouped": grouped(code),
        "qr": qr_svg(in_capitals(library, f"/go/{code}/{release}/")),
    }


def help_in_original(library: Library, situation: str) -> Values | None:
    """The part that says when to get help, as the original says it: it stands beneath that of a
    translation. None for the original.
    """
    if library.original is None:
        return None
    page = library.original.situations[situation].page
    return next(
        part for part in unmarked(library.original, page) if part["id"] == "when-to-get-help"
    )


def option_values(library: Library, option: OptionPage) -> Values:
    """What the booklet says of one option: its first sentences, its fact table, its questions."""
    by_id = {part["id"]: part for part in unmarked(library, option.page)}
    gain, harm = (cell(library, option.page, side) for side in ("gains", "harms"))
    return {
        "option": option,
        "page": option.page,
        "lead": by_id[FIRST],
        "glance": [by_id[name] for name in GLANCE_PARTS],
        "gain": replace(gain, marks=()) if gain else None,
        "harm": replace(harm, marks=()) if harm else None,
    }


def unmarked(library: Library, page: Page) -> list[Values]:
    """The parts of a page without the numbers of sources: these stand on the page on the screen."""
    shown = parts(library, page)
    for part in shown:
        part["blocks"] = [_unmarked(block) for block in part["blocks"]]
    return shown


def _unmarked(block: Html | ShownFact) -> Html | ShownFact:
    if isinstance(block, ShownFact):
        return replace(block, marks=())
    return replace(block, html=without_marks(block.html))


def facts_of(library: Library) -> dict[str, frozenset[str]]:
    """For each booklet, by its address: the facts whose numbers it may show."""
    found = {}
    for name, situation in library.situations.items():
        options = (library.options[option].page.facts for option in fitting(library, situation))
        found[f"/clinics/booklets/{name}/"] = frozenset(situation.page.facts).union(*options)
    return found


def fitting(library: Library, situation: SituationPage) -> list[str]:
    """The options that fit for an answer set of the situation, in their order."""
    here = {
        option
        for way in ways(library, situation)
        for option, group in way.group_of.items()
        if group == "fits"
    }
    return [option for option in library.options if option in here]


def subjects(library: Library, situation: str) -> list[str]:
    """What people have to have signed before a translated booklet is handed out: its situation, and
    each option in it. None for the original, and where there is no such situation.
    """
    found = library.situations.get(situation)
    if library.original is None or found is None:
        return []
    options = [f"option:{option}" for option in fitting(library, found)]
    return [f"situation:{situation}", *options]


def addresses(library: Library) -> list[str]:
    """The address of each booklet."""
    return [f"/clinics/booklets/{situation}/" for situation in library.situations]
