"""Which methods an address takes; any other gets a kind page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from treatment_guide.http import errors

View = Callable[..., HttpResponse]


def takes(*methods: str) -> Callable[[View], View]:
    """Let only these methods through."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return errors.not_allowed(request, list(methods))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


reads = takes("GET", "HEAD")
