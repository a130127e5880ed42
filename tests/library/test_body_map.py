"""The picture of the body in a question's file: what is read, and what is refused where."""

from collections.abc import Callable
from pathlib import Path

import pytest

from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.model.body_map import FIGURE, TouchArea
from treatment_guide.library.problems import Problem

ProblemsIn = Callable[[Path], list[Problem]]
FILE = "guide/questions/place.yaml"
KNEE = "knee: {side: front, dots: [[82, 303], [118, 303]], touch-wide: [[100, 305]]}"
HEEL = "heel: {side: back, line: M83 236C82 300 80 392 83 392, touch: [[100, 386]]}"


def write_map(content: Path, *places: str) -> None:
    """Give the question about the place a map with these lines, from line 5 on."""
    file = content / FILE
    file.write_text(file.read_text() + "map:\n" + "".join(f"  {place}\n" for place in places))


def test_a_place_on_the_map_is_read_with_all_that_it_says(content: Path):
    """Points of the back figure lie to the right of those of the front."""
    write_map(content, HEEL, KNEE)
    knee, heel = load_library(content, whole=False).body_maps["place"]

    assert (knee.choice, knee.dots, knee.line, knee.shift) == (
        "knee",
        ((82, 303), (118, 303)),
        "",
        0,
    )
    assert knee.touch == (TouchArea(100, 305, wide=True),)
    assert (heel.choice, heel.dots, heel.shift) == ("heel", (), FIGURE[0])
    assert heel.line == "M83 236C82 300 80 392 83 392"
    assert heel.touch == (TouchArea(300, 386, wide=False),)


def test_each_dot_is_touched_where_nothing_else_is_said(content: Path):
    """The least that a place needs is a side and a dot."""
    write_map(content, "heel: {side: front, dots: [[84, 386], [16, 386]]}")
    (heel,) = load_library(content, whole=False).body_maps["place"]

    assert heel.touch == (TouchArea(84, 386, wide=False), TouchArea(16, 386, wide=False))


def test_a_question_needs_no_map(content: Path):
    """Without one, or with a map of some choices, every choice stands in the list all the same."""
    assert load_library(content, whole=False).body_maps == {}


@pytest.mark.parametrize(
    ("place", "field", "words"),
    [
        ("elbow: {side: front, dots: [[1, 1]]}", "", "elbow"),
        ("knee: {dots: [[1, 1]]}", "map.knee.side", "needed"),
        ("knee: {side: left, dots: [[1, 1]]}", "map.knee.side", "front"),
        ("knee: {side: front}", "map.knee", "dots"),
        ("knee: {side: front, line: M1 1L2 2}", "map.knee", "touch"),
        ("knee: {side: front, dots: [[201, 1]]}", "map.knee.dots.0.0", "200"),
        ("knee: {side: front, dots: [[1, 425]]}", "map.knee.dots.0.1", "424"),
        ("knee: {side: front, dots: [[-1, 1]]}", "map.knee.dots.0.0", "0"),
        ("knee: {side: front, dots: [[1]]}", "map.knee.dots.0.1", "needed"),
        ("knee: {side: front, dots: [[left, 1]]}", "map.knee.dots.0.0", "number"),
        (
            'knee: {side: front, line: "M1 1\\"/><script>", touch: [[1, 1]]}',
            "map.knee.line",
            "form",
        ),
        ("knee: {side: front, dots: [[1, 1]], color: red}", "map.knee.color", "known"),
    ],
)
def test_a_wrong_place_is_refused_where_it_stands(
    content: Path, problems_in: ProblemsIn, place: str, field: str, words: str
):
    """Each fault has its file, its line and its field, and nothing else is accused."""
    write_map(content, place)
    faults = [fault for fault in problems_in(content) if fault.file == FILE]

    assert [fault.field for fault in faults] == [field]
    assert words in faults[0].message
    assert faults[0].line == (5 if field else 1)


@pytest.mark.parametrize(
    ("heel", "told_apart"),
    [
        ("dots: [[100, 355]]", True),
        ("dots: [[100, 354]]", False),
        ("dots: [[175, 305]]", True),
        ("dots: [[174, 305]]", False),
        ("dots: [[5, 300], [150, 300]]", False),
    ],
)
def test_places_that_a_finger_could_not_tell_apart_are_refused(
    content: Path, problems_in: ProblemsIn, heel: str, told_apart: bool
):
    """A finger needs 50 units (44 px on a phone); a wide area is twice as wide."""
    write_map(content, KNEE, f"heel: {{side: front, {heel}}}")
    faults = problems_in(content)

    if told_apart:
        assert faults == []
    else:
        (fault,) = faults
        assert (fault.file, fault.line, fault.field) == (FILE, 6, "map.heel")
        assert "`heel` at [" in fault.message and "from `knee` at [100, 305]" in fault.message


@pytest.mark.parametrize(("touch", "across"), [("touch", 75), ("touch-wide", 100)])
def test_the_fault_says_how_far_apart_two_places_have_to_be(
    content: Path, problems_in: ProblemsIn, touch: str, across: int
):
    """An editor reads both points as the file has them, and the distance that is enough: a place
    moved by as much is no fault any more.
    """
    heel = f"heel: {{side: back, dots: [[1, 1]], {touch}: [[99, 304]]}}"
    write_map(content, KNEE.replace("front", "back"), heel)
    (fault,) = problems_in(content)
    text = (content / FILE).read_text()

    assert "`heel` at [99, 304] from `knee` at [100, 305]" in fault.message
    assert f"50 or more apart down, or {across} across" in fault.message
    for point in ([100, 355], [100, 255], [100 - across, 305], [100 + across, 305]):
        (content / FILE).write_text(text.replace("[99, 304]", str(point)))
        assert problems_in(content) == []


def test_front_and_back_do_not_meet(content: Path, problems_in: ProblemsIn):
    """The same point of the other figure is somewhere else."""
    write_map(content, KNEE, "heel: {side: back, dots: [[100, 305]]}")

    assert problems_in(content) == []
