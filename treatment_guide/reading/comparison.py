"""Two or three options side by side, question by question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import mark_safe

from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.model import Fact, Library, OptionPage
from treatment_guide.reading.comparison_cells import IN_SHORT, Cells, cells_of_today, marks
from treatment_guide.reading.comparison_numbers import (
    AXIS,
    SCALES,
    SIDES,
    common_scale,
    named_places,
    places_compared,
)
from treatment_guide.reading.comparison_parts import choose_html, ticks_html

#: The least and the most options side by side: more would be unreadable.
LEAST_OPTIONS, MOST_OPTIONS = 2, 3

#: The faults of an address that names an option which cannot be compared.
NOT_HERE = ("compare-unknown", "compare-withdrawn")
#: The scales of each side, the one first that most numbers have.
ORDER = {"gains": SCALES, "harms": SCALES[::-1]}
#: The topic that says how to read numbers, and what the marks on the axis mean.
NUMBERS = "reading-numbers"

Values = dict[str, Any]


def chosen(request: HttpRequest, library: Library) -> tuple[list[str], str | None]:
    """The options that the address names, each once, and the words for what is wrong with them."""
    asked = list(dict.fromkeys(request.GET.getlist("option")))
    known = [option for option in asked if option in library.options]
    if any(option in library.withdrawn for option in asked):
        return known, "compare-withdrawn"
    if len(known) != len(asked):
        return known, "compare-unknown"
    if len(known) > MOST_OPTIONS:
        return known, "compare-too-many"
    return known, "compare-one-more" if known and len(known) < LEAST_OPTIONS else None


def place_asked(request: HttpRequest, library: Library) -> str | None:
    """The place that the address names, for which numbers are wanted; None for none."""
    asked = request.GET.get("place", "")
    return asked if asked in named_places(library) else None


def comparison_values(
    library: Library,
    named: list[str],
    order: tuple[str, ...],
    fault: str | None,
    place: str | None = None,
    matters: frozenset[str] = frozenset(),
) -> Values:
    """The values of the comparison page: the options `named`, and the rows for the parts in `order`.

    Numbers are for the `place` of the reader, else for one that the options share. `matters` are
    the choices that the reader made among what matters.
    """
    options = [library.options[option] for option in named[:MOST_OPTIONS]]
    shared: list[str] = []
    rows: list[Values] = []
    if len(options) >= LEAST_OPTIONS:
        shared = places_compared(library, options)
        place = place or next(iter(shared), None)
        cells = cells_of_today(library)
        for name in order:
            make = number_rows if name in SIDES else word_rows
            rows += make(library, cells, options, name, place or "")
    return {
        "options": options,
        "rows": rows,
        "key": key(library, rows),
        "choose": choose_html(library, named),
        "fault": fault,
        "place": place_label(library, place) if rows and place else "",
        "others": [
            {"id": other, "label": place_label(library, other)}
            for other in shared
            if other != place
        ],
        "ticks": ticks_html(library, matters, [option.id for option in options]) if rows else "",
    }


def place_label(library: Library, place: str) -> str:
    """A place in words."""
    return library.questions[PLACE].choices[place].label


def word_rows(
    library: Library, cells: Cells, options: Sequence[OptionPage], name: str, place: str
) -> list[Values]:
    """The row of a question that is answered in words."""
    shown = [
        {"page": option.page, "html": cells.words.get((option.id, name, place), "")}
        for option in options
    ]
    return [row(library, name, shown)]


def number_rows(
    library: Library, cells: Cells, options: Sequence[OptionPage], side: str, place: str
) -> list[Values]:
    """The rows of gains or harms: one where all options have a number on one scale, else one for
    each scale. No row has numbers of two scales.
    """
    found = [cells.chosen.get((option.id, side, place), {}) for option in options]
    common = common_scale(found)
    scales: list[str | None] = [common]
    if not common and any(found):
        leading = [next(iter(each), None) for each in found]
        scales = [scale for scale in ORDER[side] if scale in leading]
        scales.sort(key=leading.count, reverse=True)
    rows = []
    for number, scale in enumerate(scales):
        shown = [
            {"page": option.page, "html": html}
            for option, mine in zip(options, found, strict=True)
            for html in [number_cell(cells, option, side, place, mine, scale, common, number)]
        ]
        facts = [each[scale] for each in found if scale in each]
        rows.append(row(library, side, shown, number, scale, unit(facts, scale)))
    return rows


def unit(facts: Iterable[Fact], scale: str | None) -> str | None:
    """What the numbers of a row count: `points`; `people` of 100; or `hundred`, where one of them
    counts something else, such as joints or injections.
    """
    if scale != "people" or all(fact.counted == "people" for fact in facts):
        return scale
    return "hundred"


def number_cell(
    cells: Cells,
    option: OptionPage,
    side: str,
    place: str,
    found: dict[str, Any],
    scale: str | None,
    common: str | None,
    number: int,
) -> str:
    """The number of an option on this scale, with the worst harm first; words where it has none.
    Empty where its number stands in the other row.
    """
    if not found:
        return cells.words.get((option.id, side, place), "") if number == 0 else ""
    if scale not in found or (not common and next(iter(found)) != scale):
        return ""
    shown = cells.numbers[side, found[scale].id]
    worst = cells.worst.get((option.id, place)) if side == "harms" and scale == "people" else None
    return mark_safe(f"{cells.numbers[side, worst.id] if worst else ''}{shown}")


def row(
    library: Library,
    part: str,
    cells: list[Values],
    number: int = 0,
    scale: str | None = None,
    unit: str | None = None,
) -> Values:
    """A row: its id, the class by which a tick marks it, its title, its scale and unit, its cells."""
    titles = (cell["page"].part(IN_SHORT.get(part, part)) for cell in cells)
    title = next((found.title for found in titles if found), part)
    return {
        "id": f"{part}-{scale}" if number else part,
        "mark": f"row-{part}" if part in library.matters_first.values() else "",
        "title": title,
        "scale": scale,
        "unit": unit,
        "cells": cells,
    }


def key(library: Library, rows: Sequence[Values]) -> Values | None:
    """How to read the bars: which signs the page has, and the marks on the axis; None without."""
    html = "".join(str(cell["html"]) for row in rows for cell in row["cells"])
    signs = {
        "filled": '"controlled"' in html,
        "outlined": '"open"' in html,
        "harm": '"harm"' in html,
        "gaps": "gap-bar" in html,
    }
    if not any(signs.values()):
        return None
    page = library.page("topic", NUMBERS)
    return {**signs, "axis": AXIS, "marks": [f"{mark:g}" for mark in marks(library)], "page": page}
