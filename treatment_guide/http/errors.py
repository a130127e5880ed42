"""Pages for when something is wrong: what happened, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

#: Pages that hold answers, or what somebody typed, are kept nowhere and found nowhere.
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def private(response: HttpResponse) -> HttpResponse:
    """The answer, marked to be kept nowhere."""
    for name, value in PRIVATE.items():
        response[name] = value
    return response


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    context = {"title_words": f"{name}-title", "text_words": f"{name}-text"}
    return private(render(request, "http/error.html", context, status=status))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """There is no such page."""
    return _page(request, "error-404", 404)


def wrong_code(request: HttpRequest) -> HttpResponse:
    """The code in the address was never issued."""
    return _page(request, "error-code", 404)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """What was sent cannot be read."""
    return _page(request, "error-400", 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """This may not be asked."""
    return _page(request, "error-400", 403)


def failed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A condition that the request came with does not hold (If-Match): programs alone send one."""
    return _page(request, "error-400", 412)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return _page(request, "error-500", 500)


def not_allowed(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    """This address does not take this method."""
    page = _page(request, "error-405", 405)
    page["Allow"] = HttpResponseNotAllowed(allowed)["Allow"]
    return page


def needs_length(request: HttpRequest) -> HttpResponse:
    """A body came without saying how long it is."""
    return _page(request, "error-400", 411)


def too_large(request: HttpRequest) -> HttpResponse:
    """More was sent than a form of ours can hold."""
    return _page(request, "error-413", 413)


def too_slow(request: HttpRequest) -> HttpResponse:
    """A form did not arrive in time."""
    return _page(request, "error-408", 408)


def too_busy(request: HttpRequest) -> HttpResponse:
    """More people ask at once than can be answered soon."""
    page = _page(request, "error-503", 503)
    page["Retry-After"] = "60"
    return page
