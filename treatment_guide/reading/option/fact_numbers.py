"""The number of a fact in its shortest form, on the one scale of 100: it stands at the left of a row."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

from treatment_guide.library.in_words.spans import in_range
from treatment_guide.library.model import Fact, Language


def number_at_left(fact: Fact, ui: Mapping[str, str], language: Language) -> str:
    """The number of people or points of 100; empty for any other kind. A count of nobody goes up to
    the most that is still possible.
    """
    if fact.of_hundred(1) is None or isinstance(fact.value, str):
        return ""
    if fact.value == 0 and fact.upper:
        return in_range("0", _of_hundred(fact, fact.upper, ui, language), ui)
    if isinstance(fact.value, tuple):
        low, high = (_of_hundred(fact, each, ui, language) for each in fact.value)
        return low if low == high else in_range(low, high, ui)
    if fact.kind == "points" and fact.sides_of_hundred:
        return language.number(fact.sides_of_hundred[0])
    return _of_hundred(fact, fact.value, ui, language)


def _of_hundred(fact: Fact, number: float, ui: Mapping[str, str], language: Language) -> str:
    """One number of people or points of 100, rounded; a half is said as `3 or 4`."""
    found = fact.of_hundred(number) or 0.0
    if fact.kind != "points" and 0 < found < 1:
        return ui["fact-under"]
    low = floor(found)
    if fact.kind != "points" and found - low == 0.5:
        return ui["fact-either"].format(low=low, high=low + 1)
    return language.number(floor(found + 0.5))


def words_beside(fact: Fact, number: str, ui: Mapping[str, str]) -> str:
    """The sentence of a fact as it goes on from its number: `48 of 100` and `people had less pain`.
    The whole sentence where it does not begin with that number.
    """
    start = ui["of-people"].format(value=number, of=100) + " "
    said = fact.sentence_of_hundred or fact.sentence
    return said.removeprefix(start) if fact.kind == "of-100" else said
