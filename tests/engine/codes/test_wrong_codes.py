"""Codes with a slip of the pen, numbers that were never given, and choices that are gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.codes.shared import Drawn, Relaid, Say, made, quick, refusal
from treatment_guide.engine.answers import NONE, NOT_SURE, Answers
from treatment_guide.engine.code import (
    ALPHABET,
    Field,
    Layout,
    check_character,
    decode,
    encode,
)
from treatment_guide.engine.guide import Guide

#: The longest body a code is tried with: some room beyond what the real layout needs.
LONGEST_BODY = 45


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
