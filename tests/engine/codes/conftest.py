"""What the tests of codes share: codes of any answers."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from tests.engine.codes.shared import Drawn
from treatment_guide.engine.answers import Answers
from treatment_guide.engine.code import (
    Layout,
    encode,
)


@pytest.fixture(scope="module")
def any_code(layout: Layout, any_answers: Drawn[Answers]) -> Drawn[str]:
    """The codes of any answers, with or without a day and a clinic."""
    days = st.none() | st.integers(0, 5000)
    clinics = st.none() | st.integers(1, 31)
    return st.builds(
        lambda answers, day, clinic: encode(layout, answers, day=day, clinic=clinic),
        any_answers,
        days,
        clinics,
    )
