"""Rules in parts that share no question, so that each part is proved alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from treatment_guide.engine.conditions import ALWAYS, questions_in
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Option, Rule

#: Stands for a `fits` of another part that is true.
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
    """The option in parts that share no question, each proved as if the others had no effect.

    This covers all cases. A question is open only while no other part makes the option later or
    less-likely, and unknown rules of another part can be answered so that it has no effect: its
    `against`, `wait` and `fits` false, its `first` true. Where another part has a `fits`, the part
    is proved with and without one that is true. An option for trials only has no `fits`, and is one
    part.
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
        if part.fits or not option.fits:
            yield part
        if len(part.fits) < len(option.fits):
            yield replace(part, fits=(*part.fits, USED))
