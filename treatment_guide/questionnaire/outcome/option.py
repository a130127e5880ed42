"""The page of an option, opened from an outcome: it leads back to the reader's list."""

from django.conf import settings
from django.template.loader import render_to_string

from treatment_guide.http.clock import today
from treatment_guide.http.html.context import frame
from treatment_guide.http.html.fragments import CODE, with_code
from treatment_guide.http.html.made_daily import OfToday
from treatment_guide.http.origin import public_origin
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library
from treatment_guide.reading.option.option_page import option as option_values

#: The pages with a place for the code: one a day for each option. Saves 10 to 40 ms a page.
held = once_per_library(OfToday[str])


def option_page(library: Library, option: str, code: str) -> str | None:
    """The page as HTML; None where there is no such option."""
    pages, key, day = held(library), (option, public_origin(library)), today()
    page = pages.get(key, day)
    if page is None:
        values = option_values(library, option)
        if values is None:
            return None
        context = {**frame(library), **values, "code": CODE}
        page = render_to_string("questionnaire/option_from_outcome.html", context)
        if not settings.DEBUG:
            pages.put(key, day, page)
    return with_code(page, code)
