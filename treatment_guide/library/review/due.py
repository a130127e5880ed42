"""What reviews ask of editors on a day: open objections, signatures that lapsed or soon will."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from treatment_guide.library.model import Library
from treatment_guide.library.review.standing import counts, standings

#: So many days before its last day a signature is told of.
AHEAD = timedelta(days=30)


def changed(count: int) -> str:
    """How many things changed since a signature."""
    return "1 thing changed" if count == 1 else f"{count} things changed"


def of_reviews(library: Library, day: date, *, objections: bool = True) -> Iterator[str]:
    """What reviews ask of editors: open objections, signatures that lapsed or soon will, those of a
    day to come, and how much is signed.
    """
    for objection in library.reviews.objections if objections else ():
        if objection.state == "open":
            yield f"{objection.day}  objection  {objection.what}  {objection.who}: {objection.words}"
    rows = standings(library, day)
    lapsed = {each.id: each for stands in rows for each in stands.lapsed}
    for each in lapsed.values():
        why = "its time is over" if each.holds else changed(len(each.changes))
        yield f"{each.day}  lapsed  {each.what}  {each.who} ({each.role}): {why}"
    for each in library.reviews.signatures:
        if counts(each, day) and each.until <= day + AHEAD:
            yield f"{each.until}  ends  {each.what}  {each.who} ({each.role})"
        elif each.day > day:
            yield f"{each.day}  to come  {each.what}  {each.who} ({each.role}): is the day right?"
    states = Counter(each.state for each in rows)
    told = ", ".join(f"{states[name]} {name}" for name in ("signed", "partly", "lapsed", "never"))
    yield f"of {len(rows)} parts to sign: {told}"
