"""Which numbers of an option become a picture, and in which order they stand."""

from dataclasses import replace
from datetime import date

import pytest

from treatment_guide.library.model import Fact
from treatment_guide.reading.option.fact_forms import ONE, PAIR, ROW, WORDS, alone, forms, leading

DAY = date(2026, 11, 30)
#: A count in one group.
COUNT = Fact(
    *("count", "of-100", 30, None, "3 months", 100, ("a-trial",), "low", DAY, DAY, "Thirty.", ""),
    *("adults", "With it", "Without", ""),
    comparator="none",
    places=("knee",),
)
SHAM = replace(COUNT, id="sham", versus=20, comparator="sham")
OPEN = replace(COUNT, id="open", versus=10, comparator="other-care", certainty="high")
POINTS = replace(SHAM, id="points", kind="points", value=2.1, versus=1.8, scale=10)


def drawn(*facts: Fact, most: int = 2) -> dict[str, str]:
    """The facts of one side that are shown as a picture, with their forms."""
    return {name: form for name, form in forms(facts, most).items() if form in (PAIR, ONE)}


def test_the_most_careful_comparison_gets_the_pictures() -> None:
    """An open trial, however sure, is a row beside the one against a fake treatment."""
    assert drawn(OPEN, SHAM) == {"sham": PAIR}


def test_an_open_trial_is_no_picture_beside_a_fake_one_that_cannot_be_drawn() -> None:
    """A number against a fake treatment with one side alone is a row; so is the open one then."""
    assert drawn(OPEN, replace(SHAM, versus=None, kind="points", scale=10)) == {}


def test_a_number_about_something_else_is_not_outdone() -> None:
    """A trial of another treatment on the same page does not take the picture away."""
    sham = replace(SHAM, versus=None, kind="points", scale=10, subject="heat")

    assert drawn(replace(OPEN, subject="cold"), sham) == {"open": PAIR}


def test_the_number_that_leads_gets_the_pictures() -> None:
    """An editor may say which number leads."""
    assert drawn(SHAM, replace(POINTS, leads=True)) == {"points": PAIR}


def test_without_a_comparison_the_two_largest_counts_are_drawn() -> None:
    """At most two pictures a side, so that neither side drowns the other."""
    small, large = replace(COUNT, id="small", value=2), replace(COUNT, id="large", value=60)

    assert drawn(small, COUNT, large) == {"count": ONE, "large": ONE}
    assert drawn(small, COUNT, large, most=1) == {"large": ONE}


def test_nobody_is_never_drawn() -> None:
    """A picture with nobody in it would say that it cannot happen."""
    assert drawn(replace(SHAM, value=0), replace(SHAM, id="b", versus=0)) == {}
    assert drawn(replace(COUNT, value=0)) == {}


@pytest.mark.parametrize(
    "fact",
    [
        replace(COUNT, kind="of-1000", value=4),
        replace(COUNT, value=(6, 10)),
        replace(POINTS, versus=None),
    ],
    ids=["under one of a hundred", "a range", "points of one side"],
)
def test_what_has_no_picture_is_a_row(fact: Fact) -> None:
    """Small counts, ranges and lone points stand as a number with words."""
    assert forms([fact]) == {fact.id: ROW}


def test_a_time_or_a_price_is_words() -> None:
    """A duration has no number of a hundred."""
    days = replace(COUNT, kind="duration", value="3 days")

    assert forms([days]) == {"count": WORDS}
    assert alone(days) == WORDS


@pytest.mark.parametrize(("fact", "form"), [(SHAM, PAIR), (POINTS, PAIR), (COUNT, ONE)])
def test_a_fact_by_itself_has_its_own_form(fact: Fact, form: str) -> None:
    """On a topic there are no sides: each number is drawn as it can be."""
    assert alone(fact) == form


def test_the_fact_table_is_led_by_the_most_careful_number() -> None:
    """Sham or placebo before open care, then the surer, then the larger; a mark of an editor wins."""
    larger = replace(SHAM, id="larger", people=900)
    surer = replace(SHAM, id="surer", certainty="moderate")

    assert leading([OPEN, SHAM, larger]) == larger
    assert leading([OPEN, larger, surer]) == surer
    assert leading([larger, replace(OPEN, leads=True)]) == replace(OPEN, leads=True)
    assert leading([]) is None
