"""A family of words in a phrase of danger stands for each of its words."""

import pytest

from treatment_guide.library.loading.search.families import (
    MOST_NUMBERS,
    Families,
    UnknownFamily,
)

FAMILIES = {"leg": ["leg", "calf"], "pale": ["white", "blue"], "high": ["20 to 22", "400s"]}


def test_a_phrase_without_a_family_stands_for_itself():
    """Most phrases are written out."""
    assert Families(FAMILIES).expanded("chest pain") == ["chest pain"]


def test_a_phrase_stands_for_each_word_of_its_families():
    """Two families: each word of one with each of the other."""
    assert Families(FAMILIES).expanded("{leg} went {pale}") == [
        "leg went white",
        "leg went blue",
        "calf went white",
        "calf went blue",
    ]


def test_a_family_named_twice_gives_the_same_word_twice():
    """So two words that differ need two families."""
    assert Families(FAMILIES).expanded("{leg} and {leg}") == ["leg and leg", "calf and calf"]


def test_a_range_stands_for_each_of_its_whole_numbers():
    """The first and the last count."""
    assert Families(FAMILIES).expanded("sugar {high}") == [
        "sugar 20",
        "sugar 21",
        "sugar 22",
        "sugar 400s",
    ]


def test_a_range_is_limited():
    """A slip such as `20 to 200000` may not fill the memory."""
    assert len(Families({"all": ["1 to 999999999"]}).expanded("{all}")) == MOST_NUMBERS


def test_an_unknown_family_is_told_by_its_name():
    """The reader of the file says which one may be meant."""
    with pytest.raises(UnknownFamily) as caught:
        Families(FAMILIES).expanded("{arm} went white")

    assert caught.value.name == "arm"


def test_families_that_no_phrase_names_are_known():
    """They are a fault of the content."""
    families = Families(FAMILIES)
    families.expanded("{leg} {pale}")

    assert families.unused == {"high"}
