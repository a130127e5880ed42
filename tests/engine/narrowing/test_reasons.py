"""Reasons: the rule and the answers that put an option where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.engine.fixture_types import Build, Say
from tests.engine.narrowing.standings import Outcomes, standing
from treatment_guide.engine.answers import NOT_SURE
from treatment_guide.engine.conditions import ALWAYS, AllOf
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Rule
from treatment_guide.engine.outcome import Reason


def test_a_use_that_always_applies_names_no_answer(with_cream: Guide, say: Say):
    """A rule that always acts is not "because you said back": no answer stands behind it."""
    cream = replace(with_cream.options["cream"], fits=(Rule(ALWAYS, "for-all"),))
    options = {**with_cream.options, "cream": cream}

    found = standing(replace(with_cream, options=options), say(place="back"), "cream")

    assert found.reasons == (Reason("fits", "for-all", ()),)


@pytest.mark.parametrize(
    ("said", "option", "reasons"),
    [
        (
            {"place": "knee", "cause": "arthritis", "tried": "exercise"},
            "injection",
            (Reason("fits", "worn-knee", ("place", "cause")),),
        ),
        (
            {"scan": "mild", "cause": "disc"},
            "operation",
            (Reason("against", "hardly-worn", ("scan",)),),
        ),
        (
            {"cause": "strain"},
            "operation",
            (Reason("nowhere", "nowhere-operation", ("cause",)),),
        ),
        (
            {"place": "back"},
            "support",
            (Reason("nowhere", "nowhere-support", ("place",)),),
        ),
        (
            {"urgent": "slow", "cause": "disc", "tried": "exercise"},
            "injection",
            (Reason("wait", "sign-first", ("urgent",)),),
        ),
        (
            {"cause": "disc", "tried": "none"},
            "injection",
            (Reason("first", "exercise-first", ("tried",)),),
        ),
        (
            {"urgent": "slow", "cause": "disc", "tried": "none"},
            "injection",
            (
                Reason("wait", "sign-first", ("urgent",)),
                Reason("first", "exercise-first", ("tried",)),
            ),
        ),
        (
            {"cause": "disc"},
            "injection",
            (Reason("open", "exercise-first", ("tried",)),),
        ),
        (
            {"tried": "exercise"},
            "operation",
            (Reason("open", None, ("cause",)),),
        ),
        (
            {"place": "back"},
            "operation",
            (Reason("open", None, ("cause",)), Reason("open", "exercise-first", ("tried",))),
        ),
    ],
    ids=[
        "fits",
        "against",
        "nowhere by its answer",
        "nowhere by the place",
        "wait",
        "first",
        "wait and first",
        "open first",
        "open use",
        "open use and first",
    ],
)
def test_reason_names_the_rule_and_the_answers_that_made_it(
    guide: Guide, say: Say, said: dict[str, str], option: str, reasons: tuple[Reason, ...]
):
    """Every group comes with the rule that acted and the answers, or open questions, behind it."""
    assert standing(guide, say(**said), option).reasons == reasons


def test_reason_names_the_place_when_the_cause_is_not_offered_there(with_cream: Guide, say: Say):
    """Where nothing was said about the cause, the place that rules it out is named."""
    found = standing(with_cream, say(place="knee"), "cream")

    assert found.reasons == (Reason("nowhere", "nowhere-cream", ("place",)),)


def test_reason_names_the_cause_when_it_rules_out_a_place_nobody_named(guide: Guide, say: Say):
    """Who said slipped disc, and no place, reads that the cause rules out the knee support."""
    found = standing(guide, say(cause="disc"), "support")

    assert found.reasons == (Reason("nowhere", "nowhere-support", ("cause",)),)


def test_missing_first_names_the_place_when_the_cause_is_not_offered_there(
    guide: Guide, say: Say, when: Callable[..., AllOf], with_option: Build
):
    """What comes first and cannot be so at this place names the place, not an unsaid cause."""
    discs_first = with_option(guide, "support", first=(Rule(when(cause="disc"), "discs-first"),))

    found = standing(discs_first, say(place="knee"), "support")

    assert found.reasons == (Reason("first", "discs-first", ("place",)),)


def test_every_option_outside_fits_has_a_reason_that_names_a_question(every_outcome: Outcomes):
    """Nothing stands outside "fits" without words that point to an answer or a question."""
    bare = [
        (answers, each.option)
        for answers, outcome in every_outcome
        for each in outcome.standings
        if each.group != "fits" and not any(reason.questions for reason in each.reasons)
    ]

    assert bare[:3] == []


def test_reasons_name_answers_that_were_given(every_outcome: Outcomes):
    """ "Because you said" is never followed by something that was not said."""
    unsaid = [
        (answers, each.option, reason)
        for answers, outcome in every_outcome
        for each in outcome.standings
        for reason in each.reasons
        if reason.kind != "open" and not answers.keys() >= set(reason.questions)
    ]

    assert unsaid[:3] == []


def test_open_reasons_name_questions_that_can_still_be_answered(every_outcome: Outcomes):
    """ "Depends on" names only what was left open or answered with "not sure"."""
    settled = [
        (answers, each.option, reason)
        for answers, outcome in every_outcome
        for each in outcome.standings
        for reason in each.reasons
        if reason.kind == "open"
        and any(NOT_SURE not in answers.get(q, {NOT_SURE}) for q in reason.questions)
    ]

    assert settled[:3] == []
