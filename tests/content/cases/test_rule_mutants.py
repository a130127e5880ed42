"""The mutation run of tools/mutations.py: it tells which rules the cases hold, and which they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.content.cases.patients import Patient, read_patient
from tools.mutations import Cases, Mutant, lacking, mutants, negated, passes_audit
from treatment_guide.engine.answers import Question
from treatment_guide.engine.code import Field, Layout
from treatment_guide.engine.conditions import ALWAYS, AllOf, Among, Not
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Option, Rule

ILL = Among("health", frozenset({"infection"}))
THIN = Among("health", frozenset({"blood-thinners"}))
QUESTION = Question("health", "several", ("infection", "blood-thinners", "none"), {"infection": "later"})  # fmt: skip


def option(*caution: Rule) -> Option:
    """An option for everybody that waits while an infection lasts."""
    return Option(
        "prp", "injections", (Rule(ALWAYS, "all"),), wait=(Rule(ILL, "clear-it"),), caution=caution
    )


WARNING = Rule(THIN, "may-bleed")
OPTION = option(WARNING)
GUIDE = Guide({"health": QUESTION}, {"prp": OPTION}, "prp")


def patient(health: str, **said: object) -> Patient:
    """A case about one illness."""
    record = {"name": health, "answers": {"health": [health]}, "why": "", "source": [], **said}
    return read_patient("made-up", record)


HELD_BACK = patient("infection", must={"prp": "later"})
WARNED = patient("blood-thinners", must={"prp": "fits"}, warned={"prp": "health"})


def survivors(*patients: Patient) -> set[tuple[str, str]]:
    """The kinds of rule whose mutants no case notices, and how they were changed."""
    left = Cases(GUIDE, patients).survivors(OPTION)
    return {(mutant.kind, mutant.change) for mutant in left}


def test_every_rule_is_taken_away_and_turned_round() -> None:
    """A rule for everybody is only taken away; every other one is also negated."""
    assert [(each.kind, each.change) for each in mutants(OPTION)] == [
        ("wait", "taken away"),
        ("wait", "turned round"),
        ("caution", "taken away"),
        ("caution", "turned round"),
        ("fits", "taken away"),
    ]


def test_what_is_for_trials_only_has_no_mutants_of_its_uses() -> None:
    """Where something always speaks against an option, `fits` decides nothing."""
    trials_only = replace(OPTION, against=(Rule(ALWAYS, "trials-only"),))

    assert "fits" not in {mutant.kind for mutant in mutants(trials_only)}


def test_a_rule_may_lack_each_choice_and_each_part() -> None:
    """The finer mutants leave out one choice, or one part, of a condition; `not` is looked into."""
    ill_or_thin = Among("health", frozenset({"infection", "blood-thinners"}))
    knee = Among("place", frozenset({"knee"}))

    assert list(lacking(AllOf((knee, Not(ill_or_thin))))) == [
        ("without what it says of place", AllOf((Not(ill_or_thin),))),
        ("without health blood-thinners", AllOf((knee, Not(ILL)))),
        ("without health infection", AllOf((knee, Not(THIN)))),
        ("without what it says of health", AllOf((knee,))),
    ]


def test_a_choice_that_no_case_has_is_told() -> None:
    """A rule for two illnesses, with a case for one of them, is held only in half."""
    both = Among("health", frozenset({"infection", "blood-thinners"}))
    either = replace(OPTION, wait=(Rule(both, "clear-it"),), caution=())
    left = Cases(GUIDE, [HELD_BACK]).survivors(either, choices=True)

    assert [mutant.change for mutant in left] == ["without health blood-thinners"]


def test_a_rule_that_a_case_asks_for_is_held() -> None:
    """With a case for each rule no mutant survives."""
    assert survivors(HELD_BACK, WARNED) == set()


def test_a_rule_that_no_case_asks_for_is_told() -> None:
    """Without the case of a blood thinner nobody notices that the warning is gone."""
    assert survivors(HELD_BACK) == {("caution", "taken away"), ("caution", "turned round")}


def test_a_case_that_fails_anyhow_catches_nothing() -> None:
    """A case that does not hold for the guide as it is cannot tell a mutant."""
    wrong = patient("blood-thinners", must={"prp": "later"}, warned={"prp": "health"})

    assert ("caution", "taken away") in survivors(HELD_BACK, wrong)


def test_a_case_that_needs_help_now_catches_nothing() -> None:
    """Where help comes first no option is shown, so such a case tells nothing of a rule."""
    danger = Question("urgent", "several", ("breathing", "none"), levels={"breathing": "emergency"})
    guide = Guide({"urgent": danger, "health": QUESTION}, {"prp": OPTION}, "prp")
    urgent = read_patient(
        "made-up",
        {"name": "x", "answers": {"urgent": ["breathing"]}, "help": "emergency", "why": "", "source": []},
    )  # fmt: skip

    assert Cases(guide, [urgent]).known == []


def test_turning_round_twice_gives_the_rule_back() -> None:
    """The negation of a negation is the condition itself."""
    assert negated(Not(ILL)) == ILL
    assert negated(ILL) == Not(ILL)


@pytest.mark.parametrize("never", [(), (Rule(ALWAYS, "never"),)])
def test_the_audit_is_asked_about_what_no_case_noticed(never: tuple[Rule, ...]) -> None:
    """A mutant that the audit finds fault with is caught by it; one that it proves passes."""
    mutant = Mutant(replace(OPTION, against=never), "against", "never", "added")
    numbers = {choice: i for i, choice in enumerate(QUESTION.choices)}
    layout = Layout(((Field("health", 5, numbers),),))

    assert passes_audit(GUIDE, layout, mutant) is not bool(never)
