"""Cautions that several options share, said once: which apply, and which options each touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from treatment_guide.engine.outcome import Standing
from treatment_guide.engine.reader import Reader


@dataclass(frozen=True)
class Cares:
    """The care of one reader: by option, the ids that touch it; all that touch one, in order; and
    the cautions that need not be said again.
    """

    by_option: dict[str, tuple[str, ...]]
    shown: tuple[str, ...]
    said: frozenset[str]


def cares(reader: Reader, standings: Iterable[Standing]) -> Cares:
    """Which care applies to a reader with these standings."""
    known = reader.known
    flags = reader.rules.care(known.chosen, known.possible)
    acting = [each for each, acts in zip(reader.guide.care, flags, strict=True) if acts]
    by_option: dict[str, tuple[str, ...]] = {}
    if acting:
        for standing in standings:
            if standing.cautions:
                words = {caution.because for caution in standing.cautions}
                touched = tuple([each.id for each in acting if not words.isdisjoint(each.cautions)])
                if touched:
                    by_option[standing.option] = touched
    seen = {name for names in by_option.values() for name in names}
    return Cares(
        by_option,
        tuple([each.id for each in acting if each.id in seen]),
        frozenset().union(*[each.said for each in acting]),
    )
