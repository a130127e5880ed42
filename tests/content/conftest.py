"""The real content, for the tests that look at it."""

import pytest

from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library


@pytest.fixture(scope="session")
def library() -> Library:
    """The real content, loaded once for the process."""
    return current_library()


@pytest.fixture(scope="module", autouse=True)
def fixed_day(the_day: None) -> None:
    """Today is a day on which every number is shown."""
