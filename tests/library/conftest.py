"""A small valid content folder, and what is needed to read a broken one."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy, copytree

import pytest

from tests.reading_once import reading_once
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent, Problem, Problems

VALID = Path(__file__).parent / "files" / "valid"
WORDS = Path(__file__).parents[2] / "content" / "en"
#: Words that only larger content asks for: unused words are faults.
LARGER = re.compile(
    r"^## (tag-(?!done|weak-evidence)|standard-|at-once-|role-|unit-(?!(minute|hour|day|week|month|year)$)"
    r"|fact-(injections|procedures|operations|joints|fingers|spots)$)"
)

#: Lays the valid folder out somewhere and gives the place.
LayValid = Callable[[Path], Path]


def lay_valid(folder: Path) -> Path:
    copytree(VALID, folder)
    for name in ("ui-clinics.md", "ui-handouts.md", "language.yaml"):
        copy(WORDS / name, folder / "en")
    sections = re.split(r"(?m)^(?=## )", (WORDS / "ui.md").read_text(encoding="utf-8"))
    smaller = "".join(each for each in sections if not LARGER.match(each.partition("\n")[0]))
    (folder / "en" / "ui.md").write_text(smaller, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def asks_no_clock(no_clock: None) -> None:
    """No test of this room depends on the day."""


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
    return load_library(lay_valid(tmp_path_factory.mktemp("valid") / "content"), whole=False)


@pytest.fixture(scope="session")
def problems_in() -> Callable[[Path], list[Problem]]:
    """Every problem of a content folder, sorted; none when it loads."""

    def read(folder: Path) -> list[Problem]:
        try:
            load_library(folder, whole=False)
        except BrokenContent as broken:
            return broken.problems
        return []

    return read


@pytest.fixture
def problems() -> Problems:
    """An empty list of problems, to be filled by what is tested."""
    return Problems()


@pytest.fixture(scope="module")
def read_once() -> Iterator[None]:
    """The same text is parsed and graded once: nearly all of it stays as it is."""
    with reading_once():
        yield
