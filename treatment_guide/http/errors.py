"""Error pages: each says what happened and what to do next. None is cached."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

#: Headers of pages that hold answers or typed words: never cached, never indexed.
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def private(response: HttpResponse) -> HttpResponse:
    """The response with the headers `PRIVATE`."""
    for name, value in PRIVATE.items():
        response[name] = value
    return response


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    context = {"title_words": f"{name}-title", "text_words": f"{name}-text"}
    return private(render(request, "http/error.html", context, status=status))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: there is no such page."""
    return _page(request, "error-404", 404)


def wrong_code(request: HttpRequest) -> HttpResponse:
    """The error page for a code that was never issued."""
    return _page(request, "error-code", 404)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the request cannot be read."""
    return _page(request, "error-400", 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: the request is not allowed."""
    return _page(request, "error-400", 403)


def failed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """412: a condition of the request (If-Match) does not hold. Only programs send one."""
    return _page(request, "error-400", 412)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the site failed."""
    return _page(request, "error-500", 500)


def not_allowed(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    """405: this address does not take this method. `allowed` are those it takes."""
    page = _page(request, "error-405", 405)
    page["Allow"] = HttpResponseNotAllowed(allowed)["Allow"]
    return page


def needs_length(request: HttpRequest) -> HttpResponse:
    """411: a body came without Content-Length."""
    return _page(request, "error-400", 411)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: the body is longer than any form of the site."""
    return _page(request, "error-413", 413)


def too_slow(request: HttpRequest) -> HttpResponse:
    """408: a form did not arrive in time."""
    return _page(request, "error-408", 408)


def too_busy(request: HttpRequest) -> HttpResponse:
    """503: too many requests wait."""
    page = _page(request, "error-503", 503)
    page["Retry-After"] = "60"
    return page
