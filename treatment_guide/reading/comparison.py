"""Two or three options side by side, question by question."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.http.clock import today
from treatment_guide.http.html.context import rendered
from treatment_guide.http.html.made_daily import OfToday
from treatment_guide.library.in_words.places import PLACE, PlaceNames
from treatment_guide.library.model import Library, OptionPage, Part
from treatment_guide.library.once import once_per_library
from treatment_guide.library.text.blocks import Html
from treatment_guide.reading.page_parts import ShownFact, blocks
from treatment_guide.reading.presenters import step_rows

#: The least and the most options side by side: more would be unreadable.
LEAST_OPTIONS, MOST_OPTIONS = 2, 3

TAGS = re.compile(r"<[^>]*>")


def chosen(request: HttpRequest, library: Library) -> tuple[list[str], str | None]:
    """The options that the address names, each once, and the words for what is wrong with them."""
    asked = list(dict.fromkeys(request.GET.getlist("option")))
    known = [option for option in asked if option in library.options]
    if len(known) != len(asked):
        return known, "compare-unknown"
    if len(known) > MOST_OPTIONS:
        return known, "compare-too-many"
    return known, "compare-one-more" if known and len(known) < LEAST_OPTIONS else None


def comparison_values(
    library: Library,
    named: list[str],
    order: tuple[str, ...],
    fault: str | None,
    place: str | None = None,
) -> dict[str, Any]:
    """The values of the comparison page: the options `named`, and one row for each part in
    `order`.
    """
    options = [library.options[option] for option in named[:MOST_OPTIONS]]
    rows = []
    if len(options) >= LEAST_OPTIONS:
        every = all_cells(library)
        for name in order:
            parts = [(option, option.page.part(name)) for option in options]
            cells = [
                {"page": option.page, "html": every[option.page.id, part.id, place]}
                for option, part in parts
                if part
            ]
            rows.append(
                {"id": name, "title": parts[0][1].title if parts[0][1] else name, "cells": cells}
            )
    return {
        "options": options,
        "rows": rows,
        "steps": step_rows(library),
        "chosen": named,
        "fault": fault,
        "place": library.questions[PLACE].choices[place].label if place else "",
    }


#: By option, part and place. None as place: no place in particular.
Cells = Mapping[tuple[str, str, str | None], SafeString]
#: Saves 3 ms a comparison.
_cells = once_per_library(OfToday[Cells])


def all_cells(library: Library) -> Cells:
    """Every cell that a comparison can show, for every place, made once a day.

    All are made together, in 0.1 s: a place is a reader's answer, and the cache must not reveal
    which places were asked for.
    """
    day = today()
    return _cells(library).get("all", day) or _cells(library).put("all", day, _drawn(library))


def _drawn(library: Library) -> Cells:
    """All cells as HTML. A cell that is equal for several places is rendered once."""
    words = library.questions[PLACE].choices
    places = [None, *(place for place in words if words[place].named)]
    names = dict.fromkeys([*library.compare, *library.matters_first.values()])
    drawn: dict[tuple[object, ...], SafeString] = {}
    found: dict[tuple[str, str, str | None], SafeString] = {}
    for option in library.options.values():
        for part in map(option.page.part, names):
            if part is None:
                continue
            shown = blocks(library, option.page, part)
            for place in places:
                made = cell(library, option, part, shown, place)
                same = (option.page.id, part.id, made["elsewhere"], *map(id, made["lines"]))
                if same not in drawn:
                    drawn[same] = mark_safe(
                        rendered(library, "components/_compared.html", cell=made)
                    )
                found[option.page.id, part.id, place] = drawn[same]
    return found


def cell(
    library: Library, option: OptionPage, part: Part, shown: list[Any], place: str | None
) -> dict[str, Any]:
    """The values of one cell: the blocks of an option's part for this place. `elsewhere` is true
    where its numbers are for other places only.
    """
    plain = lines(shown)
    here = [block for block in plain if holds_for(library, block, place)]
    if place and not here:
        here = instead(library, part, shown, place)
    elif place and all(strange(library, block, place) for block in here):
        here = own_words(library, shown, place) or here
    left = [block for block in plain if block not in here and facts_in(block)]
    return {
        "page": option.page,
        "part": part,
        "lines": here,
        "elsewhere": bool(left) and not any(map(facts_in, here)),
        "sure": option.certainty if part.id == "how-sure" else "",
    }


def lines(shown: list[Any]) -> list[Any]:
    """The blocks of a part in short: the list of steps it starts with; else the facts it shows;
    else its first block.

    Facts after steps are left out: a number such as a length of stay means little without the
    steps.
    """
    if shown and is_steps(shown[0]):
        return shown[:1]
    figures = [block for block in shown if isinstance(block, ShownFact)]
    return figures or shown[:1]


def instead(library: Library, part: Part, shown: list[Any], place: str) -> list[Any]:
    """The blocks shown where every fact is for another place: the paragraphs with numbers for this
    one, else words about it, else the first words that are about no place.

    Words that follow a figure may be about it, so they are left out with it, except in the part
    about harms.
    """
    kept = [block for block in shown if holds_for(library, block, place)]
    numbers = [block for block in kept if facts_in(block)]
    alone = part.id == "harms" or not any(isinstance(block, ShownFact) for block in shown)
    neutral = [
        block for block in kept if not places_in(library, block) and (alone or block == shown[0])
    ]
    return numbers or own_words(library, shown, place) or neutral[:1]


def own_words(library: Library, shown: list[Any], place: str) -> list[Any]:
    """The first paragraph that names this place, without a number for another one; or none."""
    own = (block for block in shown if place in places_in(library, block))
    return [block for block in own if holds_for(library, block, place)][:1]


def strange(library: Library, block: Html | ShownFact, place: str) -> bool:
    """True for words about other places only. Steps and figures are for all places."""
    about = places_in(library, block)
    return bool(about) and place not in about and not is_steps(block)


def is_steps(block: Html | ShownFact) -> bool:
    """True for a list of steps."""
    return isinstance(block, Html) and block.html.startswith("<ol")


def places_in(library: Library, block: Html | ShownFact) -> frozenset[str]:
    """The places that a block is about: named in its words, or in the record of a figure."""
    if isinstance(block, ShownFact):
        return frozenset()
    known = _places_in(library)
    if block.html not in known:
        known[block.html] = place_names(library).about(TAGS.sub("", block.html))
    return known[block.html]


@once_per_library  # saves 0.2 s of the day's first comparison
def _places_in(library: Library) -> dict[str, frozenset[str]]:
    """A cache of the places that blocks name, filled on demand."""
    return {}


@once_per_library  # saves 0.1 ms for each text that is looked through
def place_names(library: Library) -> PlaceNames:
    """The words that name places."""
    words = library.questions[PLACE].choices
    return PlaceNames({place: each.named for place, each in words.items()})


def facts_in(block: Html | ShownFact) -> tuple[str, ...]:
    """The facts that a block shows or mentions."""
    return (block.fact.id,) if isinstance(block, ShownFact) else block.facts


def holds_for(library: Library, block: Html | ShownFact, place: str | None) -> bool:
    """True for a block without a number for another place. `place` None means any place."""
    about = (library.facts[fact].places for fact in facts_in(block))
    return place is None or all(not places or place in places for places in about)
