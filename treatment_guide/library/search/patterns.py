"""Phrases that are found by their stems in any order, with other words between.

A phrase with two stems or more that tell something is a set: all of them must stand in the text,
near each other. Of a phrase with fewer ("passed out") all words must stand one after another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from treatment_guide.library.search.plain_words import Phrases

T = TypeVar("T")


@dataclass(frozen=True)
class Pattern:
    """The stems of one phrase. `stems` is empty where the phrase says nothing at all."""

    stems: tuple[str, ...]
    in_order: bool

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for two phrases that are found in the same texts."""
        return self.stems if self.in_order else tuple(sorted(self.stems))


def pattern_of(stems: Sequence[str], fillers: Collection[str]) -> Pattern:
    """The pattern of a phrase. `fillers` are stems that tell nothing."""
    telling = tuple(dict.fromkeys(stem for stem in stems if stem not in fillers))
    if len(telling) > 1:
        return Pattern(telling, in_order=False)
    return Pattern(tuple(stems), in_order=True)


class Patterns(Generic[T]):
    """Many patterns, each with a value, and which of them a text contains."""

    def __init__(self, rows: Iterable[tuple[Pattern, T]], within: int | None = None) -> None:
        """All stems of a set must stand among `within` telling stems of the text; None: anywhere."""
        listed = list(rows)
        self._within = within
        self._in_order = Phrases((row[0].stems, row) for row in listed if row[0].in_order)
        sets = [row for row in listed if not row[0].in_order]
        often = Counter(stem for pattern, _ in sets for stem in pattern.stems)
        #: The sets by the stem of theirs that the fewest others have; equal sets together.
        self._sets: dict[str, dict[tuple[str, ...], list[tuple[Pattern, T]]]] = {}
        for row in sets:
            rarest = min(row[0].stems, key=lambda stem: (often[stem], stem))
            self._sets.setdefault(rarest, {}).setdefault(row[0].stems, []).append(row)

    def found_in(
        self, stems: Sequence[str], telling: Sequence[str] | None = None
    ) -> list[tuple[Pattern, T]]:
        """The patterns in a text with their values. `telling` are its stems without fillers, for
        the sets.
        """
        told = stems if telling is None else telling
        found = self._in_order.found_in(stems)
        reach = self._within or len(told)
        sets: dict[tuple[str, ...], list[tuple[Pattern, T]]] = {}
        for place, stem in enumerate(told):
            if stem not in self._sets:
                continue
            # A set stands near its rarest stem or nowhere: the cost of a text grows with its length.
            around = told[max(0, place - reach + 1) : place + reach]
            there = frozenset(around)
            for needed, rows in self._sets[stem].items():
                if there.issuperset(needed) and needed not in sets and self._near(needed, around):
                    sets[needed] = rows
        return found + [row for rows in sets.values() for row in rows]

    def _near(self, stems: tuple[str, ...], told: Sequence[str]) -> bool:
        """True when all stems stand in one stretch of `within` stems."""
        if self._within is None or len(told) <= self._within:
            return True
        last = dict.fromkeys(stems, -1 - self._within)
        for place, stem in enumerate(told):
            if stem in last:
                last[stem] = place
                if place - min(last.values()) < self._within:
                    return True
        return False
