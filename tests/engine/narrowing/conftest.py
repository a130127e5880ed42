"""Every outcome of the tiny guide, and the guide with one option more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.engine.fixture_types import Build
from tests.engine.narrowing.standings import Outcomes
from treatment_guide.engine.answers import Answers
from treatment_guide.engine.conditions import AllOf
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Rule
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader


@pytest.fixture(scope="session")
def every_outcome(guide: Guide, every_answer: Callable[..., Iterator[Answers]]) -> Outcomes:
    """Every set of answers without an urgent sign, and what it leads to."""
    found = []
    for answers in every_answer(guide.questions, ["place", "cause", "tried", "scan"]):
        for slow in ({}, {"urgent": frozenset({"none"})}, {"urgent": frozenset({"slow"})}):
            outcome = narrow(Reader(guide, {**slow, **answers}))
            assert isinstance(outcome, Outcome)
            found.append(({**slow, **answers}, outcome))
    return found


@pytest.fixture(scope="session")
def with_cream(guide: Guide, when: Callable[..., AllOf], with_option: Build) -> Guide:
    """The guide with one option more: a cream for discs, but not after a brace."""
    return with_option(
        guide,
        "cream",
        fits=(Rule(when(cause="disc"), "for-discs"),),
        against=(Rule(when(cause="disc", tried="brace"), "not-after-a-brace"),),
        nowhere="nowhere-cream",
    )
