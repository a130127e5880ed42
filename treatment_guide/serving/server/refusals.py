"""The error pages for requests that are refused before Django is called.

They are made once, at the start, so that refusing a request is cheap.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from treatment_guide.http import errors
from treatment_guide.http.library import with_library
from treatment_guide.library.model import Library
from treatment_guide.serving.middleware import SECURITY_HEADERS
from treatment_guide.serving.server.gateway import Answer, Refusals


def refusals(library: Library) -> Refusals:
    """The error pages, with the words of this library."""
    return Refusals(
        too_large=_made(library, errors.too_large),
        too_slow=_made(library, errors.too_slow),
        too_busy=_made(library, errors.too_busy),
        unreadable=_made(library, errors.bad_request),
        needs_length=_made(library, errors.needs_length),
        fault=_made(library, errors.server_error),
    )


def _made(library: Library, view: Callable[[HttpRequest], HttpResponse]) -> Answer:
    request = HttpRequest()
    request.path = request.path_info = "/-/"  # no page, so the error pages have no feedback form
    page = view(with_library(request, library))
    headers = {**SECURITY_HEADERS, **page.headers, "Content-Length": str(len(page.content))}
    return Answer(page.status_code, list(headers.items()), page.content)
