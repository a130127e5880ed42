"""Which page comes next: danger signs before every other, and nothing asked in vain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.asking.shared import Build, Say
from treatment_guide.engine.answers import NONE, answer
from treatment_guide.engine.flow import (
    OUTCOME,
    gate,
    next_page,
    open_questions,
    questions_left,
)
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Rule
from treatment_guide.engine.reader import Reader


@pytest.mark.parametrize(
    "page",
    ["place", "urgent-here", "cause", "tried", "scan", "matters", OUTCOME, "a page of later years"],
)
def test_no_page_comes_before_the_danger_signs(guide: Guide, page: str):
    """Whatever page is asked for, the danger signs are asked first."""
    assert gate(Reader(guide, {}), page) == "urgent"


@pytest.mark.parametrize("page", ["cause", "tried", "scan", "matters", OUTCOME])
def test_no_page_comes_before_the_danger_signs_of_the_place(guide: Guide, say: Say, page: str):
    """With the first danger signs answered, those of the place are still asked first."""
    assert gate(Reader(guide, say(urgent=NONE, place="knee")), page) == "urgent-here"


@pytest.mark.parametrize("page", ["urgent", "place", "urgent-here"])
def test_pages_up_to_the_danger_signs_are_not_held_back(guide: Guide, say: Say, page: str):
    """A danger question is not held back by itself, nor what has to be asked before it."""
    assert gate(Reader(guide, say(urgent=NONE)), page) is None


@pytest.mark.parametrize("page", ["cause", "tried", "scan", "matters", OUTCOME])
def test_pages_are_open_once_the_danger_signs_are_answered(guide: Guide, say: Say, page: str):
    """Nothing else is needed to see a page: every other question may be left open."""
    assert gate(Reader(guide, say(urgent=NONE, urgent_here=NONE)), page) is None


def test_changed_place_closes_the_outcome_until_its_signs_are_answered(guide: Guide, say: Say):
    """A new place has danger signs of its own, which come before the outcome."""
    before = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis")

    after = answer(guide.questions, before, "place", ["back"])

    assert gate(Reader(guide, after), OUTCOME) == "urgent-here"


def test_sign_of_another_place_does_not_answer_for_this_one(guide: Guide, say: Say):
    """A code that carries a knee's sign for a back has answered nothing about the back."""
    answers = say(urgent=NONE, place="back", urgent_here="pop")

    assert gate(Reader(guide, answers), OUTCOME) == "urgent-here"


def test_danger_question_left_empty_is_asked_again(guide: Guide, say: Say):
    """Going on without an answer about danger signs leads back to them."""
    answers = say(urgent=NONE, place="knee", cause="strain")

    assert next_page(Reader(guide, answers), "cause") == "urgent-here"


@pytest.mark.parametrize(
    ("said", "after", "page"),
    [
        ({"urgent": NONE}, "urgent", "place"),
        ({"urgent": NONE}, "place", "urgent-here"),
        ({"urgent": NONE, "urgent_here": NONE}, "urgent-here", "cause"),
        ({"urgent": NONE, "urgent_here": NONE}, "cause", "tried"),
        ({"urgent": NONE, "urgent_here": NONE}, "tried", OUTCOME),
    ],
    ids=["danger", "place", "danger here", "cause", "last"],
)
def test_core_questions_follow_each_other_to_the_outcome(
    guide: Guide, say: Say, said: dict[str, str], after: str, page: str
):
    """The core questions come in their order, whether answered or left open, then the outcome."""
    assert next_page(Reader(guide, say(**said)), after) == page


def test_answered_question_is_not_asked_again(guide: Guide, say: Say):
    """Changing the place later does not lead through questions that were answered before."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, tried="exercise")

    assert next_page(Reader(guide, answers), "cause") == OUTCOME


def test_question_that_can_change_nothing_is_not_asked(guide: Guide, say: Say):
    """Where nothing tried could bring an option in, nobody is asked what they tried."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="strain")

    assert next_page(Reader(guide, answers), "cause") == OUTCOME


def test_question_that_can_change_something_is_asked(guide: Guide, say: Say):
    """Where what was tried decides about an option, it is asked."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis")

    assert next_page(Reader(guide, answers), "cause") == "tried"


@pytest.mark.parametrize("question", ["scan", "matters"])
def test_sharpening_leads_back_to_the_outcome(guide: Guide, say: Say, question: str):
    """A question that was asked to sharpen the outcome leads back to it, and asks nothing more."""
    answers = say(urgent=NONE, urgent_here=NONE)

    assert next_page(Reader(guide, answers), question) == OUTCOME


@pytest.mark.parametrize("question", ["scan", "matters"])
def test_sharpening_leads_past_the_danger_signs_first(guide: Guide, say: Say, question: str):
    """Even from there, the outcome is not shown before the danger signs are answered."""
    assert next_page(Reader(guide, say(urgent=NONE)), question) == "urgent-here"


@pytest.fixture
def for_cuts(guide: Guide, with_question: Build) -> Guide:
    """The tiny guide in which the scan is asked before the outcome, for operations alone."""
    cut = {"operation": replace(guide.options["operation"], traits=("cut",))}
    asked = with_question(guide, "scan", core=True, asked_for="cut")
    return replace(asked, options={**asked.options, **cut})


def test_a_question_is_asked_while_it_can_move_such_an_option(for_cuts: Guide, say: Say) -> None:
    """With a worn knee an operation may be right, so the scan is asked on the way."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis", tried="exercise")
    reader = Reader(for_cuts, answers)

    assert next_page(reader, "tried") == "scan"
    assert questions_left(reader, "tried") == 1


def test_it_is_left_for_later_where_it_can_move_none(for_cuts: Guide, say: Say) -> None:
    """With a strain no operation comes into question: the scan would only lengthen the way."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="strain", tried="exercise")
    reader = Reader(for_cuts, answers)

    assert next_page(reader, "tried") == OUTCOME
    assert questions_left(reader, "tried") == 0


def test_it_is_left_for_later_where_it_only_adds_a_caution(for_cuts: Guide, say: Say) -> None:
    """A caution is no move: such a question is offered on the outcome page."""
    told = Rule(for_cuts.options["operation"].against[0].condition, "hardly-worn")
    operation = replace(for_cuts.options["operation"], against=(), caution=(told,))
    guide = replace(for_cuts, options={**for_cuts.options, "operation": operation})
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis", tried="exercise")
    reader = Reader(guide, answers)

    assert "scan" in open_questions(reader)
    assert next_page(reader, "tried") == OUTCOME
