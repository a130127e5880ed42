"""The audit of questions asked in vain (property 6)."""

from __future__ import annotations

from dataclasses import replace

from tests.engine.fixture_types import Build, Patch, When
from tests.engine.proof.findings import broken
from treatment_guide.engine.code import Layout
from treatment_guide.engine.conditions import AllOf, AnyOf, Condition
from treatment_guide.engine.groups import open_in_group
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Rule
from treatment_guide.engine.proof import options
from treatment_guide.engine.proof.audit import audit


def test_audit_finds_a_rule_that_asks_in_vain(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 6 is broken by a rule that holds or fails alike whatever is answered."""
    mild, tried = when(scan="mild"), when(tried="exercise")
    faulty = with_option(guide, "support", against=(Rule(mild_or_mild_and(mild, tried), "mild"),))

    assert broken(audit(faulty, layout)) == {6}


def test_audit_names_the_question_that_is_asked_in_vain(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """The finding names the question and a situation in which it is asked in vain."""
    mild, tried = when(scan="mild"), when(tried="exercise")
    faulty = with_option(guide, "support", against=(Rule(mild_or_mild_and(mild, tried), "mild"),))

    messages = [finding.message for finding in audit(faulty, layout).findings]

    assert [message.partition(": ")[0] for message in messages] == ["`tried` is asked in vain"]


def mild_or_mild_and(mild: Condition, other: Condition) -> Condition:
    """Mild, or mild and something else: the something else changes nothing."""
    return AnyOf((mild, AllOf((mild, other))))


def test_audit_finds_a_notice_that_asks_in_vain(guide: Guide, layout: Layout, when: When):
    """Property 6 is broken by a message that keeps open a question it does not need."""
    mild, tried = when(scan="mild"), when(tried="exercise")
    faulty = replace(guide, notices=(Rule(mild_or_mild_and(mild, tried), "mild"),))

    assert broken(audit(faulty, layout)) == {6}


def test_audit_finds_a_warning_that_asks_in_vain(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 6 is broken by a warning that keeps open a question it does not need."""
    mild, tried = when(scan="mild"), when(tried="exercise")
    faulty = with_option(guide, "support", caution=(Rule(mild_or_mild_and(mild, tried), "mild"),))

    assert broken(audit(faulty, layout)) == {6}


def test_audit_finds_a_flow_that_keeps_asking(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 6 is broken where a question stays open after everything is settled."""
    monkeypatch.setattr(
        options,
        "open_in_group",
        lambda option, known, group: (
            open_in_group(option, known, group) | known.bits.by_id["scan"].mark
        ),
    )

    assert broken(audit(guide, layout)) == {6}
