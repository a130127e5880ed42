"""The library of a request. `serving.libraries` chooses it by the path; every room takes it here."""

from typing import TypeVar, cast

from django.http import HttpRequest

from treatment_guide.library.model import Library

R = TypeVar("R", bound=HttpRequest)


def library_of(request: HttpRequest) -> Library:
    """The library that this request is answered from.

    Raises AttributeError for a request that was given none.
    """
    return cast(Library, request.library)  # type: ignore[attr-defined]


def with_library(request: R, library: Library) -> R:
    """The same request, to be answered from this library."""
    request.library = library  # type: ignore[attr-defined]
    return request
