"""How the numbers of an option are shown: in which order, and which of them become a picture.

One side (gains or harms) of one place shows at most two pictures of a hundred. The most careful
number with two sides gets them; where there is none, the two largest counts get one each. All
others are rows, so that open trials do not drown the one against a fake treatment.
"""

from __future__ import annotations

from collections.abc import Sequence

from treatment_guide.library.model import Fact

#: Two pictures side by side; one picture with its words beside it; a row with the number at the
#: left; words alone.
PAIR, ONE, ROW, WORDS = "pair", "one", "row", "words"
#: How many single pictures one side of a place shows.
MOST_SINGLE = 2

#: How careful a comparison is, the most careful first. One that says nothing comes last.
_CARE = ("sham", "placebo", "other-care", "no-treatment", "before", "other-people", "none")
_SURE = ("high", "moderate", "low", "very-low")
#: How bad a harm is, the worst first. One that says nothing comes behind those that last.
_SEVERITY = ("death", "serious", "lasting", "", "passing")


def care(fact: Fact) -> tuple[int, int, int]:
    """How careful a number is, for sorting: against a fake treatment before open comparisons,
    then the surer, then the larger study. The most careful is the smallest.
    """
    kind = _CARE.index(fact.comparator) if fact.comparator else len(_CARE)
    blind = 0 if fact.controlled else kind
    return blind, _SURE.index(fact.certainty), -(fact.people or 0)


def severity(fact: Fact) -> int:
    """How bad a harm is, for sorting: death is 0."""
    return _SEVERITY.index(fact.severity)


def size(fact: Fact) -> float:
    """A number on the scale of 100, for sorting; of a range the higher end, and 0 where it has no
    such scale.
    """
    number = fact.value[1] if isinstance(fact.value, tuple) else fact.value
    found = None if isinstance(number, str) else fact.of_hundred(number)
    return 0 if found is None else found


def has_pair(fact: Fact) -> bool:
    """True for two numbers that two pictures of a hundred can show. A count of nobody is not drawn:
    a picture with nobody in it would say that it cannot happen.
    """
    sides = fact.sides_of_hundred
    if sides is None or sides[1] is None:
        return False
    if fact.kind == "points":
        return all(0 <= side <= 100 for side in sides if side is not None)
    return fact.kind == "of-100" and min(sides[0], sides[1]) >= 1


def has_one(fact: Fact) -> bool:
    """True for a count of people in one group that a picture of a hundred can show."""
    return fact.kind == "of-100" and isinstance(fact.value, int) and fact.value >= 1


def has_number(fact: Fact) -> bool:
    """True for a number, or a range, of people or points."""
    return fact.kind.startswith("of-") or fact.kind == "points"


def alone(fact: Fact) -> str:
    """The form of a fact outside the sides of an option, such as on a topic."""
    if has_pair(fact):
        return PAIR
    if fact.versus is None and has_one(fact):
        return ONE
    return ROW if has_number(fact) else WORDS


def forms(facts: Sequence[Fact], most: int = MOST_SINGLE) -> dict[str, str]:
    """The form of each fact on one side of a place, by its id. With `most` 0 there is no picture
    on this side, with 1 a single picture at most.
    """
    found = {fact.id: ROW if has_number(fact) else WORDS for fact in facts}
    pair = best_pair(facts) if most >= MOST_SINGLE else None
    if pair:
        found[pair.id] = PAIR
        return found
    single = [fact for fact in facts if fact.versus is None and has_one(fact)]
    for fact in sorted(single, key=size, reverse=True)[:most]:
        found[fact.id] = ONE
    return found


def best_pair(facts: Sequence[Fact]) -> Fact | None:
    """The number with two sides that gets the pictures: the one that leads its option, else the
    most careful; never an open comparison beside a number against a fake treatment about the same
    thing.
    """
    able = [fact for fact in facts if has_pair(fact) and not outdone(fact, facts)]
    return min(able, key=lambda fact: (not fact.leads, *care(fact)), default=None)


def outdone(fact: Fact, facts: Sequence[Fact]) -> bool:
    """True for an open or uncontrolled number beside one against a fake treatment about the same
    thing.
    """
    return not fact.controlled and any(
        other.controlled and other.same_thing(fact) for other in facts
    )


def leading(facts: Sequence[Fact]) -> Fact | None:
    """The number for the fact table: the one that is marked, else the most careful that has one
    on the scale of 100.
    """
    marked = [fact for fact in facts if fact.leads]
    able = [fact for fact in facts if fact.sides_of_hundred is not None]
    return next(iter(marked), None) or min(able, key=care, default=None)
