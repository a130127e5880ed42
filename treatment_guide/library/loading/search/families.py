"""Families of words: `{leg} swollen` stands for "calf swollen", "thigh swollen" and so on.

A family is a list of words that are not the same ("calf", "thigh") but mean the same danger in a
phrase. `20 to 60` in the list stands for each whole number from 20 to 60.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping

_NAME = re.compile(r"\{([^{}]*)\}")
_NUMBERS = re.compile(r"(\d+) to (\d+)")
#: The most numbers that one row may stand for: each becomes a phrase of its own.
MOST_NUMBERS = 1000


class UnknownFamily(ValueError):
    """A phrase names a family that there is not. `name` is its name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Families:
    """The families by their names. Remembers which of them phrases named."""

    def __init__(self, rows: Mapping[str, Iterable[str]]) -> None:
        self._words = {name: tuple(_listed(words)) for name, words in rows.items()}
        #: The names that no phrase named yet.
        self.unused = set(self._words)

    @property
    def names(self) -> frozenset[str]:
        """The names of all families."""
        return frozenset(self._words)

    def expanded(self, phrase: str) -> list[str]:
        """The phrases that a phrase stands for: itself where it names no family. Raises
        `UnknownFamily`.
        """
        names = list(dict.fromkeys(_NAME.findall(phrase)))
        for name in names:
            if name not in self._words:
                raise UnknownFamily(name)
        self.unused.difference_update(names)
        return [
            _filled(phrase, dict(zip(names, row, strict=True)))
            for row in itertools.product(*(self._words[name] for name in names))
        ]


def _filled(phrase: str, words: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: words[found[1]], phrase)


def _listed(words: Iterable[str]) -> Iterator[str]:
    """The words, with each number of a row such as `20 to 60`."""
    for word in words:
        numbers = _NUMBERS.fullmatch(word)
        if numbers:
            first, last = int(numbers[1]), int(numbers[2])
            yield from map(str, range(first, min(last, first + MOST_NUMBERS - 1) + 1))
        else:
            yield word
