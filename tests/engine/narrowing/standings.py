"""Where options stand in an outcome, and every outcome that tests look through."""

from __future__ import annotations

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome, Standing, Urgent
from treatment_guide.engine.reader import Reader

Outcomes = list[tuple[Answers, Outcome]]


def standing(guide: Guide, answers: Answers, option: str) -> Standing:
    """Where one option stands."""
    outcome = narrow(Reader(guide, answers))
    assert isinstance(outcome, Outcome)
    return next(each for each in outcome.standings if each.option == option)


def groups(outcome: Urgent | Outcome) -> dict[str, str]:
    """The group of every option."""
    assert isinstance(outcome, Outcome)
    return {each.option: each.group for each in outcome.standings}
