"""Mistakes of an editor: each is told, at its place, in words that say what would be right; what
only follows from it waits.
"""

import shutil
from pathlib import Path

import pytest

from tests.library.mistakes.legal import LEGAL
from tests.library.mistakes.of_hazards import MISTAKES_OF_HAZARDS
from tests.library.mistakes.of_ids import MISTAKES_OF_FILES, MISTAKES_OF_IDS
from tests.library.mistakes.of_search import MISTAKES_OF_SEARCH
from tests.library.mistakes.of_values import MISTAKES_OF_VALUES
from tests.library.mistakes.of_yaml import MISTAKES_OF_YAML
from tests.library.mistakes.on_pages import MISTAKES_ON_PAGES
from tests.library.mistakes.planting import Change, Mistake
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.problems import BrokenContent

ALL = [
    *MISTAKES_OF_YAML,
    *MISTAKES_OF_IDS,
    *MISTAKES_OF_FILES,
    *MISTAKES_ON_PAGES,
    *MISTAKES_OF_SEARCH,
    *MISTAKES_OF_VALUES,
    *MISTAKES_OF_HAZARDS,
]
CONTENT = Path(__file__).parents[2] / "content"


pytestmark = pytest.mark.usefixtures("read_once")


def told(tmp_path: Path, change: Change) -> BrokenContent | None:
    """What is told about a copy of the real content with this change; None for nothing."""
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    change(root)
    try:
        load_library(root)
    except BrokenContent as broken:
        return broken
    return None


@pytest.mark.parametrize("mistake", ALL, ids=lambda mistake: mistake.name)
def test_a_mistake_is_told_where_it_stands(mistake: Mistake, tmp_path: Path) -> None:
    """The faults in the table are told and no other; what follows from them is only counted."""
    broken = told(tmp_path, mistake.change)

    assert broken is not None, "The mistake is silent."
    found = [(each.file, each.line, each.message) for each in broken.problems]
    assert len(found) == len(mistake.told), found
    for file, at, says in mistake.told:
        line = at if isinstance(at, int) else line_of(tmp_path / "content" / file, at)
        assert [m for f, n, m in found if (f, n) == (file, line) and says in m], (line, found)
    assert bool(broken.waiting) == mistake.waits, str(broken)


def line_of(path: Path, text: str) -> int:
    """The first line of a file that holds a text."""
    rows = path.read_text(encoding="utf-8").split("\n")
    return next(i for i, row in enumerate(rows, 1) if text in row)


@pytest.mark.parametrize("change", LEGAL.values(), ids=list(LEGAL))
def test_what_does_no_harm_is_legal(change: Change, tmp_path: Path) -> None:
    """Nothing is refused that readers would never notice."""
    broken = told(tmp_path, change)

    assert broken is None, str(broken)


def test_two_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """A file that cannot be read hides no mistake that does not follow from it; once it is mended,
    what waited is told.
    """
    changes = {mistake.name: mistake.change for mistake in ALL}

    def both(root: Path) -> None:
        changes["a colon in the words"](root)
        changes["words of a device"](root)
        changes["a source misspelled where it is cited"](root)

    broken = told(tmp_path, both)

    assert broken is not None
    assert [each.file for each in broken.problems] == [
        "guide/sources/joints-1.yaml",
        "en/options/prp.md",
        "guide/options/prp.yaml",
    ]
    assert str(broken).endswith(" more checks wait until these are mended.")
