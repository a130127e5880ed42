"""The pictures of facts: a hundred people or a hundred points, in one box, as the number says."""

import pytest

from tests.for_each import for_each
from treatment_guide.http.html.fact_pictures import (
    HEIGHT,
    PERSON,
    ROW,
    WIDTH,
    people_measures,
    points_measures,
)
from treatment_guide.reading.option.fact_forms import ONE, PAIR
from treatment_guide.reading.page_parts import ShownFact, parts


@for_each("count", range(101))
def test_as_many_people_are_filled_as_the_number_says(count: int) -> None:
    """Of a hundred people, `count` are filled from the ground up: the area of the crops is theirs."""
    made = people_measures(count)

    filled = WIDTH * made["height"] + made["across"] * ROW * (made["across"] > 0)

    assert filled == count * PERSON * ROW
    assert made["top"] + made["height"] == HEIGHT, "the rows stand on the ground"
    assert made["rest_top"] + ROW == made["top"], "the last people stand on the rows"


@pytest.mark.parametrize(("points", "top"), [(0, "260"), (21, "205.4"), (50, "130"), (100, "0")])
def test_a_bar_stands_as_high_as_its_points(points: float, top: str) -> None:
    """A hundred points fill the box in which a hundred people stand."""
    assert points_measures(points, None) == {"top": top, "line": None}


def test_the_mark_stands_where_people_notice_a_gap() -> None:
    """18 points are noticed above the 18 of the other side: the mark is at 36."""
    assert points_measures(21, 36)["line"] == "166.4"


def test_a_picture_is_explained_once_a_page(library) -> None:
    """The first picture of people says how to read it, and the first of points does, too."""
    for page in (*library.topics.values(), *(each.page for each in library.situations.values())):
        found = [block for part in parts(library, page) for block in part["blocks"]]
        shown = [block for block in found if isinstance(block, ShownFact)]
        drawn = [each for each in shown if each.form in (PAIR, ONE)]
        made_of = ["points" if each.fact.kind == "points" else "people" for each in drawn]
        explained = [each.explained for each in drawn if each.explained]

        assert explained == list(dict.fromkeys(made_of))
        assert not any(each.explained for each in shown if each not in drawn)
