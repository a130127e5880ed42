"""The real content, for the tests that look at it."""

import pytest

from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library


@pytest.fixture(scope="session")
def library() -> Library:
    """The real content, loaded once for the process."""
    return current_library()


@pytest.fixture(autouse=True)
def fixed_day(freeze: Freeze) -> None:
    """Today is a day on which every number is shown."""
    freeze(THE_DAY)
