"""The page of an option: first the answer, then gains and harms by place, then all the rest folded.

The same parts stand on `/options/<id>/all/` without folds, for paper and for reading through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from treatment_guide.http.addresses import to
from treatment_guide.http.clock import today
from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.model import GLANCE_PARTS, LOOK_AGAIN_PARTS, Library, OptionPage, Page
from treatment_guide.library.text.blocks import Html
from treatment_guide.reading.option.balance import Arranged, arranged
from treatment_guide.reading.option.by_place import EVERYWHERE, Block, Key, Place, by_place
from treatment_guide.reading.option.fact_forms import ONE, PAIR, leading
from treatment_guide.reading.option.room import SCREEN, room_of_rest
from treatment_guide.reading.option.shown_values import shown_values
from treatment_guide.reading.option.withdrawn import says_when_to_call, withdrawn
from treatment_guide.reading.page_parts import (
    ShownFact,
    marks_lead,
    page_sources,
    parts,
    places_named,
    related,
    shown_fact,
)

#: Levels of certainty, the highest first.
CERTAINTIES = ("high", "moderate", "low", "very-low")
#: The folds of the page and their parts, in order. Their ids are those of their first parts.
FOLDS = (
    ("what-it-is", "how-it-is-done"),
    ("recovery", "living-with-it"),
    LOOK_AGAIN_PARTS,
    ("cost", "doing-nothing", "if-it-does-not-work"),
    ("how-sure", "guidelines"),
)
#: The parts that say whom it may suit.
SUITING = ("may-suit", "may-not-suit")
#: Longer lists of sources stand on the whole page alone: the bytes of a page have a limit.
MOST_LISTED_SOURCES = 15
#: The step whose pages may be longer, as those of implants; the screens of both.
SURGERY = "surgery"
SCREENS, SCREENS_OF_SURGERY = 10, 12

Values = dict[str, Any]
#: A part of the page as templates get it: its id, its title, its blocks, its picture.
Part = dict[str, Any]


@dataclass(frozen=True)
class Legend:
    """Which signs of the pictures a page has."""

    gains: bool
    harms: bool
    points: bool
    noticed: bool

    def __bool__(self) -> bool:
        return self.gains or self.harms or self.points


def option(library: Library, option: str) -> Values | None:
    """The page of an option; None where there is none. One that is withdrawn has another page."""
    found = library.options.get(option)
    return withdrawn(library, option) if found is None else page_of(library, found)


def option_all(library: Library, option: str) -> Values | None:
    """The same page with nothing folded; its sources stand on it."""
    found = library.options.get(option)
    return withdrawn(library, option) if found is None else page_of(library, found, whole=True)


def page_of(library: Library, found: OptionPage, *, whole: bool = False) -> Values:
    """The values of the page; `whole`: nothing is folded."""
    page, order = found.page, list(library.steps)
    sources_at = "" if whole else to("option_all", found.id)
    by_id = {part["id"]: part for part in parts(library, page)}
    for part in by_id.values():
        part["blocks"] = marks_lead(part["blocks"], sources_at)
    call = [block for block in by_id["recovery"]["blocks"] if says_when_to_call(block)]
    by_id["recovery"]["blocks"] = [b for b in by_id["recovery"]["blocks"] if b not in call]
    glance = [by_id[name] for name in GLANCE_PARTS if name in by_id]
    gain, harm = cell(library, page, "gains"), cell(library, page, "harms")
    facts = [each.fact for each in (gain, harm) if each]
    room = screens(library, found) * SCREEN - room_of_rest(by_id, glance, facts, call)
    shown = sections(library, by_id["gains"]["blocks"], by_id["harms"]["blocks"], room)
    places = shown.places
    return {
        "option": found,
        "page": page,
        "whole": whole,
        "sources_at": sources_at,
        "step": library.steps[found.step],
        "number": order.index(found.step) + 1,
        "count": len(order),
        "by_id": by_id,
        "glance": glance,
        "gain": gain,
        "harm": harm,
        "places": [
            {
                "id": _anchor(place.key),
                "title": place_title(library, place.key, alone=len(places) == 1),
                "place": place,
                "general": place.key == EVERYWHERE,
            }
            for place in places
        ],
        "legend": legend(places),
        "values": shown_values(library, page),
        "more_gains": shown.more_gains,
        "more_harms": shown.more_harms,
        "suiting": SUITING,
        "call": call,
        "folds": [[by_id[name] for name in names if name in by_id] for names in FOLDS],
        "dated": library.fact_on(today(), found.look_again) is not None,
        "certainties": CERTAINTIES,
        "with_us": library.local.options.get(found.id, "") if library.local else "",
        "related": [related(library, kind, target) for kind, target in found.related],
        "sources": page_sources(library, page),
        "short_list": len(page.sources) <= MOST_LISTED_SOURCES,
        "trials_only": library.guide.options[found.id].trials_only,
    }


def screens(library: Library, found: OptionPage) -> int:
    """How many screens of a phone the closed page may take."""
    surgical = found.step == SURGERY or "implant" in library.guide.options[found.id].traits
    return SCREENS_OF_SURGERY if surgical else SCREENS


def sections(
    library: Library, gains: Sequence[Block], harms: Sequence[Block], most_room: float
) -> Arranged:
    """The gains and harms of an option by place, in the order of the question `place`."""

    def named(block: Html) -> frozenset[str]:
        return places_named(library, block.html)

    order = tuple(library.guide.questions[PLACE].real_choices)
    return arranged(by_place(gains, harms, order, named), most_room)


def place_title(library: Library, key: Key, *, alone: bool = False) -> str:
    """The heading of a section: its places by name. The only section without a place needs no
    name but that of both sides.
    """
    if key == EVERYWHERE:
        return library.ui["places-alone"] if alone else library.ui["places-other"]
    words = library.questions[PLACE].choices
    labels = [
        words[place].label for place in library.guide.questions[PLACE].choices if place in key
    ]
    first, *rest = labels
    return library.language.listed([first, *(f"{label[:1].lower()}{label[1:]}" for label in rest)])


def _anchor(key: Key) -> str:
    return "-".join(["at", *sorted(key)]) if key else "at-other"


def cell(library: Library, page: Page, name: str) -> ShownFact | None:
    """The fact of a side (`gains`, `harms`) that leads, for the fact table; None where no number
    does.
    """
    part = page.part(name)
    assert part is not None  # every option has both
    named = dict.fromkeys(
        fact
        for block in part.blocks
        for fact in (block.facts if isinstance(block, Html) else (block.fact,))
    )
    found = leading([library.facts[fact] for fact in named])
    return None if found is None else shown_fact(library, page, found)


def legend(places: Sequence[Place]) -> Legend:
    """The signs that the pictures of these sections have."""
    drawn = [
        (side, each.block.fact)
        for place in places
        for side, shown in (("gains", place.gains.shown), ("harms", place.harms.shown))
        for each in shown
        if each.form in (PAIR, ONE) and isinstance(each.block, ShownFact)
    ]
    people = {side for side, fact in drawn if fact.kind != "points"}
    points = [fact for _, fact in drawn if fact.kind == "points"]
    return Legend(
        gains="gains" in people,
        harms="harms" in people,
        points=bool(points),
        noticed=any(fact.noticed_from is not None for fact in points),
    )
