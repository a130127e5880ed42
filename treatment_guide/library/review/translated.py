"""Whether people have reviewed a translation. Until they have, each of its pages says so."""

from __future__ import annotations

from datetime import date

from treatment_guide.library.model import Library
from treatment_guide.library.review.standing import standing

#: The subjects that have to stand signed in the language: what can harm most if it is translated
#: wrongly.
NEEDED = ("danger-signs", "notices", "care", "home")


def in_language(library: Library, name: str) -> Library:
    """The library of a language that is served; empty: the original. Raises KeyError."""
    if name in ("", library.language.name):
        return library
    return library.translations[name]


def unsigned(library: Library, on: date) -> bool:
    """True for a translation whose words no wanted reviewer has signed, or not all of them, or
    whose signatures have lapsed. Never for the original: its pages say themselves who signed them.
    """
    if library.original is None:
        return False
    return any(standing(library, what, on).state != "signed" for what in NEEDED)
