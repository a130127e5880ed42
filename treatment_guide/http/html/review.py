"""What pages say about reviews by clinicians, computed from the signatures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from treatment_guide.http.html.words import say
from treatment_guide.library.in_words.lists import in_sentence
from treatment_guide.library.model import Library, Page, Signature
from treatment_guide.library.review.standing import ever_signed, standing, subject_of


def guide_words(library: Library) -> SafeString:
    """One sentence about the whole guide. It names nobody, and no day makes it untrue."""
    if ever_signed(library):
        return say(library, "reviewed-some")
    return say(library, "reviewed-none")


def review_of(library: Library, page: Page, on: date) -> dict[str, Any]:
    """What a page says about its review on a day: who signed, who is missing, what has lapsed.

    A page that nobody signs tells how the whole guide stands, and so does a copy that cannot take
    names away.
    """
    what = subject_of(page)
    reviews = library.reviews
    if what not in reviews.wants or (reviews.elsewhere and reviews.signatures):
        return {"library": library, "apart": True}
    stands = standing(library, what, on)
    return {
        "library": library,
        "what": what,
        "signed": stands.signed,
        "missing": roles_words(library, stands.missing) if stands.signed else "",
        "lapsed": stands.lapsed,
    }


def roles_words(library: Library, roles: Iterable[str]) -> str:
    """Roles as a list: "a surgeon and a pain doctor"."""
    words = [library.ui[f"role-{role}"] for role in roles]
    return in_sentence(library.ui["list-and"], words, library.language)


def reviewers(signed: Iterable[Signature]) -> dict[str, Any]:
    """The fields of schema.org for those whose signature counts; none without."""
    people = {each.who: each.day for each in signed}
    if not people:
        return {}
    named = [{"@type": "Person", "name": who} for who in people]
    return {"reviewedBy": named, "lastReviewed": max(people.values()).isoformat()}
