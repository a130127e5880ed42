"""The audit of what can occur (property 5): every rule, choice, option and message."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.engine.fixture_types import Build, Patch, Relaid, When
from tests.engine.proof.findings import broken
from treatment_guide.engine.answers import NOT_SURE
from treatment_guide.engine.code import Layout
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Rule
from treatment_guide.engine.proof import classes
from treatment_guide.engine.proof.audit import audit


def test_audit_finds_a_rule_that_is_always_overruled(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 5 is broken by a rule that never decides, as another one always speaks first."""
    overruled = Rule(when(scan="mild"), "mild-can-wait")
    faulty = with_option(guide, "operation", wait=(overruled,))

    assert broken(audit(faulty, layout)) == {5}


def test_audit_names_the_rule_that_never_decides(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """The finding names the option and the words of the rule."""
    overruled = Rule(when(scan="mild"), "mild-can-wait")
    (found,) = audit(with_option(guide, "operation", wait=(overruled,)), layout).findings

    assert (found.subject, found.message) == (
        "operation",
        "the rule `mild-can-wait` never decides",
    )


def test_audit_finds_a_choice_that_nobody_is_offered(
    guide: Guide, layout: Layout, with_question: Build, with_field: Relaid
):
    """Property 5 is broken by a choice that is offered at no place."""
    choices = (*guide.questions["cause"].choices, "gout")
    faulty = with_question(guide, "cause", choices=choices)
    numbers = {"arthritis": 1, "strain": 2, "disc": 3, NOT_SURE: 4, "gout": 5}

    assert broken(audit(faulty, with_field(layout, "cause", numbers=numbers))) == {5}


def test_audit_finds_a_question_to_ask_that_never_comes_up(
    guide: Guide, layout: Layout, when: When
):
    """Property 5 is broken by words that no answer brings up."""
    never = Rule(when(matters=NOT_SURE), "never")

    assert broken(audit(replace(guide, asks=(*guide.asks, never)), layout)) == {5}


def test_audit_finds_an_option_that_never_fits(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 5 is broken by an option that no answers can make fit."""
    faulty = with_option(guide, "support", fits=(Rule(when(place="knee", cause="disc"), "no"),))

    assert "no answers can make it fit" in {f.message for f in audit(faulty, layout).of(5)}


@pytest.fixture
def too_much(guide: Guide, with_option: Build, when: When, monkeypatch: Patch) -> Guide:
    """The guide with one option more, whose rule hangs on everything at once."""
    monkeypatch.setattr(classes, "CLASS_LIMIT", 20)
    everything = when(place="knee", cause="strain", tried="brace", scan="mild")
    return with_option(guide, "muddle", fits=(Rule(everything, "everything"),))


def test_audit_refuses_an_option_that_nobody_could_review(too_much: Guide, layout: Layout):
    """An option whose rules tell too many situations apart is refused: property 5 is not shown."""
    found = audit(too_much, layout).findings

    assert [(finding.property, finding.subject) for finding in found] == [(5, "muddle")]


def test_refusal_names_the_questions_to_drop(too_much: Guide, layout: Layout):
    """The refusal of an option says which questions to drop from its rules."""
    (found,) = audit(too_much, layout).findings

    named = re.search(r"drop a question from these rules \((.*) are the widest\)", found.message)

    assert named is not None
    assert set(named[1].split(", ")) < {"place", "cause", "tried", "scan"}


def test_audit_refuses_a_notice_that_nobody_could_review(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """A message whose rule tells too many situations apart is refused like an option's rules."""
    monkeypatch.setattr(classes, "CLASS_LIMIT", 1)
    floor = {"look": guide.options["look"]}

    found = audit(replace(guide, options=floor, asks=()), layout).findings

    assert [(finding.property, finding.subject) for finding in found] == [
        (5, "notice strains-heal")
    ]
