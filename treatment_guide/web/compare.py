"""Two or three options side by side, question by question."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from treatment_guide.http.errors import private
from treatment_guide.http.methods import reads
from treatment_guide.library.blocks import Html
from treatment_guide.library.checks import current_library
from treatment_guide.library.model import Library, Page, Part
from treatment_guide.web.parts import ShownFact, blocks
from treatment_guide.web.presenters import step_rows
from treatment_guide.web.whats_next import Visit, arrive

#: How many options can stand side by side on a page that is still readable.
LEAST, MOST = 2, 3


@reads
def compare(request: HttpRequest) -> HttpResponse:
    """The options named in the address; with fewer than two, the list to choose from."""
    library = current_library()
    known, fault = chosen(request, library)
    context = page(library, known, library.compare, fault)
    status = 422 if fault == "compare-unknown" and len(known) < LEAST else 200
    return render(request, "pages/compare.html", context, status=status)


def chosen(request: HttpRequest, library: Library) -> tuple[list[str], str | None]:
    """The options that the address names, each once, and the words for what is wrong with them."""
    asked = list(dict.fromkeys(request.GET.getlist("option")))
    known = [option for option in asked if option in library.options]
    if len(known) != len(asked):
        return known, "compare-unknown"
    if len(known) > MOST:
        return known, "compare-too-many"
    return known, "compare-one-more" if known and len(known) < LEAST else None


@reads
def compare_by_what_matters(request: HttpRequest, code: str) -> HttpResponse:
    """The same, what matters to this reader first. The answers stand in the address."""
    here = arrive(request, code)
    if isinstance(here, HttpResponse):
        return here
    library = here.library
    known, fault = chosen(request, library)
    context = page(library, known, ordered(here), fault)
    return private(
        render(request, "pages/compare.html", {**context, "code": code, "matters": said(here)})
    )


def ordered(here: Visit) -> tuple[str, ...]:
    """The questions of the comparison, those that matter to this reader first."""
    library = here.library
    chosen = here.answers.get("matters", frozenset())
    first = [
        library.matters_first[choice]
        for choice in library.guide.questions["matters"].choices
        if choice in chosen and choice in library.matters_first
    ]
    return tuple(dict.fromkeys([*first, *library.compare]))


def said(here: Visit) -> list[str]:
    """What matters to this reader, in words."""
    chosen = here.answers.get("matters", frozenset())
    words = here.library.questions["matters"].choices
    return [words[c].label for c in words if c in chosen and c in here.library.matters_first]


def page(
    library: Library, named: list[str], order: tuple[str, ...], fault: str | None
) -> dict[str, Any]:
    """What the comparison shows: the options named, and one row for each question."""
    options = [library.options[option] for option in named[:MOST]]
    rows = []
    if len(options) >= LEAST:
        for name in order:
            parts = [(option, option.page.part(name)) for option in options]
            cells = [
                {
                    "page": option.page,
                    "lines": lines(library, option.page, part),
                    "sure": option.certainty if name == "how-sure" else "",
                }
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
    }


def lines(library: Library, page: Page, part: Part) -> list[Any]:
    """A part, short: the steps it starts with, or the facts it shows; else its first words.

    A number that stands after steps says little without them: how long a stay is, but not of what.
    """
    shown = blocks(library, page, part)
    if shown and isinstance(shown[0], Html) and shown[0].html.startswith("<ol"):
        return shown[:1]
    facts = [block for block in shown if isinstance(block, ShownFact)]
    return facts or shown[:1]
