"""Reading pages made by Django are made once a day, not for every request.

A build makes them ahead of time. Without a build, and on the days after a number in it is due to be
checked again, Django makes them, and the longest takes 50 ms. Such a page depends on the content,
the public address and the day alone, so that one copy serves everybody. Nothing that a reader
answered or typed is in it, and there are only as many copies as pages.
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
    """Values that hold for one day, by key: made when they are first asked for. Safe for threads.

    For values made of content alone, so that there are only as many keys as the content gives.
    """

    def __init__(self, library: Library) -> None:
        self._lock = threading.Lock()
        self._day = date.min
        self._values: dict[Hashable, T] = {}

    def get(self, key: Hashable, day: date) -> T | None:
        """The value under a key, when it was put there on this day."""
        with self._lock:
            return self._values.get(key) if day == self._day else None

    def put(self, key: Hashable, day: date, value: T) -> T:
        """Hold a value of this day, and drop those of another day. The value."""
        with self._lock:
            if day != self._day:
                self._values, self._day = {}, day
            self._values[key] = value
        return value


#: Saves 3 to 50 ms a page that no build has made.
held = once_per_library(OfToday[tuple[bytes, dict[str, str]]])


def made_daily(view: View) -> View:
    """Make the page of a view once a day for each address.

    For views whose page depends on nothing but the content and the address without its query. Only
    pages that are there (200) are held, so that the number of copies is that of the pages. While
    somebody writes (DEBUG), templates change, and every page is made anew.
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
