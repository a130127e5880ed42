"""A cache for reading pages: Django makes each once a day, not for every request.

Django makes reading pages without a build, and once a number in the build is past its check-by
day. The longest takes 50 ms. Such a page depends only on the content, the public address and the
day, and holds nothing that a reader answered or typed. There is one copy a page.
"""

import threading
from collections.abc import Callable, Hashable
from datetime import date
from functools import wraps
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from treatment_guide.http.clock import today
from treatment_guide.http.library import library_of
from treatment_guide.http.origin import public_origin
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library

T = TypeVar("T")
View = Callable[..., HttpResponse]


class OfToday(Generic[T]):
    """A cache of values by key, emptied when the day changes. Safe for threads.

    Only for values made of content, so that the number of keys is limited by the content.
    """

    def __init__(self, library: Library) -> None:
        self._lock = threading.Lock()
        self._day = date.min
        self._values: dict[Hashable, T] = {}

    def get(self, key: Hashable, day: date) -> T | None:
        """The value of a key put on this day, or None."""
        with self._lock:
            return self._values.get(key) if day == self._day else None

    def put(self, key: Hashable, day: date, value: T) -> T:
        """Store a value of this day, drop all of another day, and return the value."""
        with self._lock:
            if day != self._day:
                self._values, self._day = {}, day
            self._values[key] = value
        return value


#: Saves 3 to 50 ms a page that no build has made.
held = once_per_library(OfToday[tuple[bytes, dict[str, str]]])


def made_daily(view: View) -> View:
    """A decorator: the page of a view is made once a day for each address.

    For views whose page depends only on the content and the address without its query. Only
    responses with status 200 are cached, so that there is one copy a page. With DEBUG nothing is
    cached, because templates change.
    """

    @wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.DEBUG:
            return view(request, *args, **kwargs)
        pages, key, day = (
            held(library_of(request)),
            (request.path, public_origin(library_of(request))),
            today(),
        )
        page = pages.get(key, day)
        if page is not None:
            return HttpResponse(page[0], headers=page[1])
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            pages.put(key, day, (response.content, dict(response.headers)))
        return response

    return once
