"""The audit of where options stand: a group, a reason, and no move by silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.engine import reference
from tests.engine.fixture_types import Build, Patch, When
from tests.engine.proof.findings import broken
from tests.engine.reference import truth
from treatment_guide.engine import narrowing, reader
from treatment_guide.engine.answers import NOT_SURE
from treatment_guide.engine.code import Layout
from treatment_guide.engine.compiled.rules import CompiledOption, Compiler
from treatment_guide.engine.groups import group_of
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import Rule
from treatment_guide.engine.outcome import Standing
from treatment_guide.engine.proof import effects, options
from treatment_guide.engine.proof.audit import audit

# --- 1. one group, and a reason -------------------------------------------------------------


def test_audit_finds_a_standing_without_a_reason(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 1 is broken where an option stands outside "fits" for no reason at all."""
    monkeypatch.setattr(narrowing, "reasons", lambda *_: ())

    assert broken(audit(guide, layout)) == {1}


def test_audit_finds_a_reason_that_names_nothing(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 1 is broken where a reason names neither an answer nor a question."""
    right = narrowing.reasons
    monkeypatch.setattr(
        narrowing, "reasons", lambda *args: tuple(r._replace(questions=()) for r in right(*args))
    )

    assert broken(audit(guide, layout)) == {1}


def test_audit_finds_a_group_that_is_none_of_the_four(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 1 is broken where an option stands in no known group."""

    def lost(*args: Any) -> Standing:
        return narrowing.place(*args)._replace(group="elsewhere")

    monkeypatch.setattr(options, "place", lost)

    assert 1 in broken(audit(guide, layout))


# --- 2. silence and not-sure move nothing ---------------------------------------------------


def test_audit_finds_a_rule_that_lets_not_sure_put_an_option_off(
    guide: Guide, layout: Layout, with_option: Build, rule: Callable[..., Rule]
):
    """Property 2 is broken by a rule that makes an option wait because somebody is not sure."""
    faulty = with_option(guide, "injection", wait=(rule("who-knows", tried=NOT_SURE),))

    assert broken(audit(faulty, layout)) == {2}


def test_audit_finds_a_rule_that_lets_not_sure_speak_against_an_option(
    guide: Guide, layout: Layout, with_option: Build, rule: Callable[..., Rule]
):
    """Property 2 is broken by a rule that speaks against an option because of a "not sure"."""
    faulty = with_option(guide, "operation", against=(rule("who-knows", scan=NOT_SURE),))

    assert 2 in broken(audit(faulty, layout))


def test_audit_finds_silence_taken_for_no(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 2 is broken where what comes first, and is unknown, makes an option later."""

    def hasty(option: CompiledOption, known: Known) -> str:
        found = group_of(option, known)
        unknown = any(truth_of(rule, known) is None for rule in option.option.first)
        return "later" if found == "depends" and unknown else found

    patch_group(monkeypatch, hasty)

    assert broken(audit(guide, layout)) == {1, 2}  # what silence moved has no answer to name


def test_audit_finds_an_option_that_fits_past_what_comes_first(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 2 is broken where an option fits while something that comes first is unknown."""

    def generous(option: CompiledOption, known: Known) -> str:
        sure = tuple(r for r in option.option.first if truth_of(r, known) is not None)
        lighter = CompiledOption(Compiler(known.bits), replace(option.option, first=sure))
        return group_of(lighter, known)

    patch_group(monkeypatch, generous)

    assert broken(audit(guide, layout)) == {2}


def truth_of(rule: Rule, known: Known) -> bool | None:
    """What is known makes of a rule, by the reference."""
    return truth(rule.condition, reference.Seen(known))


def patch_group(monkeypatch: Patch, group: Callable[..., str]) -> None:
    """Put another function in the place of `group_of`, wherever it is used."""
    for module in (options, effects):
        monkeypatch.setattr(module, "group_of", group)
    monkeypatch.setattr(
        reader,
        "all_groups",
        lambda rules, known: {name: group(each, known) for name, each in rules.options.items()},
    )


# --- 4. the floor ---------------------------------------------------------------------------


def test_audit_finds_a_floor_that_can_wait(
    guide: Guide, layout: Layout, with_option: Build, rule: Callable[..., Rule]
):
    """Property 4 is broken where the option that is always there can be put off."""
    faulty = with_option(guide, "look", wait=(rule("not-now", urgent="slow"),))

    assert broken(audit(faulty, layout)) == {4}


def test_audit_finds_a_floor_that_can_be_ruled_out(
    guide: Guide, layout: Layout, with_option: Build, rule: Callable[..., Rule]
):
    """Property 4 is broken where the option that is always there can be ruled out."""
    faulty = with_option(guide, "look", against=(rule("not-here", scan="mild"),))

    assert broken(audit(faulty, layout)) == {4}


# --- 9. what depends can fit ----------------------------------------------------------------


def test_audit_finds_an_option_that_depends_in_vain(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 9 is broken where what makes an option fit is what comes second to it."""
    faulty = with_option(
        guide,
        "support",
        fits=(Rule(when(place="knee"), "knee"), Rule(when(scan="mild"), "mild")),
        first=(Rule(when(scan="advanced"), "advanced-first"),),
    )

    assert broken(audit(faulty, layout)) == {9}


def test_audit_finds_a_depends_that_no_answer_ends(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 9 is broken where an option depends although all its rules are settled."""

    def undecided(option: CompiledOption, known: Known) -> str:
        found = group_of(option, known)
        return "depends" if found == "later" else found

    patch_group(monkeypatch, undecided)

    assert broken(audit(guide, layout)) == {9}
