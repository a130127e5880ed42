"""The header that lets a browser fetch a reading page ahead, while the reader points at its link.

The header `Speculation-Rules` of a reading page names `static/prefetch.json`. That file lists the
links that may be fetched: reading pages of this site, by path, without a query. Its paths are
relative to its own address, so that they also work below a base path. A browser that does not know the
header fetches nothing ahead. No content security policy applies to the file (the HTML standard
exempts it).
"""

from django.http import HttpRequest, HttpResponse

from treatment_guide.http.html.assets import asset
from treatment_guide.http.library import library_of
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library
from treatment_guide.serving.addresses import built_addresses
from treatment_guide.serving.middleware import Handler

HEADER = "Speculation-Rules"
RULES_FILE = "prefetch.json"
MEDIA_TYPE = "application/speculationrules+json"
#: Pages made of content alone without the header: forms, where readers type or answer, and the
#: emergency page, which nothing may slow down.
NOT_FROM = frozenset({"/get-help-now/", "/search/", "/go/", "/compare/", "/whats-next/"})


@once_per_library
def reading_addresses(library: Library) -> frozenset[str]:
    """The addresses whose pages carry the header."""
    return frozenset(built_addresses(library)) - NOT_FROM


def headers_for(library: Library, path: str) -> dict[str, str]:
    """The header for the page at a path, or none. For responses with status 200."""
    if path not in reading_addresses(library):
        return {}
    return {HEADER: f'"{asset(RULES_FILE)}"'}


def fetch_ahead(get_response: Handler) -> Handler:
    """Middleware: puts the header on every reading page that Django makes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 200:
            for name, value in headers_for(library_of(request), request.path_info).items():
                response.headers.setdefault(name, value)
        return response

    return middleware
