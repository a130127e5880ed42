"""Chooses the library that answers a request. There is one language, and so one library."""

from django.http import HttpRequest, HttpResponse

from treatment_guide.http.library import with_library
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library
from treatment_guide.serving.middleware import Handler


def library_for(path: str) -> Library:
    """The library that answers below a path of the site."""
    return current_library()


def chosen_by_path(get_response: Handler) -> Handler:
    """Middleware, the outermost: puts the library on the request, for views and templates."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(with_library(request, library_for(request.path_info)))

    return middleware
