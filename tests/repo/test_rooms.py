"""`make rooms` draws the code as it is, and finds arrows upward and circles."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import rooms

ORDER = [["top"], ["left", "right"], ["middle"], ["low"]]
ROOMS = [room for row in ORDER for room in row]


def test_the_code_has_no_arrow_upward_and_no_circle(capsys: pytest.CaptureFixture[str]) -> None:
    """The command ends well on the code itself, and its drawing has a line for each room."""
    status = rooms.main()
    lines = capsys.readouterr().out.splitlines()
    drawn = [line.split()[0] for line in lines if " modules" in line]

    assert (status, lines[-1]) == (0, "No arrow leads upward, and there is no circle.")
    assert drawn == [room for row in rooms.layers() for room in row]
    assert max(map(len, lines)) <= 100


def test_every_folder_of_the_code_is_a_room_of_some_layer() -> None:
    """A new folder or module is put into the layers before the command passes."""
    code = rooms.ROOT / rooms.PACKAGE
    there = {path.name for path in code.iterdir() if (path / "__init__.py").exists()}
    there |= {path.stem for path in code.glob("*.py")} - {"__init__"}

    assert there == {room for row in rooms.layers() for room in row}


def test_counts_are_those_of_the_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two modules that import two of another room are its arrow with a count; a circle is told."""
    package = tmp_path / "made_up_rooms"
    files = {
        "low/one.py": "",
        "low/two.py": "from made_up_rooms.low import one\n",
        "top/a.py": "from made_up_rooms.low import one, two\n",
        "top/b.py": "def later():\n    import made_up_rooms.low.two\n",
    }
    for name, text in files.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).parent.joinpath("__init__.py").touch()
        (package / name).write_text(text)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)

    assert rooms.read_imports("made_up_rooms") == (Counter(low=3, top=3), {("top", "low"): 3})

    (package / "low" / "one.py").write_text("from made_up_rooms.top import b\n")
    _, arrows = rooms.read_imports("made_up_rooms")
    assert rooms.faults(ORDER, arrows) == ["low -> top: upward", "low -> top -> low: a circle"]


@pytest.mark.parametrize(
    ("arrow", "told"),
    [
        (("low", "middle"), "low -> middle: upward"),
        (("left", "right"), "left -> right: to a room beside"),
        (("top", "attic"), "top -> attic: no layer holds attic"),
        (("attic", "top"), "attic -> top: no layer holds attic"),
    ],
)
def test_a_wrong_arrow_is_told(arrow: tuple[str, str], told: str) -> None:
    """Each kind of wrong arrow, alone among right ones."""
    assert rooms.faults(ORDER, {("top", "low"): 2, arrow: 1}) == [told]


@given(st.sets(st.sampled_from(list(itertools.permutations(ROOMS, 2)))))
def test_a_circle_is_found_whatever_rooms_it_leads_through(found: set[tuple[str, str]]) -> None:
    """A circle is told exactly when taking away rooms without arrows out of them leaves some."""
    left = set(found)
    while ends := {end for begin, end in left} - {begin for begin, end in left}:
        left = {arrow for arrow in left if arrow[1] not in ends}
    circles = rooms.circles(dict.fromkeys(found, 1))

    assert bool(circles) == bool(left)
    assert all(set(itertools.pairwise(each)) <= found for each in circles)


@given(
    st.dictionaries(st.sampled_from(list(itertools.permutations(ROOMS, 2))), st.integers(1, 9_999))
)
def test_a_drawing_names_every_arrow_and_stays_narrow(arrows: dict[tuple[str, str], int]) -> None:
    """Whatever the arrows are, each stands there with its count, within 100 characters."""
    drawn = rooms.drawing(ORDER, Counter(ROOMS), arrows)

    assert max(map(len, drawn.splitlines())) <= 100
    assert all(f" {end} {count}" in drawn for (_, end), count in arrows.items())
    assert drawn.count(" modules") == len(ROOMS)
