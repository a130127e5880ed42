"""Chooses the library that answers a request by its path: `/es/…` is answered in Spanish.

No cookie and no language of a browser decides: the reader chooses, by a link (ADR 29).
"""

import re

from django.core.exceptions import DisallowedRedirect
from django.http import HttpRequest, HttpResponse

from treatment_guide.http import errors
from treatment_guide.http.addresses import ORIGINAL_ALONE, at, in_language, speaking, within
from treatment_guide.http.errors import private
from treatment_guide.http.library import with_library
from treatment_guide.http.redirecting import Redirect
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library
from treatment_guide.serving.middleware import Handler

#: A code scanned from paper is in capitals: `/ES/GO/…`.
_SCANNED = re.compile(r"/[A-Z]{2,3}/GO/")
#: The beginning of a language, in letters of any size, and what follows it.
_NAMED = re.compile(r"/([A-Za-z]{2,3})(/.*)?", re.DOTALL)


def library_for(path: str) -> Library:
    """The library that answers a path of the site."""
    library = current_library()
    for name, translation in library.translations.items():
        if f"{path}/".startswith(f"/{name}/"):
            return translation
        if _SCANNED.match(path) and path.startswith(f"/{name.upper()}/"):
            return translation
    return library


def chosen_by_path(get_response: Handler) -> Handler:
    """Middleware, outside all that asks for it: puts the library on the request, for views and
    templates. Addresses of a translation are answered as those of the original, with words of the
    translation.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        library = library_for(within(request.path_info))
        with_library(request, library)
        prefix = library.language.prefix
        if not prefix:
            meant = _meant(request.path_info, library)
            return _sent(request, meant) if meant else _told(get_response(request), library)
        path = in_language(request.path_info, prefix)
        if path == request.path_info:  # in capitals
            path = in_language(request.path_info, prefix.upper())
        if ORIGINAL_ALONE.match(path):
            return _sent(request, path, status=307)
        request.path_info = path
        with speaking(library):
            return _told(get_response(request), library)

    return middleware


def _meant(path: str, library: Library) -> str:
    """The path that is meant by one of no library: that of the original for a translation which is
    not served here, or for the original's own name; that of a translation for its name in capitals,
    as a phone writes it. Empty for any other.
    """
    found = _NAMED.fullmatch(path)
    if not found:
        return ""
    name, rest = found[1].lower(), found[2] or "/"
    if name in library.translations:
        return f"/{name}{rest}"
    return rest if name in (library.language.name, *library.unserved) else ""


def _sent(request: HttpRequest, path: str, status: int = 0) -> HttpResponse:
    """A redirect to a path within the site, with the query of the request. It may hold answers, so
    nobody keeps it. A form is sent again.
    """
    query = request.META.get("QUERY_STRING", "")
    again = 302 if request.method in ("GET", "HEAD") else 307
    try:
        answer = Redirect(f"{at(path)}{f'?{query}' if query else ''}", status=status or again)
    except DisallowedRedirect:  # two slashes, or longer than any address
        return errors.not_found(request)
    return private(answer)


def _told(response: HttpResponse, library: Library) -> HttpResponse:
    """The response with its language, where there is more than one."""
    if response.headers.get("Content-Type", "").startswith("text/html"):
        for name, value in language_header(library).items():
            response.headers.setdefault(name, value)
    return response


def language_header(library: Library) -> dict[str, str]:
    """The header that names the language of a page; none where there is but one."""
    if not (library.original or library).translations:
        return {}
    return {"Content-Language": library.site.language}
