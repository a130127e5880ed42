"""The template context that every page has."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from treatment_guide.http.clock import today
from treatment_guide.http.library import library_of
from treatment_guide.http.origin import public_address
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library
from treatment_guide.library.review.translated import unsigned

#: The page whose query says what it shows. No other query is kept when the language changes.
COMPARED = "/compare/"
#: The pages about the guide that the footer links to.
FOOTER = ("review", "intended-use", "updates", "mistakes", "privacy", "accessibility")


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame()` of the request's library, with the address of the page."""
    library, path = library_of(request), request.path_info
    query = _query(request) if path == COMPARED else ""
    known = frame(library, path if path in pages_of_words(library) else "")
    return {**known, "path": f"{path}?{query}" if query else path}


def _query(request: HttpRequest) -> str:
    """The query of a request; empty where it has more fields than are read: its error page comes
    here too.
    """
    try:
        return request.GET.urlencode()
    except SuspiciousOperation:
        return ""


def frame(library: Library, here: str = "", path: str = "") -> dict[str, Any]:
    """The values that the base template needs. `here` is the address of the page, for the feedback
    form; `path` the same for its link to other languages; empty for none.
    """
    return {
        "site": library.site,
        "origin": public_address(library),
        "library": library,
        "here": here,
        "path": path,
        "unsigned": library.original is not None and unsigned(library, today()),
        "footer": [library.about[name] for name in FOOTER if name in library.about],
    }


@once_per_library  # saves 0.06 ms a page
def pages_of_words(library: Library) -> frozenset[str]:
    """The addresses of the pages that have the feedback form."""
    return frozenset(page.address for page in library.reading_pages)


def rendered(library: Library, template: str, **values: Any) -> SafeString:
    """A template rendered with `frame()` and these values."""
    return render_to_string(template, {**frame(library), **values})
