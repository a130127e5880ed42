"""What the tests of standards share."""

import pytest

from tests.content.standards.read_pages import LIBRARY
from treatment_guide.library.model import Library


@pytest.fixture(scope="module")
def library() -> Library:
    """The real content."""
    return LIBRARY
