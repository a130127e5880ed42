"""One question at most decides what others offer, and it can."""

from __future__ import annotations

from dataclasses import replace

import pytest

from treatment_guide.engine.answers import Question
from treatment_guide.engine.compiled.bits import Bits
from treatment_guide.engine.conditions import Among
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.parents import UnfitParent, only_parent
from treatment_guide.engine.proof.classes import Space

A = Question("a", "one", ("x", "y"))
B = Question("b", "one", ("x", "y"))
SEVERAL = Question("s", "several", ("x", "y"))
DANGER = Question("d", "one", ("x", "none"), levels={"x": "today"})


def resting(name: str, by: str) -> Question:
    """A question that offers one choice to those who said `x` to another."""
    return Question(name, "one", ("p", "q"), by=by, offers={"x": frozenset({"p"})})


WRONG = {
    "two parents": (A, B, resting("c", "a"), resting("d", "b")),
    "a chain": (A, resting("b", "a"), resting("c", "b")),
    "itself": (A, resting("c", "c")),
    "a later one": (resting("c", "a"), A),
    "a later one that is a child": (A, resting("c", "d"), resting("d", "a")),
    "no question": (A, resting("c", "z")),
    "several choices": (SEVERAL, resting("c", "s")),
    "danger signs": (DANGER, resting("c", "d")),
}


def by_id(questions: tuple[Question, ...]) -> dict[str, Question]:
    return {question.id: question for question in questions}


@pytest.mark.parametrize("questions", WRONG.values(), ids=WRONG)
def test_a_guide_made_by_hand_with_an_unfit_parent_is_refused(
    guide: Guide, questions: tuple[Question, ...]
):
    """A guide that the audit could not prove does not come into being."""
    with pytest.raises(UnfitParent):
        replace(guide, questions=by_id(questions))


@pytest.mark.parametrize("questions", WRONG.values(), ids=WRONG)
def test_the_audit_drops_no_parent_in_silence(questions: tuple[Question, ...]):
    """Classes of answers are made only where one parent decides, whatever rules they are for."""
    with pytest.raises(UnfitParent):
        Space(Bits(by_id(questions)), [Among("a", frozenset({"x"}))])


def test_one_parent_of_many_questions_is_found():
    """Many questions may rest on the same one."""
    questions = by_id((A, B, resting("c", "a"), resting("d", "a")))

    assert only_parent(questions) == "a"


def test_questions_that_offer_everybody_the_same_have_no_parent():
    """Without `by` there is none."""
    assert only_parent(by_id((A, B))) is None


def test_two_parents_once_hid_an_option_that_fits_nobody(guide: Guide):
    """The rule needs `p` of `c`, which only `x` of `a` offers, and `q` of `d`, which `x` of `b`
    never offers: such rules cannot even be looked at, so that none passes for sound.
    """
    questions = by_id((A, B, resting("c", "a"), resting("d", "b")))
    rules = [Among("c", frozenset({"p"})), Among("d", frozenset({"q"})), Among("b", frozenset("x"))]

    with pytest.raises(UnfitParent, match="one question decides for all"):
        Space(Bits(questions), rules)
