"""The answer code: answers as a short word that can be typed from paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatment_guide.engine.answers import NONE, NOT_SURE, Answers
from treatment_guide.engine.code import (
    ALPHABET,
    DAY_SPAN,
    Field,
    Layout,
    WrongCode,
    check_character,
    day_number,
    decode,
    encode,
    grouped,
    lapsed,
    normal_form,
    still_today,
)
from treatment_guide.engine.guide import Guide

Say = Callable[..., Answers]
Relaid = Callable[..., Layout]
Drawn = st.SearchStrategy

quick = settings(max_examples=40, deadline=None)

#: The longest body a code is tried with: some room beyond what the real layout needs.
LONGEST_BODY = 45


@pytest.fixture(scope="module")
def any_code(layout: Layout, any_answers: Drawn[Answers]) -> Drawn[str]:
    """The codes of any answers, with or without a day and a clinic."""
    days = st.none() | st.integers(0, 5000)
    clinics = st.none() | st.integers(1, 31)
    return st.builds(
        lambda answers, day, clinic: encode(layout, answers, day=day, clinic=clinic),
        any_answers,
        days,
        clinics,
    )


def refusal(layout: Layout, guide: Guide, text: str) -> str | None:
    """Why a text is refused as a code; None when it is taken."""
    try:
        decode(layout, guide.questions, text)
    except WrongCode as wrong:
        return wrong.why
    return None


def made(body: str) -> str:
    """A body with its right check character."""
    return body + check_character(body)


# --- there and back -------------------------------------------------------------------------


@quick
@given(data=st.data())
def test_answers_come_back_from_their_code(
    any_answers: Drawn[Answers], guide: Guide, layout: Layout, data: st.DataObject
):
    """A code says exactly the answers it was made of, but for what is stored nowhere."""
    answers = data.draw(any_answers)
    stored = {q: chosen - guide.questions[q].never_stored for q, chosen in answers.items()}

    decoded = decode(layout, guide.questions, encode(layout, answers)).answers

    assert decoded == {q: chosen for q, chosen in stored.items() if chosen}


@quick
@given(data=st.data())
def test_code_comes_back_from_its_answers(
    any_code: Drawn[str], guide: Guide, layout: Layout, data: st.DataObject
):
    """A set of answers has one code and no other."""
    code = data.draw(any_code)
    decoded = decode(layout, guide.questions, code)

    again = encode(layout, decoded.answers, day=decoded.day, clinic=decoded.clinic)

    assert again == code


@quick
@given(clinic=st.integers(1, 31), day=st.integers(0, 3 * DAY_SPAN))
def test_day_and_clinic_come_back_from_their_code(
    guide: Guide, layout: Layout, clinic: int, day: int
):
    """A code says which clinic it is from and on which day the danger signs were answered."""
    decoded = decode(layout, guide.questions, encode(layout, {}, day=day, clinic=clinic))

    assert (decoded.day, decoded.clinic) == (day_number(day), clinic)


def test_first_day_is_not_taken_for_no_day(guide: Guide, layout: Layout):
    """Danger signs answered on the very first day have a day."""
    assert decode(layout, guide.questions, encode(layout, {}, day=0)).day == 0


def test_no_answers_make_the_shortest_code(guide: Guide, layout: Layout):
    """Somebody who has said nothing has a code of one character, which says nothing."""
    code = encode(layout, {})

    assert (code, decode(layout, guide.questions, code).answers) == ("0", {})


def test_early_answers_make_a_short_code(layout: Layout, say: Say):
    """What a clinic prints, place and cause, needs few characters: trailing zeros are dropped."""
    assert len(encode(layout, say(place="knee", cause="arthritis"))) <= 3


def test_self_harm_is_stored_nowhere(layout: Layout, say: Say):
    """Thoughts of self-harm leave no trace in any code."""
    assert encode(layout, say(urgent="unsafe")) == encode(layout, {})


def test_answers_come_back_in_the_order_of_the_questions(guide: Guide, layout: Layout, say: Say):
    """The order of a code's fields does not show: answers stand in the order they are asked."""
    code = encode(layout, say(tried="brace", urgent=NONE, place="knee"))

    assert list(decode(layout, guide.questions, code).answers) == ["urgent", "place", "tried"]


# --- read kindly ----------------------------------------------------------------------------


def spellings(char: str) -> list[str]:
    """The ways in which people type one character of a code."""
    return {"0": ["0", "o", "O"], "1": ["1", "i", "I", "l", "L"]}.get(char, [char, char.upper()])


@quick
@given(data=st.data())
def test_code_is_read_as_people_type_it(any_code: Drawn[str], data: st.DataObject):
    """Capitals, O for 0, I or L for 1, hyphens and spaces anywhere make no difference."""
    code = data.draw(any_code)
    between = st.sampled_from(["", "", "-", " ", " - ", "_"])
    typed = "".join(data.draw(between) + data.draw(st.sampled_from(spellings(c))) for c in code)

    assert normal_form(typed + data.draw(between)) == code


@pytest.mark.parametrize(
    "char", [c for c in ALPHABET if c not in "01"], ids=lambda char: f"read-{char}"
)
def test_other_characters_stand_for_themselves_only(char: str):
    """No other character is read as a different one."""
    assert normal_form(char) == char


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "length"),
        ("  ", "length"),
        ("-", "length"),
        ("0" * 81, "length"),
        ("knu0", "letters"),
        ("10*", "letters"),
        ("10/0", "letters"),
        ("1ö0", "letters"),
        ("10\N{FULLWIDTH DIGIT ONE}", "letters"),
    ],
    ids=["empty", "spaces", "hyphen", "too long", "U", "star", "slash", "umlaut", "wide digit"],
)
def test_text_that_is_no_code_is_refused(guide: Guide, layout: Layout, text: str, why: str):
    """What cannot be a code is refused with the kind of fault."""
    assert refusal(layout, guide, text) == why


# --- wrong codes ----------------------------------------------------------------------------


@quick
@given(data=st.data())
def test_every_single_wrong_character_is_refused(
    any_code: Drawn[str], guide: Guide, layout: Layout, data: st.DataObject
):
    """One character mistyped, wherever it stands, never makes another valid code."""
    code = data.draw(any_code)

    taken = [
        wrong
        for i, right in enumerate(code)
        for char in ALPHABET
        if char != right
        and refusal(layout, guide, wrong := code[:i] + char + code[i + 1 :]) is None
    ]

    assert taken == []


@quick
@given(data=st.data())
def test_every_swap_of_neighbors_is_refused(
    any_code: Drawn[str], guide: Guide, layout: Layout, data: st.DataObject
):
    """Two neighboring characters typed in the wrong order never make another valid code."""
    code = data.draw(any_code)

    taken = [
        wrong for wrong in swaps(code) if wrong != code and refusal(layout, guide, wrong) is None
    ]

    assert taken == []


@pytest.mark.parametrize("length", range(1, LONGEST_BODY + 1))
def test_check_character_finds_every_swap_at_every_length(length: int):
    """However long a code is, its check character tells any two neighbors in the wrong order."""
    code = made((ALPHABET * 2)[1 : length + 1])

    missed = [wrong for wrong in swaps(code) if wrong != code and made(wrong[:-1]) == wrong]

    assert missed == []


@pytest.mark.parametrize("length", range(1, LONGEST_BODY + 1))
def test_check_character_finds_every_wrong_character_at_every_length(length: int):
    """However long a code is, its check character tells any single wrong character."""
    body = (ALPHABET * 2)[1 : length + 1]

    missed = [
        (i, char)
        for i in range(length)
        for char in ALPHABET
        if char != body[i]
        and check_character(body[:i] + char + body[i + 1 :]) == check_character(body)
    ]

    assert missed == []


def swaps(code: str) -> list[str]:
    """The code with each two neighbors swapped."""
    return [code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(len(code) - 1)]


@quick
@given(data=st.data(), zeros=st.integers(1, 3))
def test_trailing_zero_is_refused(
    any_code: Drawn[str], guide: Guide, layout: Layout, data: st.DataObject, zeros: int
):
    """A code has one spelling: zeros that could be left out are refused."""
    body = data.draw(any_code)[:-1]

    assert refusal(layout, guide, made(body + "0" * zeros)) == "form"


@pytest.mark.parametrize("text", ["00", "000"])
def test_zeros_alone_are_refused(guide: Guide, layout: Layout, text: str):
    """Only one zero is the code of no answers."""
    assert refusal(layout, guide, text) == "form"


def test_longer_code_than_the_layout_is_refused(guide: Guide, layout: Layout):
    """A code with more characters than there are fields was never issued."""
    assert refusal(layout, guide, made("1" * 12)) == "length"


# --- numbers that were never given, and retired ones ----------------------------------------


@pytest.mark.parametrize(
    ("field", "later"),
    [
        ("place", {"elbow": 4}),
        ("cause", {"gout": 15}),
        ("scan", {"tear": 4}),
        ("tried", {"gel": 5}),
    ],
    ids=["place", "cause", "scan", "one of several"],
)
def test_number_that_was_never_issued_is_refused(
    guide: Guide, layout: Layout, with_field: Relaid, field: str, later: dict[str, int]
):
    """A code from a release that knows more choices is refused, never guessed at."""
    later_release = with_field(layout, field, numbers=later)
    code = encode(later_release, {field: frozenset(later)})

    assert refusal(layout, guide, code) == "never issued"


def test_unissued_number_beside_an_issued_one_is_refused(
    guide: Guide, layout: Layout, with_field: Relaid, say: Say
):
    """One unknown choice among known ones is enough to refuse the code."""
    later_release = with_field(layout, "tried", numbers={"exercise": 2, "gel": 5})
    code = encode(later_release, say(tried=["exercise", "gel"]))

    assert refusal(layout, guide, code) == "never issued"


def test_spare_bits_have_to_be_empty(guide: Guide, layout: Layout, with_field: Relaid):
    """Room kept for later years holds nothing today."""
    later_release = with_field(layout, "spare", name="newer", numbers={"a choice": 1})
    code = encode(later_release, {"newer": frozenset({"a choice"})})

    assert refusal(layout, guide, code) == "never issued"


@pytest.mark.parametrize(
    ("field", "retired", "left"),
    [("scan", "mild", {}), ("tried", "brace", {"tried": frozenset({"exercise"})})],
    ids=["only choice", "one of several"],
)
def test_retired_choice_decodes_to_nothing(
    guide: Guide,
    layout: Layout,
    with_field: Relaid,
    field: str,
    retired: str,
    left: Answers,
):
    """An old code with a choice that is no longer offered is read without it."""
    chosen = frozenset({retired}) if field == "scan" else frozenset({retired, "exercise"})
    code = encode(layout, {field: chosen})
    numbers = dict(next(f.numbers for f in layout.fields if f.name == field))
    number = numbers.pop(retired)
    today = with_field(layout, field, numbers=numbers, retired=frozenset({number}))

    assert decode(today, guide.questions, code).answers == left


def test_retired_choice_leaves_the_other_answers(
    guide: Guide, layout: Layout, with_field: Relaid, say: Say
):
    """What else an old code says is read as before."""
    code = encode(layout, say(scan="mild", place="knee"))
    numbers = {"advanced": 2, NOT_SURE: 3}
    today = with_field(layout, "scan", numbers=numbers, retired=frozenset({1}))

    assert decode(today, guide.questions, code).answers == say(place="knee")


def test_later_release_reads_an_older_code(guide: Guide, layout: Layout, say: Say):
    """A block added at the end changes no code that was printed before."""
    answers = say(place="back", cause="disc", urgent=NONE, urgent_here=NONE)
    longer = Layout((*layout.blocks, (Field("newer", 5, numbers={"a choice": 1}),)))

    assert decode(longer, guide.questions, encode(layout, answers, day=3)).answers == answers


# --- paper ----------------------------------------------------------------------------------


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


# --- the day --------------------------------------------------------------------------------

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


# --- in print -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "printed"),
    [("0", "0"), ("10m0", "10m0"), ("10m04", "10m0-4"), ("10m004k9x", "10m0-04k9-x")],
)
def test_code_is_printed_in_fours(code: str, printed: str):
    """A printed code is easy to copy: hyphens after every four characters."""
    assert grouped(code) == printed


@quick
@given(data=st.data())
def test_printed_code_is_the_same_code(any_code: Drawn[str], data: st.DataObject):
    """The hyphens in print make no difference when the code is typed with them."""
    code = data.draw(any_code)

    assert normal_form(grouped(code)) == code


@quick
@given(data=st.data())
def test_code_holds_nothing_but_small_letters_and_digits(any_code: Drawn[str], data: st.DataObject):
    """A code can stand in an address as it is, and has no letter that looks like a digit."""
    assert re.fullmatch(f"[{ALPHABET}]+", data.draw(any_code))


def test_alphabet_has_no_letter_that_is_misread():
    """I, L and O look like digits, and U makes words: no code has them."""
    assert set("abcdefghijklmnopqrstuvwxyz") - set(ALPHABET) == set("ilou")
