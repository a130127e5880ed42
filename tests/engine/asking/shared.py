"""What the tests of the order of questions share."""

from __future__ import annotations

from collections.abc import Callable

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Urgent
from treatment_guide.engine.reader import Reader

Say = Callable[..., Answers]


Build = Callable[..., Guide]


def urgent(guide: Guide, answers: Answers) -> bool:
    """True when a danger sign comes before everything else."""
    return isinstance(narrow(Reader(guide, answers)), Urgent)
