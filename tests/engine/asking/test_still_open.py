"""Which questions are open, and which of them sharpen the list most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.engine.asking.shared import Build, Say
from treatment_guide.engine.answers import NONE, NOT_SURE, Answers
from treatment_guide.engine.flow import (
    open_questions,
    sharpening,
)
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Rule
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader


def test_everything_is_open_at_first(guide: Guide):
    """Before anything is said, every question can change something."""
    assert open_questions(Reader(guide, {})) == tuple(guide.questions)


@pytest.mark.parametrize("chosen", ["exercise", NONE, NOT_SURE])
def test_answered_question_is_never_open(guide: Guide, say: Say, chosen: str):
    """An answer is an answer, "not sure" and "none of these" among them."""
    assert "tried" not in open_questions(Reader(guide, say(cause="disc", tried=chosen)))


def test_place_is_open_while_a_question_that_rests_on_it_is(guide: Guide, say: Say):
    """The place is asked while the causes it decides on are."""
    by_cause_only = {"look": guide.options["look"], "operation": guide.options["operation"]}
    no_rule_names_a_place = replace(guide, options=by_cause_only)

    assert "place" in open_questions(Reader(no_rule_names_a_place, say(urgent=NONE)))


def test_question_that_offers_nothing_here_is_not_open(
    guide: Guide, say: Say, with_question: Build
):
    """Where a place offers no cause to choose from, the cause is not asked."""
    offers = {**guide.questions["cause"].offers, "back": frozenset({NOT_SURE})}
    no_causes_there = with_question(guide, "cause", offers=offers)

    assert "cause" not in open_questions(Reader(no_causes_there, say(place="back")))


def test_rule_about_not_sure_keeps_no_question_open(guide: Guide, rule: Callable[..., Rule]):
    """Nobody is asked a question only to hear that they do not know."""
    floor = {"look": guide.options["look"]}
    only_asks = replace(guide, options=floor, notices=(), asks=(rule("ask", cause=NOT_SURE),))

    assert "cause" not in open_questions(Reader(only_asks, {}))


def test_notice_keeps_its_question_open(guide: Guide, rule: Callable[..., Rule]):
    """A message about the whole situation is reason enough to ask."""
    floor = {"look": guide.options["look"]}
    only_notice = replace(guide, options=floor, notices=(rule("note", cause="disc"),), asks=())

    assert "cause" in open_questions(Reader(only_notice, {}))


@pytest.mark.parametrize(
    ("cause", "is_open"), [("disc", True), ("strain", False)], ids=["fits", "ruled out"]
)
def test_warning_keeps_its_question_open_only_for_what_fits(
    guide: Guide, say: Say, cause: str, *, is_open: bool
):
    """Nobody is asked for the sake of a warning about what does not fit them."""
    injection_only = {"look": guide.options["look"], "injection": guide.options["injection"]}
    warned = replace(guide, options=injection_only)
    answers = say(urgent=NONE, place="back", urgent_here=NONE, cause=cause, tried="exercise")

    assert ("scan" in open_questions(Reader(warned, answers))) is is_open


def test_what_matters_is_open_until_it_is_said(guide: Guide, say: Say):
    """What matters to the reader narrows nothing, and may be said at any time."""
    found = [
        open_questions(Reader(guide, say(cause="strain", **more)))
        for more in ({}, {"matters": "sleep"})
    ]

    assert ["matters" in each for each in found] == [True, False]


def test_no_question_about_treatment_is_open_beside_an_urgent_sign(guide: Guide, say: Say):
    """Beside an emergency, only danger signs, what they rest on, and what matters are open."""
    assert open_questions(Reader(guide, say(urgent="collapse"))) == (
        "place",
        "urgent-here",
        "matters",
    )


def test_question_that_is_not_asked_could_move_no_option(
    guide: Guide, every_answer: Callable[..., Iterator[Answers]]
):
    """For every set of answers: no answer to a question that is not asked moves an option."""
    moved = []
    for answers in every_answer(guide.questions, ["place", "cause", "tried", "scan"]):
        not_asked = (
            set(guide.questions) - set(open_questions(Reader(guide, answers))) - answers.keys()
        )
        for question in not_asked:
            for choice in guide.questions[question].offered(answers):
                then = {**answers, question: frozenset({choice})}
                if groups(guide, then) != groups(guide, answers):
                    moved.append((answers, question, choice))

    assert moved[:3] == []


def groups(guide: Guide, answers: Answers) -> list[str]:
    """The group of every option."""
    outcome = narrow(Reader(guide, answers))
    return [each.group for each in outcome.standings] if isinstance(outcome, Outcome) else []


def test_sharpening_offers_first_what_settles_most(guide: Guide, say: Say):
    """The question whose answer settles most options comes first, with how many it settles."""
    assert sharpening(Reader(guide, say(place="back", cause="disc"))) == (("tried", 2), ("scan", 1))


def test_sharpening_offers_nothing_that_is_settled(guide: Guide, say: Say):
    """When no answer can change anything, nothing is offered."""
    assert sharpening(Reader(guide, say(place="knee", cause="strain"))) == ()


def test_sharpening_never_offers_what_narrows_nothing(guide: Guide):
    """What matters, and the danger signs, are not offered as questions that settle options."""
    offered = [question for question, _ in sharpening(Reader(guide, {}))]

    assert {"matters", "urgent", "urgent-here"}.isdisjoint(offered)


def test_sharpening_has_no_place_beside_an_urgent_sign(guide: Guide, say: Say):
    """Beside an emergency, no question is offered."""
    assert sharpening(Reader(guide, say(urgent="collapse", cause="disc"))) == ()
