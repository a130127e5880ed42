"""Two or three options side by side, question by question."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from treatment_guide.http.errors import private
from treatment_guide.http.methods import reads
from treatment_guide.library.checks import current_library
from treatment_guide.library.markdown import FactFigure, Html
from treatment_guide.library.model import Library, Part
from treatment_guide.web.presenters import step_rows
from treatment_guide.web.whats_next import Visit, arrive

#: How many options can stand side by side on a page that is still readable.
MOST = 3


@reads
def compare(request: HttpRequest) -> HttpResponse:
    """The options named in the address; with fewer than two, the list to choose from."""
    library = current_library()
    asked = list(dict.fromkeys(request.GET.getlist("option")))
    known = [option for option in asked if option in library.options]
    fault = "compare-too-many" if len(known) > MOST else None
    if len(known) != len(asked):
        fault = "compare-unknown"
    context = page(library, known, library.compare, fault)
    status = 422 if fault and len(known) < 2 else 200
    return render(request, "pages/compare.html", context, status=status)


@reads
def compare_by_what_matters(request: HttpRequest, code: str) -> HttpResponse:
    """The same, what matters to this reader first. The answers stand in the address."""
    here = arrive(request, code)
    if isinstance(here, HttpResponse):
        return here
    library = here.library
    asked = list(dict.fromkeys(request.GET.getlist("option")))
    known = [option for option in asked if option in library.options]
    fault = "compare-too-many" if len(known) > MOST else None
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
    library: Library, chosen: list[str], order: tuple[str, ...], fault: str | None
) -> dict[str, Any]:
    """What the comparison shows: the chosen options, and one row for each question."""
    options = [library.options[option] for option in chosen[:MOST]]
    rows = []
    if len(options) > 1:
        for name in order:
            cells = [
                {"page": option.page, "lines": lines(library, part)}
                for option in options
                if (part := option.page.part(name))
            ]
            title = options[0].page.part(name)
            rows.append({"id": name, "title": title.title if title else name, "cells": cells})
    return {
        "options": options,
        "rows": rows,
        "steps": step_rows(library),
        "chosen": chosen,
        "fault": fault,
    }


def lines(library: Library, part: Part) -> list[dict[str, Any]]:
    """A part, short: the facts it shows; without any, its first words."""
    facts = [library.facts[b.fact] for b in part.blocks if isinstance(b, FactFigure)]
    if facts:
        return [{"fact": fact} for fact in facts]
    first = next((b for b in part.blocks if isinstance(b, Html)), None)
    return [{"html": first.html}] if first else []
