"""The number at the left of a row: people or points of 100, as people say them."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tests.english import ENGLISH
from tests.reading.option.test_fact_forms import COUNT, POINTS
from treatment_guide.library.model import Library
from treatment_guide.reading.option.fact_numbers import number_at_left, words_beside


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": 47}, "47"),
        ({"value": (6, 10)}, "6 to 10"),
        ({"kind": "of-1000", "value": 4}, "Under 1"),
        ({"kind": "of-1000", "value": 35}, "3 or 4"),
        ({"kind": "of-1000", "value": 12}, "1"),
        ({"kind": "of-10000", "value": (5, 400)}, "Under 1 to 4"),
        ({"value": 0, "upper": 17}, "0 to 17"),
        ({"kind": "duration", "value": "3 days"}, ""),
        ({"kind": "cost", "value": 700}, ""),
    ],
)
def test_people_are_counted_of_a_hundred(
    library: Library, fields: dict[str, Any], words: str
) -> None:
    """One scale for all; too few for it are "under 1", and nobody goes up to what is possible."""
    assert number_at_left(replace(COUNT, **fields), library.ui, ENGLISH) == words


@pytest.mark.parametrize(
    ("value", "versus", "scale", "words"),
    [
        (2.1, 1.8, 10, "21"),
        (10.6, 9.3, 100, "10.6"),
        (32.5, 16, 100, "33"),
        (0.97, None, 10, "10"),
    ],
)
def test_points_are_whole_unless_that_would_change_the_gap(
    library: Library, value: float, versus: float | None, scale: int, words: str
) -> None:
    """10.6 and 9.3 are 1.3 apart; 11 and 9 would be 2."""
    fact = replace(POINTS, value=value, versus=versus, scale=scale)

    assert number_at_left(fact, library.ui, ENGLISH) == words


def test_words_go_on_from_the_number_beside_them(library: Library) -> None:
    """Nobody reads "48 of 100" twice; a sentence that begins otherwise is whole."""
    fact = replace(COUNT, sentence="30 of 100 people walked.", sentence_of_hundred="")

    assert words_beside(fact, "30", library.ui) == "people walked."
    assert words_beside(fact, "29", library.ui) == "30 of 100 people walked."
    assert words_beside(replace(fact, kind="of-1000"), "30", library.ui) == fact.sentence


def test_a_cell_of_the_fact_table_says_people_only_where_people_were_counted(
    client: Client, library: Library
) -> None:
    """A study of the back counted heated spots; its cell said "in people of 100"."""
    people, hundred = (f", {library.ui[f'glance-{unit}']}<" for unit in ("people", "hundred"))
    said = []
    for option in library.options:
        page = client.get(f"/options/{option}/").text
        cells = re.findall(r'glance-cell[^>]*data-fact="([\w-]+)">(.*?)</div>', page, re.DOTALL)
        others = [cell for name, cell in cells if library.facts[name].counted != "people"]
        said += others

        assert not any(people in cell for cell in others)
    assert any(hundred in cell for cell in said)
