"""Kind pages for what is refused before Django hears of it.

They are made once, at the start: a worker that refuses a thousand forms a second makes none of
them anew.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from treatment_guide.http import errors
from treatment_guide.serving.middleware import SECURITY_HEADERS
from treatment_guide.serving.server.gateway import Answer, Refusals


def refusals() -> Refusals:
    """The pages in the words of this site."""
    return Refusals(
        too_large=_made(errors.too_large),
        too_slow=_made(errors.too_slow),
        too_busy=_made(errors.too_busy),
        unreadable=_made(errors.bad_request),
        needs_length=_made(errors.needs_length),
        fault=_made(errors.server_error),
    )


def _made(view: Callable[[HttpRequest], HttpResponse]) -> Answer:
    # An address that is no page: these answers belong to none, and nobody is asked how they helped.
    page = view(RequestFactory().get("/-/"))
    headers = {**SECURITY_HEADERS, **page.headers, "Content-Length": str(len(page.content))}
    return Answer(page.status_code, list(headers.items()), page.content)
