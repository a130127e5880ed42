"""Which questions settled a condition, and which still can."""

from __future__ import annotations

from hypothesis import given

from tests.engine.conditions.made_up import (
    Made,
    conditions,
    quick,
    resolutions,
    settled_by,
    truth,
    truths,
    unsettled,
)
from treatment_guide.engine.conditions import (
    Condition,
    questions_in,
)


@quick
@given(conditions, truths)
def test_unsettled_names_questions_exactly_when_the_condition_is_unknown(
    condition: Condition, known: Made
):
    """A question is named as still open when the condition is open, and only then."""
    assert bool(unsettled(condition, known)) == (truth(condition, known) is None)


@quick
@given(conditions, truths)
def test_settled_by_is_empty_while_the_condition_is_unknown(condition: Condition, known: Made):
    """No answer is named as the reason for what is still unknown."""
    assert truth(condition, known) is not None or not settled_by(condition, known)


@quick
@given(conditions, truths)
def test_settled_by_and_unsettled_never_both_name_questions(condition: Condition, known: Made):
    """A condition is settled by answers or open to answers, never both."""
    assert not (settled_by(condition, known) and unsettled(condition, known))


@quick
@given(conditions, truths)
def test_settled_by_names_answers_that_are_enough(condition: Condition, known: Made):
    """The answers named as the reason settle the condition alone, with all others unknown."""
    value = truth(condition, known)

    alone = truth(condition, known.only(settled_by(condition, known)))

    assert alone is value


@quick
@given(conditions, truths, resolutions)
def test_unsettled_names_questions_that_are_enough(
    condition: Condition, known: Made, more: tuple[bool, ...]
):
    """Answering the questions named as open settles the condition, with no other answer."""
    answered = known.resolved(more, unsettled(condition, known))

    assert truth(condition, answered) is not None


@quick
@given(conditions, truths)
def test_only_questions_that_a_condition_mentions_are_named(condition: Condition, known: Made):
    """A rule never blames or asks a question that does not stand in it."""
    named = settled_by(condition, known) | unsettled(condition, known)

    assert named <= questions_in(condition)
