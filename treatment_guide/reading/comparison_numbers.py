"""Which number of an option a comparison shows for a place, and on which of the two scales.

All points are shown as points of 100, all counts as people of 100, and never both in one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.model import Fact, Library, OptionPage
from treatment_guide.library.text.blocks import Html
from treatment_guide.reading.option.fact_forms import care, outdone, severity

POINTS, PEOPLE = "points", "people"
SCALES = (POINTS, PEOPLE)
#: The two parts of an option whose numbers are compared.
SIDES = ("gains", "harms")
#: Where the axis of all gaps of points ends.
AXIS = 40


def scale_of(fact: Fact) -> str | None:
    """The scale of a number; None for a duration, a cost or a count of something else."""
    if fact.kind == "points":
        return POINTS
    return PEOPLE if fact.kind.startswith("of-") else None


def holds(fact: Fact, place: str) -> bool:
    """True for a number about this place, or about none in particular."""
    return not fact.places or place in fact.places


def comparable(library: Library, option: OptionPage, side: str) -> list[Fact]:
    """The numbers of one side of an option that stand on one of the scales, as on the page."""
    part = option.page.part(side)
    named = dict.fromkeys(
        fact
        for block in (part.blocks if part else ())
        for fact in (block.facts if isinstance(block, Html) else (block.fact,))
    )
    facts = (library.facts[name] for name in named)
    return [fact for fact in facts if scale_of(fact)]


def choices(facts: Sequence[Fact], place: str) -> dict[str, Fact]:
    """The number for a place on each scale, the better one first.

    One about this place comes before one about none; of these the one that leads its option, then
    the most careful. None is open or uncontrolled where one against a fake treatment is about the
    same thing.
    """
    here = [fact for fact in facts if holds(fact, place)]
    able = [fact for fact in here if not outdone(fact, here)]
    found: dict[str, Fact] = {}
    for fact in sorted(able, key=lambda f: (not f.places, not f.leads, *care(f))):
        found.setdefault(str(scale_of(fact)), fact)
    return found


def common_scale(chosen: Iterable[Mapping[str, Fact]]) -> str | None:
    """The scale on which each option that has a number has one as careful as its best; the one
    that more options lead with. None where there is none.
    """
    found = [each for each in chosen if each]
    able = [scale for scale in SCALES if all(as_careful(each, scale) for each in found)]
    first = [next(iter(each)) for each in found]
    return max(able, key=first.count, default=None)


def as_careful(chosen: Mapping[str, Fact], scale: str) -> bool:
    """True where the number on this scale is as careful as the better one."""
    best = next(iter(chosen.values()))
    return scale in chosen and (chosen[scale].controlled or not best.controlled)


def worst_beside(facts: Sequence[Fact], place: str, shown: Fact) -> Fact | None:
    """The worst harm that is told beside the one shown: a death, or serious harm, on the scale of
    people. None where the shown one is as bad.
    """
    here = [f for f in facts if holds(f, place) and scale_of(f) == PEOPLE]
    worst = min(here, key=lambda f: (severity(f), not f.places, *care(f)), default=None)
    if worst is None or severity(worst) > 1 or severity(worst) >= severity(shown):
        return None
    return worst


def gap_of(fact: Fact) -> float | None:
    """How much better points of 100 were than in the other group, never below zero; None where
    there was no other group.
    """
    if scale_of(fact) != POINTS or isinstance(fact.value, str | tuple):
        return None
    if isinstance(fact.versus, int | float):
        lower = fact.better == "lower"
        better = fact.versus > fact.value if lower else fact.value > fact.versus
        return (fact.shown_gap or 0) if better else 0
    if fact.comparator in ("", "none", "before", "other-people"):
        return None
    # The value is the gap itself: of something that is better lower it is a loss.
    return 0 if fact.better == "lower" else fact.shown_gap or fact.of_hundred(fact.value)


def named_places(library: Library) -> list[str]:
    """The places that numbers can be about, in the order of the question."""
    words = library.questions[PLACE].choices
    return [place for place in words if words[place].named]


def places_compared(library: Library, options: Sequence[OptionPage]) -> list[str]:
    """The places for which the most of these options have a number under gains, then one of their
    own, then a number under harms; in the order of the question. None where no option has any.
    """
    order = named_places(library)
    known = [{side: comparable(library, each, side) for side in SIDES} for each in options]

    def score(place: str) -> tuple[int, int, int]:
        gains, harms, own = 0, 0, 0
        for each in known:
            gains += any(holds(fact, place) for fact in each["gains"])
            harms += any(holds(fact, place) for fact in each["harms"])
            own += any(place in fact.places for fact in each["gains"])
        return gains, own, harms

    scores = {place: score(place) for place in order}
    best = max(scores.values(), default=(0, 0, 0))
    return [place for place in order if any(best) and scores[place] == best]
