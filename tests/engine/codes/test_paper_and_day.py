"""What a code on paper leaves out, and the day of the answers in a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.codes.shared import Drawn, Relaid, Say, quick, refusal
from treatment_guide.engine.answers import NONE, Answers
from treatment_guide.engine.code import (
    DAY_SPAN,
    Layout,
    day_number,
    decode,
    encode,
    lapsed,
    still_today,
)
from treatment_guide.engine.guide import Guide


@quick
@given(data=st.data())
def test_paper_drops_what_is_about_now(
    any_answers: Drawn[Answers], guide: Guide, layout: Layout, data: st.DataObject
):
    """A printed code carries no danger sign and no day: both are about today."""
    answers = data.draw(any_answers)

    printed = decode(layout, guide.questions, encode(layout, answers, day=77, paper=True))

    assert (printed.day, {"urgent", "urgent-here"} & printed.answers.keys()) == (None, set())


@quick
@given(data=st.data())
def test_paper_keeps_everything_else(
    any_answers: Drawn[Answers], guide: Guide, layout: Layout, data: st.DataObject
):
    """A printed code carries every answer that is not about today, and the clinic."""
    answers = data.draw(any_answers)
    lasting = {q: chosen for q, chosen in answers.items() if q not in ("urgent", "urgent-here")}

    printed = decode(layout, guide.questions, encode(layout, answers, day=77, clinic=5, paper=True))

    assert (printed.answers, printed.clinic) == (lasting, 5)


def test_paper_drops_any_field_that_is_about_now(
    guide: Guide, layout: Layout, with_field: Relaid, say: Say
):
    """Which questions are about today is said in the layout, and not only of danger signs."""
    about_today = with_field(layout, "scan", now=True)
    answers = say(place="knee", scan="mild")

    code = encode(about_today, answers, paper=True)

    assert decode(about_today, guide.questions, code).answers == say(place="knee")


#: The first day whose number is used a second time.
ROUND = DAY_SPAN


#: Every day that codes are tried with: the whole span, from a clock 11 years behind on.
DAYS = range(-11 * 365, DAY_SPAN - 11 * 365)


def test_the_days_of_a_code_span_42_years():
    """The two fields of the day tell 15,345 days apart: more than 42 years."""
    assert (DAY_SPAN, DAY_SPAN // 365.25) == (1023 * 15, 42)


def test_every_day_of_the_span_has_a_code_of_its_own(guide: Guide, layout: Layout, say: Say):
    """No two days of the span share a code, and the code says the day it was made on."""
    codes = {day: encode(layout, say(urgent=NONE), day=day) for day in DAYS}
    back = {decode(layout, guide.questions, code).day: day for day, code in codes.items()}

    assert len(set(codes.values())) == len(DAYS)
    assert back == {day_number(day): day for day in DAYS}


@pytest.mark.parametrize(
    "today", [DAYS[1], -1, 0, 1, 5, 1022, 1023, 1024, 1028, 2046, DAYS[-1]], ids=str
)
def test_of_all_days_in_the_span_only_today_and_yesterday_hold(today: int):
    """Whatever day it is, of every day of the span only two are taken for today."""
    held = {day for day in DAYS if still_today(day_number(day), today)}

    assert held == {today, today - 1}


@pytest.mark.parametrize("today", [5, ROUND - 1, ROUND, ROUND + 1, 2 * ROUND], ids=str)
@pytest.mark.parametrize(
    ("ago", "holds"),
    [(0, True), (1, True), (2, False), (3, False), (30, False), (1023, False), (-1, False)],
    ids=["today", "yesterday", "2 days", "3 days", "30 days", "1,023 days", "tomorrow"],
)
def test_danger_signs_hold_today_and_tomorrow(today: int, ago: int, *, holds: bool):
    """Danger signs answered today or yesterday hold; any other day has lapsed, also where the
    count of days starts over.
    """
    assert still_today(day_number(today - ago), today) is holds


def test_danger_signs_answered_on_the_first_day_of_all_hold_on_it():
    """On the first day there is no yesterday to trip over."""
    assert still_today(day_number(0), 0)


def test_danger_signs_without_a_day_do_not_hold():
    """A code without a day, as from paper, has its danger signs asked again."""
    assert still_today(None, 5) is False


@quick
@given(today=st.integers(-20_000, 20_000), ago=st.integers(2, DAY_SPAN - 1))
def test_day_lapses_for_42_years(today: int, ago: int):
    """A day that is over never holds again before the count of days comes round."""
    assert not still_today(day_number(today - ago), today)


@quick
@given(today=st.integers(1, 20_000), ago=st.integers(0, 1))
def test_day_holds_through_a_code(guide: Guide, layout: Layout, say: Say, today: int, ago: int):
    """A day that went through a code today or yesterday is still recognized."""
    code = encode(layout, say(urgent=NONE), day=today - ago)

    assert still_today(decode(layout, guide.questions, code).day, today)


@quick
@given(low=st.integers(1, 1023))
def test_a_code_of_the_first_release_has_no_day(
    guide: Guide, layout: Layout, with_field: Relaid, say: Say, low: int
):
    """The lower field alone may stand for any of many days, so it stands for none. All other
    answers of such a code are read.
    """
    answers = say(urgent=NONE, place="knee")
    first_release = with_field(layout, "day", name="old-day", numbers={"it": low})
    code = encode(first_release, {**answers, "old-day": frozenset({"it"})})

    decoded = decode(layout, guide.questions, code)

    assert (decoded.day, decoded.answers) == (None, answers)


@pytest.mark.parametrize("high", range(1, 16))
def test_the_higher_field_of_the_day_alone_was_never_issued(
    guide: Guide, layout: Layout, with_field: Relaid, high: int
):
    """No release gives out half a day."""
    later = with_field(layout, "day-high", name="newer", numbers={"it": high})

    assert refusal(layout, guide, encode(later, {"newer": frozenset({"it"})})) == "never issued"


@quick
@given(data=st.data(), day=st.integers(0, 20_000), ago=st.integers(0, 1))
def test_answers_about_today_hold_for_a_day(
    any_answers: Drawn[Answers],
    guide: Guide,
    layout: Layout,
    data: st.DataObject,
    day: int,
    ago: int,
):
    """On the day of a code and on the next, everything in it counts."""
    code = encode(layout, data.draw(any_answers), day=day)
    decoded = decode(layout, guide.questions, code)

    assert lapsed(layout, decoded, day + ago) == decoded


@quick
@given(
    data=st.data(),
    day=st.none() | st.integers(0, 20_000),
    ago=st.integers(2, DAY_SPAN - 1),
    now=st.sets(st.sampled_from(["tried", "scan", "matters"])),
)
def test_answers_about_today_lapse_with_their_day(
    any_answers: Drawn[Answers],
    guide: Guide,
    layout: Layout,
    with_field: Relaid,
    data: st.DataObject,
    day: int | None,
    ago: int,
    now: set[str],
):
    """Once its day has passed, or where there is none, exactly the fields that the layout says
    are about today drop out of a code, whatever they are; every other answer stays.
    """
    for name in now:
        layout = with_field(layout, name, now=True)
    decoded = decode(layout, guide.questions, encode(layout, data.draw(any_answers), day=day))

    found = lapsed(layout, decoded, (day or 0) + ago)

    gone = {"urgent", "urgent-here", *now}
    kept = {name: chosen for name, chosen in decoded.answers.items() if name not in gone}
    assert (dict(found.answers), found.day) == (kept, None)
