"""A small valid content folder, and what is needed to read a broken one."""

from collections.abc import Callable
from pathlib import Path
from shutil import copy, copytree

import pytest

from treatment_guide.library.loader import load_library
from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent, Problem, Problems

VALID = Path(__file__).parent / "files" / "valid"
UI_WORDS = Path(__file__).parents[2] / "content" / "en" / "ui.md"

#: Lays the valid folder out somewhere and gives the place.
LayValid = Callable[[Path], Path]


def lay_valid(folder: Path) -> Path:
    copytree(VALID, folder)
    copy(UI_WORDS, folder / "en" / "ui.md")
    return folder


@pytest.fixture(scope="session")
def lay() -> LayValid:
    """Makes a folder a copy of the valid content; the words of the interface are the real ones."""
    return lay_valid


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the valid content folder that a test may change."""
    return lay_valid(tmp_path / "content")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library made from the valid content folder."""
    return load_library(lay_valid(tmp_path_factory.mktemp("valid") / "content"))


@pytest.fixture(scope="session")
def problems_in() -> Callable[[Path], list[Problem]]:
    """Every problem of a content folder, sorted; none when it loads."""

    def read(folder: Path) -> list[Problem]:
        try:
            load_library(folder)
        except BrokenContent as broken:
            return broken.problems
        return []

    return read


@pytest.fixture
def problems() -> Problems:
    """An empty list of problems, to be filled by what is tested."""
    return Problems()
