"""The template context that every page has."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from treatment_guide.http.clock import today
from treatment_guide.http.library import library_of
from treatment_guide.http.origin import public_address
from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library
from treatment_guide.library.review.standing import subject_of
from treatment_guide.library.review.translated import DANGER, unsigned

#: The page whose query says what it shows. No other query is kept when the language changes.
COMPARED = "/compare/"
#: The pages about the guide that the footer links to.
FOOTER = ("review", "intended-use", "updates", "mistakes", "privacy", "accessibility")


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame()` of the request's library, with the address of the page."""
    library, path = library_of(request), request.path_info
    query = _query(request, library) if path == COMPARED else ""
    subjects = pages_of_words(library)
    # A page and the same with nothing folded are one subject.
    what = subjects.get(path, "") or subjects.get(path.removesuffix("all/"), "")
    known = frame(library, path if path in subjects else "", what=what)
    return {**known, "path": f"{path}?{query}" if query else path}


def _query(request: HttpRequest, library: Library) -> str:
    """The options and the place that a request compares, as a query without anything else that was
    typed; empty where it has more fields than are read: its error page comes here too.
    """
    places = library.guide.questions[PLACE].choices if PLACE in library.guide.questions else ()
    known = {"option": library.options, "place": places}
    try:
        asked = {name: request.GET.getlist(name) for name in known}
    except SuspiciousOperation:
        return ""
    # Ids of content need no quoting, which would take 0.3 ms for a hundred of them.
    rows = [
        f"{name}={each}" for name, found in asked.items() for each in found if each in known[name]
    ]
    return "&".join(rows)


def frame(library: Library, here: str = "", path: str = "", what: str = "") -> dict[str, Any]:
    """The values that the base template needs. `here` is the address of the page, for the feedback
    form; `path` the same for its link to other languages; `what` the subject that a clinician signs
    for it; empty for none.
    """
    return {
        "site": library.site,
        "origin": public_address(library),
        "library": library,
        "here": here,
        "path": path,
        "unsigned": library.original is not None and unsigned(library, today(), what),
        "unsigned_signs": library.original is not None and unsigned(library, today(), DANGER),
        "footer": [library.about[name] for name in FOOTER if name in library.about],
    }


@once_per_library  # saves 0.06 ms a page
def pages_of_words(library: Library) -> dict[str, str]:
    """The addresses of the pages that have the feedback form, each with the subject that a clinician
    signs for it; empty where nobody does.
    """
    return {page.address: subject_of(page) for page in library.reading_pages}


def rendered(library: Library, template: str, **values: Any) -> SafeString:
    """A template rendered with `frame()` and these values."""
    return render_to_string(template, {**frame(library), **values})
