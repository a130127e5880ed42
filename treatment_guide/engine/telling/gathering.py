"""Options gathered by what they share: the open question that settles them, the change that brings
them closer, the reasons that speak against them. Their order stays.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from treatment_guide.engine.answers import Questions
from treatment_guide.engine.outcome import Standing

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True)
class Waiting:
    """Options that wait for the answers to the same questions (ids, in the order asked)."""

    questions: tuple[str, ...]
    standings: tuple[Standing, ...]


def gathered(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """The values of each key, in the order of the first of them."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def asked_with(questions: Questions) -> dict[str, str]:
    """For each question, the one that it is asked with: a cause with its place, any other alone."""
    return {
        name: question.by if question.by and not question.about_danger else name
        for name, question in questions.items()
    }


def by_open_question(
    together: Mapping[str, str], waiting: Sequence[Standing]
) -> tuple[Waiting, ...]:
    """The options that depend on something, each under one question: first the question that most
    of them wait for, then the one that most of the rest wait for, and so on. `together` is the
    result of `asked_with`.

    Of questions that equally many wait for, the one asked first comes first.
    """
    place = {name: number for number, name in enumerate(together)}
    opened = []
    for standing in waiting:
        questions = {q for reason in standing.reasons for q in reason.questions}
        opened.append((standing, questions, {together[q] for q in questions}))
    found = []
    while opened:
        counts: dict[str, int] = {}
        for _, _, keys in opened:
            for key in keys:
                counts[key] = counts.get(key, 0) + 1
        if not counts:
            found.append(Waiting((), tuple([each[0] for each in opened])))
            break
        top = min(counts, key=lambda key: (-counts[key], place[key]))
        here = [each for each in opened if top in each[2]]
        opened = [each for each in opened if top not in each[2]]
        asked = {q for _, questions, _ in here for q in questions if together[q] == top}
        found.append(
            Waiting(
                tuple(sorted(asked, key=place.__getitem__)),
                tuple([each[0] for each in here]),
            )
        )
    return tuple(found)
