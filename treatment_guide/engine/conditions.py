"""Statements over answers that are true, false or unknown: a rule's `if` or `need`.

`compiled/expressions.py` computes their value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Among:
    """True when one of these choices of a question is chosen. The only atom."""

    question: str
    choices: frozenset[str]


@dataclass(frozen=True)
class AllOf:
    """True when every part is true. With no parts it is always true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """True when at least one part is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """True when its part is false."""

    part: Condition


Condition = Among | AllOf | AnyOf | Not


ALWAYS = AllOf(())


def atoms(condition: Condition) -> Iterator[Among]:
    """Every atom of a condition; one that occurs twice is given twice."""
    if isinstance(condition, Among):
        yield condition
    elif isinstance(condition, Not):
        yield from atoms(condition.part)
    else:
        for part in condition.parts:
            yield from atoms(part)


def questions_in(condition: Condition) -> frozenset[str]:
    """The questions a condition mentions."""
    return frozenset(atom.question for atom in atoms(condition))


def surely(condition: Condition) -> Iterator[Among]:
    """The atoms that must be true for a condition to be true."""
    if isinstance(condition, Among):
        yield condition
    elif isinstance(condition, AllOf):
        for part in condition.parts:
            yield from surely(part)
