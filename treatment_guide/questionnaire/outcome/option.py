"""The page of an option, opened from an outcome: it leads back to the reader's list, and the
numbers about the reader's place come first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from treatment_guide.http.clock import today
from treatment_guide.http.html.context import frame
from treatment_guide.http.html.foreign import foreign_page
from treatment_guide.http.html.fragments import CODE, with_code
from treatment_guide.http.html.made_daily import OfToday
from treatment_guide.http.origin import public_origin
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library
from treatment_guide.reading.option.option_page import option as option_values
from treatment_guide.reading.option.withdrawn import TEMPLATE as WITHDRAWN


@dataclass(frozen=True)
class InPieces:
    """A page in pieces: what stands before the gains and harms by place, each of these sections
    with the places that it is about, and what follows.
    """

    before: str
    sections: Sequence[tuple[frozenset[str], str]]
    after: str

    def begun_with(self, place: str | None) -> str:
        """The page with the sections about this place first; the others keep their order."""
        ordered = sorted(self.sections, key=lambda each: place not in each[0])
        return "".join([self.before, *(section for _, section in ordered), self.after])


#: The pages with a place for the code: one a day for each option. Saves 10 to 40 ms a page.
held = once_per_library(OfToday[InPieces])


def in_pieces(page: str, places: Sequence[Mapping[str, Any]]) -> InPieces:
    """The page cut before each of the sections by place, and behind the last."""
    starts = [page.index(f'<section class="section" id="{each["id"]}">') for each in places]
    starts.append(page.index('<section class="section" id="suits">'))
    sections = [
        (frozenset(each["place"].key), page[start:end])
        for each, start, end in zip(places, starts, starts[1:], strict=False)
    ]
    return InPieces(page[: starts[0]], sections, page[starts[-1] :])


def option_page(library: Library, option: str, code: str, place: str | None = None) -> str | None:
    """The page as HTML, for a reader with pain at `place`; None where there is no such option."""
    pages, key, day = held(library), (option, public_origin(library)), today()
    page = pages.get(key, day)
    if page is None:
        values = option_values(library, option)
        if values is None:
            return None
        if values["page"].foreign:
            return foreign_page(
                library, values["page"], f"/whats-next/outcome/{code}/options/{option}/"
            )
        if values.get("template") == WITHDRAWN:
            return str(render_to_string(WITHDRAWN, {**frame(library), **values, "code": code}))
        path = f"/whats-next/outcome/{CODE}/options/{option}/"
        context = {**frame(library, path=path), **values, "code": CODE}
        html = render_to_string("questionnaire/option_from_outcome.html", context)
        page = in_pieces(html, values["places"])
        if not settings.DEBUG:
            pages.put(key, day, page)
    return with_code(page.begun_with(place), code)
