"""Roots and followers: what only follows from a file that cannot be read waits, nothing else."""

import shutil
from pathlib import Path

import pytest

from treatment_guide.library.faults.file_kinds import FOLDERS, NO_KIND, SINGLE, in_original, kind_of
from treatment_guide.library.faults.nearest import nearest
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.problems import BrokenContent

pytestmark = pytest.mark.usefixtures("read_once")

CONTENT = Path(__file__).parents[2] / "content"
FILES = sorted(
    str(path.relative_to(CONTENT))
    for path in CONTENT.rglob("*")
    if path.suffix in (".yaml", ".md") and path.name != "README.md"
)
#: Folders that are made with the first recall, and with the first review.
NOT_YET = {"recalls/", "reviews/", "reviews/read/", "reviews/objections/"}
#: One file of each kind that the real content holds.
ONE_OF_EACH = sorted(
    {kind_of(file).pattern: file for file in FILES if in_original(file) == file}.values()
)


def faults(root: Path) -> BrokenContent:
    with pytest.raises(BrokenContent) as broken:
        load_library(root)
    return broken.value


def test_every_real_file_is_of_a_kind_that_is_known() -> None:
    """No file of the guide is refused, and every single file that is known by name is there."""
    assert [file for file in FILES if kind_of(file) == NO_KIND] == []
    assert [name for name in SINGLE if kind_of(name) == NO_KIND] == []
    assert {in_original(f"{Path(file).parent}/") for file in FILES} | NOT_YET == set(FOLDERS)


@pytest.mark.parametrize("file", ONE_OF_EACH)
def test_a_file_that_cannot_be_read_is_the_one_fault(file: str, tmp_path: Path) -> None:
    """Whatever file cannot be read: that is told, and no other file is accused because of it."""
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    (root / file).write_bytes(b"\xff" + (root / file).read_bytes())

    told = faults(root)

    assert [problem.file for problem in told.problems] == [file], str(told)[:2000]


@pytest.mark.parametrize(
    ("word", "words", "near"),
    [
        ("bennel-2021", ["bennell-2021", "kearney-2021"], "bennell-2021"),
        ("PRP", ["prp", "rfa"], "prp"),
        ("knee", ["elbow"], ""),
        ("knee", [], ""),
    ],
)
def test_the_nearest_word_is_offered_when_it_is_near(
    word: str, words: list[str], near: str
) -> None:
    """A slip of a letter or of a capital is near; another word is not."""
    assert nearest(word, words) == near
