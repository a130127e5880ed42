"""The icon arrays: a hundred people, as many of them filled as the number says."""

import re

import pytest

from treatment_guide.http.html.template_tags import people


def area(path: str) -> float:
    """How many people a path of right angles covers: its area in squares of one person."""
    x = y = 0.0
    corners = []
    for letter, numbers in re.findall(r"([MHVz])([\d. ]*)", path):
        given = [float(each) for each in numbers.split()]
        if letter == "M":
            x, y = given
        elif letter == "H":
            x = given[0]
        elif letter == "V":
            y = given[0]
        corners.append((x, y))
    turns = zip(corners, corners[1:] + corners[:1], strict=True)
    return abs(sum(a * d - c * b for (a, b), (c, d) in turns)) / 2 / (22 * 26)


@pytest.mark.parametrize("count", range(101))
def test_as_many_people_are_filled_as_the_number_says(count):
    """Of a hundred people, `count` are filled and the rest are outlines: none twice, none lost."""
    drawn = re.findall(r'fill="url\(#(person-filled|person-outline)\)" d="([^"]+)"', people(count))
    covered = {name: area(path) for name, path in drawn}

    assert covered.get("person-filled", 0) == pytest.approx(count)
    assert covered.get("person-outline", 0) == pytest.approx(100 - count)
    assert len(drawn) == len(covered)
