"""Answering: a new answer beside those before it, what is set aside and comes back, danger signs."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine import reference
from treatment_guide.engine.answers import (
    NONE,
    Answers,
    answer,
    effective,
    set_aside,
    signs,
)
from treatment_guide.engine.compiled.bits import each_bit
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known

Say = Callable[..., Answers]

quick = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def any_history(guide: Guide) -> st.SearchStrategy[Answers]:
    """Answers given one after another, in any order, changed and taken back."""
    forms = [
        (question.id, ticked)
        for question in guide.questions.values()
        for size in range(len(question.choices) + 1)
        for ticked in combinations(question.choices, size)
    ]

    def given_in_turn(history: list[tuple[str, tuple[str, ...]]]) -> Answers:
        return reduce(lambda answers, form: answer(guide.questions, answers, *form), history, {})

    return st.lists(st.sampled_from(forms), max_size=10).map(given_in_turn)


# --- answering ------------------------------------------------------------------------------


def test_nothing_chosen_means_unanswered(guide: Guide, say: Say):
    """Sending an empty form takes the answer back."""
    assert answer(guide.questions, say(scan="mild"), "scan", []) == {}


def test_new_answer_replaces_the_old_one(guide: Guide, say: Say):
    """A question holds the last answer given to it."""
    assert answer(guide.questions, say(scan="mild"), "scan", ["advanced"]) == say(scan="advanced")


def test_answering_leaves_the_old_answers_untouched(guide: Guide, say: Say):
    """New answers are made beside the old ones, which stay as they were."""
    before = say(place="knee")

    answer(guide.questions, before, "place", ["back"])

    assert before == say(place="knee")


def test_changing_the_place_takes_its_danger_signs_away(guide: Guide, say: Say):
    """ "None of these" for a knee says nothing about a back, so it is asked again."""
    before = say(place="knee", urgent_here=NONE)

    assert answer(guide.questions, before, "place", ["back"]) == say(place="back")


def test_taking_the_place_back_takes_its_danger_signs_away(guide: Guide, say: Say):
    """Signs asked because of a place do not outlive the place."""
    before = say(place="knee", urgent_here=NONE)

    assert answer(guide.questions, before, "place", []) == {}


def test_saying_the_same_place_again_keeps_its_danger_signs(guide: Guide, say: Say):
    """Going back and on without a change asks nothing again."""
    before = say(place="knee", urgent_here=NONE)

    assert answer(guide.questions, before, "place", ["knee"]) == before


def test_changing_the_place_keeps_the_danger_signs_of_everyone(guide: Guide, say: Say):
    """Danger signs that do not hang on the place are not asked again because of it."""
    before = say(urgent=NONE, place="knee")

    assert answer(guide.questions, before, "place", ["back"])["urgent"] == {NONE}


def test_changing_something_else_keeps_the_danger_signs_of_the_place(guide: Guide, say: Say):
    """Only a change of place touches the signs of the place."""
    before = say(place="knee", urgent_here=NONE)

    assert answer(guide.questions, before, "cause", ["strain"])["urgent-here"] == {NONE}


# --- set aside, and back --------------------------------------------------------------------


def test_cause_is_set_aside_when_the_place_no_longer_offers_it(guide: Guide, say: Say):
    """A changed place takes the cause out of what counts."""
    answers = answer(guide.questions, say(place="knee", cause="arthritis"), "place", ["back"])

    assert effective(guide.questions, answers) == say(place="back")


def test_what_is_set_aside_is_not_lost(guide: Guide, say: Say):
    """What does not count at present is kept and can be shown."""
    answers = answer(guide.questions, say(place="knee", cause="arthritis"), "place", ["back"])

    assert set_aside(guide.questions, answers) == say(cause="arthritis")


def test_what_was_set_aside_comes_back_with_the_place(guide: Guide, say: Say):
    """Changing the place back brings the cause back."""
    before = say(place="knee", cause="arthritis")

    changed = answer(guide.questions, before, "place", ["back"])
    back = answer(guide.questions, changed, "place", ["knee"])

    assert effective(guide.questions, back) == before


def test_none_that_gave_way_is_not_shown_as_set_aside(guide: Guide, say: Say):
    """A "none of these" beside a choice has no meaning to keep."""
    assert set_aside(guide.questions, say(tried=[NONE, "exercise"])) == {}


@quick
@given(data=st.data())
def test_what_counts_stays_the_same_when_counted_again(
    guide: Guide, any_history: st.SearchStrategy[Answers], data: st.DataObject
):
    """Leaving out what does not count leaves nothing further to leave out."""
    counted = effective(guide.questions, data.draw(any_history))

    assert effective(guide.questions, counted) == counted


@quick
@given(data=st.data())
def test_every_answer_either_counts_or_is_set_aside(
    guide: Guide, any_history: st.SearchStrategy[Answers], data: st.DataObject
):
    """No answer is lost: what was chosen counts, or is set aside, and never both."""
    answers = data.draw(any_history)
    counted = effective(guide.questions, answers)
    aside = set_aside(guide.questions, answers)

    pairs = [{(q, c) for q, chosen in each.items() for c in chosen} for each in (counted, aside)]

    assert sorted([*pairs[0], *pairs[1]]) == sorted((q, c) for q in answers for c in answers[q])


@quick
@given(data=st.data())
def test_nothing_is_both_affirmed_and_denied(
    guide: Guide, any_history: st.SearchStrategy[Answers], data: st.DataObject
):
    """What answers let us know never contradicts itself."""
    bits = guide.compiled.bits
    known = Known(bits, bits.chosen(data.draw(any_history)))

    assert known.chosen & ~known.possible == 0


@quick
@given(data=st.data())
def test_the_bits_of_answers_are_those_that_count(
    guide: Guide, any_ticks: st.SearchStrategy[Answers], data: st.DataObject
):
    """Whatever is ticked, the integers hold the answers that count, and no other."""
    ticked = data.draw(any_ticks)
    bits = guide.compiled.bits

    assert bits.answers(bits.chosen(ticked)) == effective(guide.questions, ticked)


@quick
@given(data=st.data())
def test_what_is_possible_is_what_is_not_ruled_out(
    guide: Guide, any_ticks: st.SearchStrategy[Answers], data: st.DataObject
):
    """For each question the integers rule out the choices that the reference rules out."""
    ticked = data.draw(any_ticks)
    bits = guide.compiled.bits
    known = Known(bits, bits.chosen(ticked))
    counted = effective(guide.questions, ticked)
    by_hand = reference.Known(guide.questions, counted)

    for name, question in guide.questions.items():
        left = {c for c in question.choices if bits.by_id[name].choices[c] & known.possible}
        assert left == set(question.choices) - by_hand.ruled_out(name) | counted.get(name, set())


@quick
@given(data=st.data())
def test_another_answer_makes_known_what_it_would_have_from_the_start(
    guide: Guide, any_ticks: st.SearchStrategy[Answers], data: st.DataObject
):
    """An answer put in the place of another leaves nothing behind of the old one."""
    bits = guide.compiled.bits
    counted = effective(guide.questions, data.draw(any_ticks))
    question = bits.by_id[data.draw(st.sampled_from(list(guide.questions)))]
    offered = question.offered_to(bits.chosen(counted))
    choice = data.draw(st.sampled_from([bit for bit in each_bit(offered)]))
    name = next(c for c, bit in question.choices.items() if bit == choice)

    found = Known(bits, bits.chosen(counted)).answering(question, choice)
    fresh = Known(bits, bits.chosen({**counted, question.id: frozenset({name})}))

    assert (found.chosen, found.possible) == (fresh.chosen, fresh.possible)


# --- danger signs ---------------------------------------------------------------------------


def test_danger_signs_are_found_by_level(guide: Guide, say: Say):
    """Every ticked sign stands under its level."""
    found = signs(guide.questions, say(urgent=["slow", "fever", "collapse", "unsafe"]))

    assert found == {"emergency": ("collapse", "unsafe"), "today": ("fever",), "days": ("slow",)}


def test_the_most_urgent_level_comes_first(guide: Guide, say: Say):
    """Whatever the order of the questions, an emergency is named before all else."""
    found = signs(
        guide.questions, say(urgent=["slow", "fever"], place="back", urgent_here="bladder")
    )

    assert list(found) == ["emergency", "today", "days"]


def test_none_is_no_danger_sign(guide: Guide, say: Say):
    """ "None of these" leads nowhere."""
    assert signs(guide.questions, say(urgent=NONE)) == {}


def test_danger_sign_of_another_place_does_not_count(guide: Guide, say: Say):
    """A sign that is not asked at this place is not taken as ticked."""
    assert signs(guide.questions, say(place="knee", urgent_here="bladder")) == {}


@pytest.mark.parametrize("sign", ["pop", "bladder"])
def test_danger_signs_of_every_place_count_while_the_place_is_open(
    guide: Guide, say: Say, sign: str
):
    """Someone who has not said where is asked for every place's signs."""
    found = signs(guide.questions, say(urgent_here=sign))

    assert [ticked for level in found.values() for ticked in level] == [sign]
