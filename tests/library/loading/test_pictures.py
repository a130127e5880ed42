"""The list of drawings: where each stands, and what is told when the list is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.problems import Problem

ProblemsIn = Callable[[Path], list[Problem]]

HERE = "{page: option:sample-option, part: what-it-is}"


@pytest.fixture
def list_pictures(content: Path) -> Callable[[str, str], Path]:
    """Writes the list of drawings and their captions into the valid folder."""

    def write(rows: str, captions: str) -> Path:
        (content / "guide/pictures.yaml").write_text(rows, encoding="utf-8")
        (content / "en/pictures.md").write_text(captions, encoding="utf-8")
        return content

    return write


def test_a_picture_stands_in_its_part_with_its_caption(list_pictures):
    """A drawing is found by page and part, and brings its words."""
    content = list_pictures(f"knee:\n  - {HERE}\n", "## knee\nA knee\nfrom the front.\n")

    picture = load_library(content, whole=False).pictures[("option", "sample-option", "what-it-is")]

    assert (picture.name, picture.caption) == ("knee", "A knee from the front.")


@pytest.mark.parametrize(
    ("rows", "captions", "place", "says"),
    [
        (
            f"knee:\n  - {HERE}\n",
            "## knees\nA knee.\n",
            ("guide/pictures.yaml", 1, "knee"),
            "no caption",
        ),
        (
            f"knee:\n  - {HERE}\n",
            "## knee\nA knee.\n\n## hip\nA hip.\n",
            ("en/pictures.md", 4, "hip"),
            "guide/pictures.yaml has no `hip`",
        ),
        (
            "knee:\n  - {page: option:sample-option, part: price}\n",
            "## knee\nA knee.\n",
            ("guide/pictures.yaml", 2, "knee"),
            "no part `price`",
        ),
        (
            "knee:\n  - {page: option:nowhere, part: gains}\n",
            "## knee\nA knee.\n",
            ("guide/pictures.yaml", 2, "knee"),
            "option:nowhere",
        ),
        (
            f"knee:\n  - {HERE}\nhip:\n  - {HERE}\n",
            "## knee\nA knee.\n\n## hip\nA hip.\n",
            ("guide/pictures.yaml", 4, "hip"),
            "already",
        ),
    ],
    ids=["no caption", "caption alone", "no such part", "no such page", "two in one place"],
)
def test_a_wrong_list_of_pictures_is_told(
    list_pictures, problems_in: ProblemsIn, rows, captions, place, says
):
    """A drawing without caption or place, a caption without drawing, two in one place: each is
    one fault, told with its line.
    """
    found = problems_in(list_pictures(rows, captions))

    assert [(each.file, each.line, each.field) for each in found] == [place]
    assert says in found[0].message
