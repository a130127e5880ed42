"""The gap between the two sides of a fact, on the one scale of comparisons."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.english import ENGLISH
from tests.library.loading.test_facts import shape
from treatment_guide.library.loading.facts import build_fact
from treatment_guide.library.model import Fact, Library
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Entry


def fact(
    library: Library, problems: Problems, words: Mapping[str, str], **fields: Any
) -> Fact | None:
    """A fact with two sides, from its extra words and its fields."""
    extras = {"who": "adults", "value": "A", "versus": "B", **words}
    entry = Entry("a-fact", 1, "{value} and {versus}", extras)
    return build_fact("a-fact", shape(**fields), entry, "a.md", library.ui, ENGLISH, problems)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "points", "value": "2.1", "versus": "1.8", "scale": "10"}, "3 points out of 100"),
        ({"kind": "points", "value": "9", "versus": "8", "scale": "100"}, "1 point out of 100"),
        ({"kind": "of-100", "value": "65", "versus": "33"}, "32 of 100"),
        ({"kind": "of-1000", "value": "20", "versus": "16"}, "0.4 of 100"),
        (
            {"kind": "points", "value": "42.3", "versus": "25.8", "scale": "100", "gap": "15.8"},
            "16 points out of 100",
        ),
    ],
)
def test_a_gap_is_said_on_the_scale_of_100(
    fields: dict[str, str], said: str, library: Library, problems: Problems
) -> None:
    """People of 1,000 and points of 10 are said of 100, whole where that keeps the gap; a study's own
    difference wins.
    """
    made = fact(library, problems, {"difference": "{gap} apart."}, **fields)
    assert made is not None and made.difference == f"{said} apart.", problems.found


def test_more_and_fewer_people_are_said_as_such(library: Library, problems: Problems) -> None:
    """`{more}` and `{fewer}` count people."""
    words = {"difference": "{more}, or {fewer}."}
    made = fact(library, problems, words, kind="of-100", value="65", versus="33")
    assert made is not None and made.difference == "32 more of 100, or 32 fewer of 100."


def test_one_side_alone_has_no_gap(library: Library, problems: Problems) -> None:
    """Words about a gap need two sides to lie between."""
    entry = Entry("a", 1, "{value}", {"who": "adults", "difference": "{gap} apart."})
    assert build_fact("a", shape(), entry, "a.md", library.ui, ENGLISH, problems) is None
    assert "need people or points on two sides" in problems.found[0].message


def test_no_digit_is_typed_into_a_difference(library: Library, problems: Problems) -> None:
    """Digits come from the record alone."""
    words = {"difference": "32 more."}
    assert fact(library, problems, words, kind="of-100", value="65", versus="33") is None
    assert "A digit is typed" in problems.found[0].message


def test_that_people_knew_is_said_once(library: Library, problems: Problems) -> None:
    """The record says it; a caveat that says it again is a fault, and a difference that says it is
    not followed by the same words.
    """
    sides = {"kind": "of-100", "value": "65", "versus": "33", "knew": "true"}
    said = fact(library, problems, {"difference": "{more}. People knew what they had."}, **sides)
    other = fact(library, problems, {"difference": "{more}."}, **sides)

    assert said and said.knew_said and other and not other.knew_said
    assert fact(library, problems, {"caveat": "One trial. People knew it."}, **sides) is None
    assert "leave it out here" in problems.found[0].message
