"""A code with which every question opens."""

import pytest

from tests.stories import KNEE


@pytest.fixture(scope="session")
def open_code(code):
    """A code with the danger signs answered today, so that every question opens."""
    return code(KNEE)
