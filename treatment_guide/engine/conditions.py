"""Statements over answers that are true, false or unknown (Kleene's logic).

A condition never sees answers.
It asks a `Truths` what it knows about each atom, so that the audit can try every
combination of atoms without inventing people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


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


class Truths(Protocol):
    """What is known about each atom: True, False, or None for unknown."""

    def __getitem__(self, atom: Among) -> bool | None: ...


ALWAYS = AllOf(())


def truth(condition: Condition, truths: Truths) -> bool | None:
    """True, False, or None when the answers do not settle it."""
    if isinstance(condition, Among):
        return truths[condition]
    if isinstance(condition, Not):
        inner = truth(condition.part, truths)
        return None if inner is None else not inner
    deciding = isinstance(condition, AnyOf)  # one such part decides the whole
    unknown = False
    for part in condition.parts:
        value = truth(part, truths)
        if value is deciding:
            return deciding
        unknown = unknown or value is None
    return None if unknown else not deciding


def atoms(condition: Condition) -> Iterator[Among]:
    """Every atom of a condition, as often as it stands there."""
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


def unsettled(condition: Condition, truths: Truths) -> frozenset[str]:
    """The questions whose answers can still settle this condition; none once it is settled."""
    if truth(condition, truths) is not None:
        return frozenset()
    if isinstance(condition, Among):
        return frozenset((condition.question,))
    if isinstance(condition, Not):
        return unsettled(condition.part, truths)
    return frozenset().union(*(unsettled(part, truths) for part in condition.parts))


def settled_by(condition: Condition, truths: Truths) -> frozenset[str]:
    """The questions whose answers made a settled condition what it is."""
    value = truth(condition, truths)
    if value is None:
        return frozenset()
    if isinstance(condition, Among):
        return frozenset((condition.question,))
    if isinstance(condition, Not):
        return settled_by(condition.part, truths)
    deciding = isinstance(condition, AnyOf)
    parts = [p for p in condition.parts if value is not deciding or truth(p, truths) is deciding]
    if value is deciding:
        return settled_by(parts[0], truths)
    return frozenset().union(*(settled_by(part, truths) for part in parts))


def surely(condition: Condition) -> Iterator[Among]:
    """The atoms that must be true for a condition to be true."""
    if isinstance(condition, Among):
        yield condition
    elif isinstance(condition, AllOf):
        for part in condition.parts:
            yield from surely(part)


@dataclass(frozen=True)
class Supposing:
    """What would be known if a condition that is not settled turned out true."""

    truths: Truths
    condition: Condition

    def __getitem__(self, atom: Among) -> bool | None:
        value = self.truths[atom]
        if value is None and any(
            sure.question == atom.question and sure.choices <= atom.choices
            for sure in surely(self.condition)
        ):
            return True
        return value
