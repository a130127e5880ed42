"""The audit: each of the nine properties, with a fault that breaks it and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatment_guide.engine import audit as audit_module
from treatment_guide.engine import classes, narrowing
from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, Question, known
from treatment_guide.engine.audit import PROPERTIES, Finding, Report, audit
from treatment_guide.engine.code import Layout
from treatment_guide.engine.conditions import ALWAYS, AllOf, Among, AnyOf, Condition, Not
from treatment_guide.engine.flow import only_about_unsure
from treatment_guide.engine.model import Guide, Option, Rule
from treatment_guide.engine.narrowing import (
    Outcome,
    Standing,
    group_of,
    meanings,
    narrow,
    open_in_group,
)

Build = Callable[..., Guide]
Relaid = Callable[..., Layout]
When = Callable[..., Condition]
Patch = pytest.MonkeyPatch


def broken(report: Report) -> set[int]:
    """The numbers of the properties that an audit found broken."""
    return {finding.property for finding in report.findings}


# --- a sound guide --------------------------------------------------------------------------


def test_tiny_guide_audits_clean(guide: Guide, layout: Layout):
    """A guide without a fault has no findings."""
    assert audit(guide, layout).findings == ()


def test_report_says_how_many_situations_it_covered(
    guide: Guide, layout: Layout, every_answer: Callable[..., Iterator[Answers]]
):
    """The number of situations in the report is that of all sets of answers."""
    assert audit(guide, layout).situations == sum(1 for _ in every_answer(guide.questions))


def test_report_names_the_option_that_needs_most_classes(guide: Guide, layout: Layout):
    """The report says which option is the hardest to review, and how hard."""
    report = audit(guide, layout)

    assert report.largest[0] == "injection"
    assert 0 < report.largest[1] <= report.classes <= report.looked_at


def test_report_gives_the_findings_of_one_property(
    guide: Guide, layout: Layout, with_field: Relaid
):
    """Findings can be read property by property."""
    report = audit(guide, with_field(layout, "urgent", now=False))

    assert (len(report.of(3)) > 0, report.of(8)) == (True, ())


def test_finding_is_read_as_a_sentence():
    """A finding says which property is broken, where, and by what."""
    finding = Finding(4, "look", "later: health: infection")

    assert str(finding) == "property 4, look: later: health: infection"


def test_there_are_nine_properties():
    """The nine properties are numbered one to nine."""
    assert list(PROPERTIES) == list(range(1, 10))


# --- 1. one group, and a reason -------------------------------------------------------------


def test_audit_finds_a_standing_without_a_reason(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 1 is broken where an option stands outside "fits" for no reason at all."""
    monkeypatch.setattr(narrowing, "_reasons", lambda *_: ())

    assert broken(audit(guide, layout)) == {1}


def test_audit_finds_a_reason_that_names_nothing(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 1 is broken where a reason names neither an answer nor a question."""
    right = narrowing._reasons  # noqa: SLF001 (the fault is planted inside)
    monkeypatch.setattr(
        narrowing, "_reasons", lambda *args: tuple(replace(r, questions=()) for r in right(*args))
    )

    assert broken(audit(guide, layout)) == {1}


def test_audit_finds_a_group_that_is_none_of_the_four(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 1 is broken where an option stands in no known group."""

    def lost(*args: Any) -> Standing:
        return replace(narrowing.place(*args), group="elsewhere")

    monkeypatch.setattr(audit_module, "place", lost)

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

    def hasty(option: Option, truths: Any, one_of: Any = ()) -> str:
        found = group_of(option, truths, one_of)
        unknown = any(truths_of(rule, truths) is None for rule in option.first)
        return "later" if found == "depends" and unknown else found

    patch_group(monkeypatch, hasty)

    assert broken(audit(guide, layout)) == {2}


def test_audit_finds_an_option_that_fits_past_what_comes_first(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 2 is broken where an option fits while something that comes first is unknown."""

    def generous(option: Option, truths: Any, one_of: Any = ()) -> str:
        sure = tuple(r for r in option.first if truths_of(r, truths) is not None)
        return group_of(replace(option, first=sure), truths, one_of)

    patch_group(monkeypatch, generous)

    assert broken(audit(guide, layout)) == {2}


def truths_of(rule: Rule, truths: Any) -> bool | None:
    """What is known makes of a rule."""
    return audit_module.truth(rule.condition, truths)


def patch_group(monkeypatch: Patch, group: Callable[..., str]) -> None:
    """Put another function in the place of `group_of`, wherever it is used."""
    monkeypatch.setattr(narrowing, "group_of", group)
    monkeypatch.setattr(audit_module, "group_of", group)


# --- 3. danger signs ------------------------------------------------------------------------


def test_audit_finds_a_danger_sign_that_leads_to_options(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 3 is broken where options are shown in spite of an urgent sign."""
    calm = {"urgent": frozenset({NONE}), "urgent-here": frozenset({NONE})}
    monkeypatch.setattr(audit_module, "narrow", lambda guide, said: narrow(guide, {**said, **calm}))

    assert broken(audit(guide, layout)) == {3}


@pytest.mark.parametrize("field", ["urgent", "urgent-here", "day"])
def test_audit_finds_a_danger_sign_on_paper(
    guide: Guide, layout: Layout, with_field: Relaid, field: str
):
    """Property 3 is broken by an answer code that prints danger signs or their day."""
    assert broken(audit(guide, with_field(layout, field, now=False))) == {3}


def test_audit_finds_a_page_that_skips_the_danger_signs(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 3 is broken where a page is shown before the danger signs are answered."""
    monkeypatch.setattr(audit_module, "gate", lambda *_: None)

    assert broken(audit(guide, layout)) == {3}


def test_audit_finds_a_guide_that_asks_for_no_danger_signs(
    guide: Guide, layout: Layout, with_option: Build
):
    """Property 3 is broken by a guide without a question about danger signs."""
    calm = with_option(guide, "injection", wait=())
    harmless = {k: replace(q, levels={}) for k, q in calm.questions.items()}

    assert broken(audit(replace(calm, questions=harmless), layout)) == {3}


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


# --- 5. everything can occur ----------------------------------------------------------------


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


def test_audit_finds_an_option_that_nobody_could_review(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 5 cannot be shown for an option with too many classes: questions are named."""
    monkeypatch.setattr(classes, "CLASS_LIMIT", 10)

    report = audit(guide, layout)

    assert broken(report) == {5}
    assert {f.subject for f in report.findings} == {"injection", "operation"}
    assert all("drop a question from these rules (" in f.message for f in report.findings)


# --- 6. no question in vain -----------------------------------------------------------------


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
        audit_module,
        "open_in_group",
        lambda option, truths, group: open_in_group(option, truths, group) | {"scan"},
    )

    assert broken(audit(guide, layout)) == {6}


# --- 7. one order ---------------------------------------------------------------------------


def test_audit_finds_options_that_change_places(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 7 is broken where options are sorted by how well they do."""

    def ranked(guide: Guide, answers: Answers) -> Any:
        found = narrow(guide, answers)
        if not isinstance(found, Outcome):
            return found
        return replace(found, standings=tuple(sorted(found.standings, key=lambda s: s.group)))

    monkeypatch.setattr(audit_module, "narrow", ranked)

    assert broken(audit(guide, layout)) == {7}


def test_audit_finds_choices_that_change_places(guide: Guide, layout: Layout):
    """Property 7 is broken where a place offers its causes in an order of its own."""

    @dataclass(frozen=True)
    class Shuffled(Question):
        def offered(self, answers: Answers) -> tuple[str, ...]:
            return tuple(reversed(super().offered(answers)))

    cause = Shuffled(**vars(guide.questions["cause"]))
    faulty = replace(guide, questions={**guide.questions, "cause": cause})

    assert broken(audit(faulty, layout)) == {7}


# --- 8. codes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("place", {"numbers": {"knee": 1, "back": 1, NOT_SURE: 3}}),
        ("place", {"numbers": {"knee": 1, "back": 2}}),
        ("place", {"numbers": {"knee": 1, "back": 2, NOT_SURE: 16}}),
        ("tried", {"numbers": {NONE: 1, "exercise": 2, "brace": 2, NOT_SURE: 4}}),
        ("scan", {"name": "spare"}),
        ("spare", {"name": "scan"}),
    ],
    ids=[
        "a number given twice",
        "a choice without a number",
        "a number too large for its field",
        "one bit for two choices",
        "a question without a field",
        "two fields for one question",
    ],
)
def test_audit_finds_answers_that_do_not_come_back(
    guide: Guide, layout: Layout, with_field: Relaid, field: str, parts: dict[str, Any]
):
    """Property 8 is broken by a layout that does not give back every answer."""
    assert broken(audit(guide, with_field(layout, field, **parts))) == {8}


def test_audit_finds_a_code_that_loses_answers(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 8 is broken where a code says less than it was made of."""
    right = audit_module.encode
    monkeypatch.setattr(
        audit_module,
        "encode",
        lambda layout, answers, **more: right(
            layout, {q: c for q, c in answers.items() if q != "tried"}, **more
        ),
    )

    assert broken(audit(guide, layout)) == {8}


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

    def undecided(option: Option, truths: Any, one_of: Any = ()) -> str:
        found = group_of(option, truths, one_of)
        return "depends" if found == "later" else found

    patch_group(monkeypatch, undecided)

    assert broken(audit(guide, layout)) == {9}
