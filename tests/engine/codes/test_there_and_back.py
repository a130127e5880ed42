"""Answers to code to answers, as people type a code and as it is printed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.codes.shared import Drawn, Say, quick, refusal
from treatment_guide.engine.answers import NONE, Answers
from treatment_guide.engine.code import (
    ALPHABET,
    DAY_SPAN,
    Layout,
    day_number,
    decode,
    encode,
    grouped,
    normal_form,
)
from treatment_guide.engine.guide import Guide


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
