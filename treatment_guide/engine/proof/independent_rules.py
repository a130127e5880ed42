"""Rules in parts that share no question, so that each part is looked at alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from treatment_guide.engine.conditions import ALWAYS, questions_in
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Option, Rule

#: Stands for what other parts bring: the option is used for these answers.
USED = Rule(ALWAYS, "")


def connected(rules: Iterable[Rule], guide_by: dict[str, str | None]) -> list[set[Rule]]:
    """Rules in sets that share no question with each other."""
    sets: list[tuple[set[Rule], set[str]]] = []
    for rule in rules:
        asked = set(questions_in(rule.condition))
        asked |= {parent for q in asked if (parent := guide_by.get(q))}
        together: set[Rule] = {rule}
        apart = []
        for members, mentioned in sets:
            if mentioned & asked:
                together |= members
                asked |= mentioned
            else:
                apart.append((members, mentioned))
        sets = [*apart, (together, asked)]
    return [members for members, _ in sets]


def independent(option: Option, guide: Guide) -> Iterator[Option]:
    """The option in parts that share no question, each to be looked at with the others out of
    the way.

    That loses nothing. A question is open only while no other part holds the option back, and
    what another part has left unknown can be completed so that it stays out of the way:
    its `against`, `wait` and `fits` false, its `first` true. Where another part may bring the
    `fits`, the part is looked at with and without it.
    """
    by = {q.id: q.by for q in guide.questions.values()}
    parts = connected(option.grouping, by)
    for members in parts:
        part = replace(
            option,
            fits=tuple(r for r in option.fits if r in members),
            first=tuple(r for r in option.first if r in members),
            wait=tuple(r for r in option.wait if r in members),
            against=tuple(r for r in option.against if r in members),
        )
        if part.fits:
            yield part
        if len(part.fits) < len(option.fits):
            yield replace(part, fits=(*part.fits, USED))
