"""The library of a request. `serving.libraries` sets it by the path; every room reads it here."""

from typing import TypeVar, cast

from django.http import HttpRequest

from treatment_guide.library.model import Library

R = TypeVar("R", bound=HttpRequest)


def library_of(request: HttpRequest) -> Library:
    """The library of this request. Raises AttributeError where none was set."""
    return cast(Library, request.library)  # type: ignore[attr-defined]


def with_library(request: R, library: Library) -> R:
    """Sets the library of a request, and returns the request."""
    request.library = library  # type: ignore[attr-defined]
    return request
