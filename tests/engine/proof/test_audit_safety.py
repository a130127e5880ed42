"""The audit of the safety matrix (properties 10 and 11), and of options for trials only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.fixture_types import Build, When
from tests.engine.proof.findings import broken
from treatment_guide.engine.answers import NONE
from treatment_guide.engine.code import Layout
from treatment_guide.engine.conditions import ALWAYS, AllOf, Not
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Option, Rule
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome, Reason
from treatment_guide.engine.proof.audit import audit
from treatment_guide.engine.proof.independent_rules import independent
from treatment_guide.engine.reader import Reader
from treatment_guide.engine.safety import Nothing, SafetyAnswer, decide

TALK = Nothing(frozenset({"talk", "wear"}), frozenset(), "opens-no-skin", ("a-guideline",))
NAMED = Nothing(frozenset(), frozenset({"operation"}), "is-planned-later", ("a-guideline",))
SLOW = SafetyAnswer("urgent", "slow", NONE, nothing=(TALK, NAMED))
TRAITS = {
    "look": ("talk",),
    "support": ("wear",),
    "injection": ("needle",),
    "operation": ("cut",),
}


@pytest.fixture
def decided(guide: Guide) -> Guide:
    """The tiny guide with one safety answer, "slow", decided for every option."""
    asked = replace(guide.questions["urgent"], safety={"slow": NONE})
    return replace(
        guide,
        questions={**guide.questions, "urgent": asked},
        options={name: replace(o, traits=TRAITS[name]) for name, o in guide.options.items()},
        safety=(SLOW,),
    )


def test_a_matrix_without_gaps_audits_clean(decided: Guide, layout: Layout):
    """A rule reacts, or it is written for each trait or option that none has to."""
    assert audit(decided, layout).findings == ()


def test_audit_finds_a_cell_that_nobody_decided(decided: Guide, layout: Layout):
    """Property 10 is broken by an option that no rule and no line of the matrix speaks about."""
    silent = replace(decided, safety=(replace(SLOW, nothing=(TALK,)),))
    (found,) = audit(silent, layout).findings

    assert (found.property, found.subject) == (10, "operation")


def test_a_trait_that_nothing_is_written_about_leaves_the_cell_silent(
    decided: Guide, layout: Layout, with_option: Build
):
    """Property 10: every trait of an option has to be covered, not only one of them."""
    sharp = with_option(decided, "support", traits=("wear", "needle"))

    assert {(f.property, f.subject) for f in audit(sharp, layout).findings} == {(10, "support")}


def test_a_new_option_is_silent_until_its_traits_are_given(
    decided: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 10: an option without traits falls under no line by accident."""
    more = with_option(decided, "rest", fits=(Rule(when(place="knee"), "rest-knee"),))

    assert (10, "rest") in {(f.property, f.subject) for f in audit(more, layout).findings}


def test_audit_finds_a_safety_answer_without_a_line(decided: Guide, layout: Layout):
    """Property 10 is broken by a question whose safety answer the matrix leaves out."""
    assert broken(audit(replace(decided, safety=()), layout)) == {10}


def test_audit_finds_a_line_that_a_rule_contradicts(decided: Guide, layout: Layout):
    """Property 10: nothing is written about an option by name where a rule reacts."""
    wrong = replace(NAMED, options=frozenset({"operation", "injection"}))
    faulty = replace(decided, safety=(replace(SLOW, nothing=(TALK, wrong)),))

    assert {(f.property, f.subject) for f in audit(faulty, layout).findings} == {(10, "injection")}


def test_a_rule_that_names_the_counterpart_too_is_no_decision(decided: Guide, when: When):
    """A caution that acts with the answer and without it says nothing about it."""
    signs = when(urgent=["slow", "fever", NONE])
    option = Option("rest", "basics", fits=(), caution=(Rule(signs, "whatever"),))

    assert decide(option, SLOW).silent


def test_audit_finds_a_rule_that_names_the_answer_and_never_acts(
    decided: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 10: what no answers can make act is no decision, although it names the answer."""
    never = AllOf((when(urgent="slow"), when(urgent=NONE)))
    vain = with_option(decided, "operation", caution=(Rule(never, "whatever"),))

    assert 10 in broken(audit(vain, layout))


def test_a_rule_under_not_is_no_decision(decided: Guide, when: When):
    """A caution that an answer only takes away does not count as one that reacts to it."""
    option = Option("rest", "basics", fits=(), caution=(Rule(Not(when(urgent="slow")), "calm"),))

    assert decide(option, SLOW).silent


def test_audit_finds_an_answer_that_brings_an_option_nearer(
    decided: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 11 is broken by an option that fits because of a danger."""
    worn = Rule(when(place="knee", urgent="slow"), "worn")
    fits = decided.options["injection"].fits
    faulty = with_option(decided, "injection", fits=(*fits, worn), wait=())

    assert 11 in broken(audit(faulty, layout))


def test_a_danger_that_lifts_what_holds_back_is_found(
    decided: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 11 sees an answer that satisfies what comes first, or silences a wait."""
    first = Rule(when(urgent="slow"), "sign-first")
    faulty = with_option(decided, "operation", first=(*decided.options["operation"].first, first))

    assert 11 in broken(audit(faulty, layout))


def test_a_cell_may_say_that_an_answer_brings_an_option_nearer(
    decided: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 11 holds for new pictures of a back with cancer, because the matrix says so."""
    look = Rule(when(urgent="slow"), "sign-needs-a-look")
    fits = decided.options["support"].fits
    said = replace(decided, safety=(replace(SLOW, nearer=frozenset({"support"})),))

    assert audit(with_option(said, "support", fits=(*fits, look)), layout).findings == ()


def test_audit_finds_a_cell_that_says_so_in_vain(decided: Guide, layout: Layout):
    """Property 11: a line that lets an answer bring an option nearer is used, or goes."""
    faulty = replace(decided, safety=(replace(SLOW, nearer=frozenset({"support"})),))

    assert {(f.property, f.subject) for f in audit(faulty, layout).findings} == {(11, "support")}


def test_a_cause_for_which_an_option_has_no_use_is_decided(guide: Guide):
    """An option that fits no such cause is "not usually used here": that is its decision."""
    strain = SafetyAnswer("cause", "strain", "arthritis", alone=True)

    assert decide(guide.options["operation"], strain).not_for
    assert decide(guide.options["support"], strain).silent


# --- options for trials only ------------------------------------------------------------------

TRIALS = Option(
    "cells",
    "injections",
    fits=(),
    against=(Rule(ALWAYS, "trials-only", ("a-source",)),),
    traits=("needle",),
    trials_only=True,
)


@pytest.fixture
def with_trials(decided: Guide) -> Guide:
    """The guide with one option more, for trials only."""
    return replace(decided, options={**decided.options, "cells": TRIALS})


def test_an_option_for_trials_only_audits_clean(with_trials: Guide, layout: Layout):
    """Properties 1, 5 and 9 know the kind: it never fits, and names no answer."""
    assert audit(with_trials, layout).findings == ()


@pytest.mark.parametrize("place", ["knee", "back"])
def test_an_option_for_trials_only_is_never_offered(with_trials: Guide, say, place: str):
    """Whatever the answers, it stands in less-likely, with its one reason."""
    found = narrow(Reader(with_trials, say(place=place, tried="exercise")))

    assert isinstance(found, Outcome)
    assert [(s.group, s.reasons) for s in found.standings if s.option == "cells"] == [
        ("less-likely", (Reason("against", "trials-only", ()),))
    ]


@pytest.mark.parametrize(
    "parts",
    [
        {"against": (Rule(ALWAYS, "trials-only"),)},
        {"against": ()},
        {"fits": (Rule(ALWAYS, "sold"),)},
        {"caution": (Rule(ALWAYS, "careful"),)},
    ],
)
def test_audit_finds_an_option_for_trials_only_with_another_rule(
    with_trials: Guide, layout: Layout, with_option: Build, parts: dict[str, tuple[Rule, ...]]
):
    """Such an option has one rule, with a source; anything else would never decide."""
    assert audit(with_option(with_trials, "cells", **parts), layout).findings


def test_an_option_for_trials_only_is_one_part(with_trials: Guide):
    """It has no `fits`, and still has an outcome: the table a clinician signs shows it."""
    assert list(independent(with_trials.options["cells"], with_trials)) == [TRIALS]


def test_every_danger_finds_an_option_for_trials_only_held_back(with_trials: Guide):
    """Its one rule is the decision in every cell of the matrix."""
    assert [kind for kind, _ in decide(with_trials.options["cells"], SLOW).rules] == ["against"]
