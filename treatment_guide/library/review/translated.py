"""Whether people have reviewed a translation. Until they have, each of its pages says so."""

from __future__ import annotations

from datetime import date

from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library
from treatment_guide.library.review.standing import standing

#: The subject of the danger signs, of what to do at each, and of whom to call.
DANGER = "danger-signs"
#: The kinds of subjects that are one page. All others are words that many pages show.
_PAGES = ("option", "situation", "topic", "step", "home")


def in_language(library: Library, name: str) -> Library:
    """The library of a language that is served; empty: the original. Raises KeyError."""
    if name in ("", library.language.name):
        return library
    return library.translations[name]


def unsigned(library: Library, on: date, what: str = "") -> bool:
    """True for a subject of a translation that not every wanted reviewer has signed, or whose
    signatures have lapsed. Without a subject: for what many pages show, such as questions, reasons
    and labels, where not all of it stands signed. Never for the original: its pages say themselves
    who signed them.
    """
    if library.original is None:
        return False
    return (what if what in library.reviews.wants else "") in _unsigned(library, on)


def _unsigned(library: Library, on: date) -> frozenset[str]:
    """The subjects that are not signed on a day; among them the empty one where a shared one is."""
    known = _of_day(library)
    if on not in known:
        found = {w for w in library.reviews.wants if standing(library, w, on).state != "signed"}
        shared = any(each.partition(":")[0] not in _PAGES for each in found)
        known.clear()
        known[on] = frozenset(found | ({""} if shared else set()))
    return known[on]


@once_per_library  # saves 10 ms a page once all is signed
def _of_day(library: Library) -> dict[date, frozenset[str]]:
    """The subjects that are not signed, of the last day that was asked for."""
    return {}
