"""Danger signs: an urgent one is the whole outcome."""

from __future__ import annotations

import pytest

from tests.engine.fixture_types import Say
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome, Urgent
from treatment_guide.engine.reader import Reader


@pytest.mark.parametrize(
    ("said", "level", "signs"),
    [
        ({"urgent": "collapse"}, "emergency", ("collapse",)),
        ({"urgent": "unsafe"}, "emergency", ("unsafe",)),
        ({"urgent": "fever"}, "today", ("fever",)),
        ({"urgent": ["fever", "collapse"]}, "emergency", ("collapse",)),
        ({"urgent": ["fever", "slow"]}, "today", ("fever",)),
        ({"urgent": ["fever", "none"]}, "today", ("fever",)),
        ({"place": "knee", "urgent_here": "pop"}, "today", ("pop",)),
        ({"urgent": "fever", "urgent_here": "bladder"}, "emergency", ("bladder",)),
    ],
    ids=[
        "emergency",
        "self-harm",
        "same day",
        "emergency beside same day",
        "same day beside slow",
        "sign beside none",
        "sign of the place",
        "both questions",
    ],
)
def test_danger_sign_comes_before_everything(
    guide: Guide, say: Say, said: dict[str, str], level: str, signs: tuple[str, ...]
):
    """An emergency or same-day sign is the whole outcome, at the highest level ticked."""
    assert narrow(Reader(guide, say(**said))) == Urgent(level, signs)


@pytest.mark.parametrize(
    "said",
    [{}, {"urgent": "none"}, {"urgent": "slow"}, {"place": "knee", "urgent_here": "bladder"}],
    ids=["silence", "none", "a sign for within days", "a sign of another place"],
)
def test_without_an_urgent_sign_the_options_are_shown(guide: Guide, say: Say, said: dict[str, str]):
    """No sign, or one that can wait some days, leads to the options."""
    assert isinstance(narrow(Reader(guide, say(**said))), Outcome)


@pytest.mark.parametrize("part", ["standings", "notices", "asks", "group", "counts"])
def test_urgent_has_no_options(part: str):
    """No option can stand beside a danger sign: there is no place for one."""
    assert not hasattr(Urgent("emergency", ("collapse",)), part)
