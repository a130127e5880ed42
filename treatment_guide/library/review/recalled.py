"""Reviews after something was withdrawn: readers no longer see what was read."""

from __future__ import annotations

from dataclasses import replace

from treatment_guide.library.model import Library
from treatment_guide.library.review.covered import fingerprint
from treatment_guide.library.review.subjects import subjects


def reviewed_as_shown(library: Library) -> Library:
    """The library with each signature held against what is shown now. What is withdrawn altogether
    can no longer be signed, and its signatures and objections are not shown.
    """
    reviews = library.reviews
    known = subjects(library) if reviews.wants else {}
    signatures = tuple(
        replace(each, holds=each.holds and fingerprint(library, known[each.what]) == each.hash)
        for each in reviews.signatures
        if each.what in known
    )
    kept = replace(
        reviews,
        wants={what: roles for what, roles in reviews.wants.items() if what in known},
        signatures=signatures,
        objections=tuple(each for each in reviews.objections if each.what in known),
    )
    return replace(library, reviews=kept)
