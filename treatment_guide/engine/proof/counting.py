"""Every answer that may be given to a question, and how many sets of answers there are in all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import comb, prod

from treatment_guide.engine.answers import NONE, NOT_SURE, Question, Questions


def all_answers(
    question: Question, offered: frozenset[str], told_apart: frozenset[str]
) -> Iterator[tuple[frozenset[str], int]]:
    """Every answer to a question as far as `told_apart` choices go, with how many it stands for.

    Choices not in `told_apart` are only counted.
    """
    yield frozenset(), 1
    if question.kind == "one":
        for choice in question.choices:
            if choice in offered:
                yield frozenset((choice,)), 1
        return
    if NONE in offered:
        yield frozenset((NONE,)), 1
    real = [c for c in question.real_choices if c in offered]
    seen = [c for c in real if c in told_apart]
    unseen = [c for c in real if c not in told_apart]
    most = question.most or len(question.choices)
    for ticks in product((False, True), repeat=len(seen)):
        ticked = frozenset(c for c, on in zip(seen, ticks, strict=True) if on)
        alone = subsets(len(unseen), most - len(ticked))
        if ticked and alone:
            yield ticked, alone
        elif unseen and alone > 1:  # one choice not told apart is ticked
            yield frozenset(unseen[:1]), alone - 1
        beside = subsets(len(unseen), most - len(ticked) - 1) if NOT_SURE in offered else 0
        if beside and ticked:
            yield ticked | {NOT_SURE}, beside
        elif beside:  # "not sure" alone says less than beside a tick, which rules out "none"
            yield frozenset((NOT_SURE,)), 1
            if beside > 1:
                yield frozenset((unseen[0], NOT_SURE)), beside - 1


def subsets(size: int, room: int) -> int:
    """How many subsets of `size` things have at most `room` members."""
    return sum(comb(size, picked) for picked in range(min(size, room) + 1))


def how_many(questions: Questions) -> int:
    """The number of all possible sets of answers."""
    parents = {q.by for q in questions.values()} - {None}
    free = prod(
        _count(q, frozenset(q.choices))
        for q in questions.values()
        if q.by is None and q.id not in parents
    )
    bound = 0
    for parent in parents:
        asked = questions[str(parent)]
        everything = frozenset(asked.choices)
        for chosen, _ in all_answers(asked, everything, everything):
            given = {asked.id: chosen}
            bound += prod(
                _count(q, frozenset(q.offered(given)))
                for q in questions.values()
                if q.by == asked.id
            )
    return free * (bound or 1)


def _count(question: Question, offered: frozenset[str]) -> int:
    return sum(count for _, count in all_answers(question, offered, frozenset()))
