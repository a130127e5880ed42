"""A hospital's own folder to be changed, and the faults that it has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from tests.local_copy import EXAMPLE, read_folder
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library
from treatment_guide.library.problems import Problem

FaultsIn = Callable[[], list[Problem]]


@pytest.fixture(scope="session")
def guide() -> Library:
    """The real guide."""
    return current_library()


@pytest.fixture
def hospital(tmp_path: Path) -> Path:
    """A copy of the example that a test may change."""
    return copytree(EXAMPLE, tmp_path / "hospital")


@pytest.fixture
def faults_in(hospital: Path) -> FaultsIn:
    """The faults of the hospital's folder as it is now."""
    return lambda: read_folder(hospital)[2]
