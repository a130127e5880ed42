"""The methods that an address takes; any other gets the page for 405."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from treatment_guide.http import errors

View = Callable[..., HttpResponse]


def takes(*methods: str) -> Callable[[View], View]:
    """A decorator: the view gets only requests with these methods."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return errors.not_allowed(request, list(methods))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


reads = takes("GET", "HEAD")
