"""What would change where an option stands: the smallest change of answers that brings it closer.

A question says of each choice how it may change, so nothing impossible is offered: never "if it
were your shoulder", never "if it were last week".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, Question, effective, known
from treatment_guide.engine.conditions import questions_in
from treatment_guide.engine.model import Group, Guide, Option
from treatment_guide.engine.narrowing import group_of, meanings

#: How many answers may change at once: more is no advice a person can hold.
MOST = 3


@dataclass(frozen=True)
class Move:
    """One answer changed: the question, the choice, and whether it comes or goes."""

    question: str
    choice: str
    gone: bool = False


@dataclass(frozen=True)
class Change:
    """What would bring an option closer: every move of it, and the group it would then be in."""

    moves: tuple[Move, ...]
    group: Group


#: One way in which one question's answer may change: its moves, and the answer after them.
Way = tuple[tuple[Move, ...], frozenset[str]]


def ways(question: Question, answers: Answers) -> Iterator[Way]:
    """Every way in which one given answer may truly change.

    `find-out`: another choice may turn out to be so. `later`: only what comes further on in the
    question's order, or, in a question of several choices, that the choice goes.
    `add`: what is done can be added. `either`: any way. `never`: no way.
    A question that is open has no ways: to answer it is not to change anything.
    """
    chosen = answers.get(question.id, frozenset())
    if not chosen or NOT_SURE in chosen:
        return
    offered = [c for c in question.offered(answers) if c in question.real_choices]
    if question.kind == "one":
        (now,) = chosen
        for choice in offered:
            if _may_become(question, now, choice):
                yield (Move(question.id, choice),), frozenset((choice,))
        return
    movable = [choice for choice in offered if _may_turn(question, choice, choice in chosen)]
    for size in range(1, MOST + 1):
        for turned in combinations(movable, size):
            after = (chosen - {NONE}) ^ set(turned)
            made = tuple(Move(question.id, c, gone=c in chosen) for c in turned)
            yield made, question.read(after or (NONE,), answers)


def may_come(question: Question) -> frozenset[str]:
    """The choices that a change may bring."""
    real = question.real_choices
    if question.kind == "several":
        return frozenset(c for c in real if _may_turn(question, c, ticked=False))
    return frozenset(c for c in real if any(_may_become(question, now, c) for now in real))


def may_go(question: Question) -> frozenset[str]:
    """The ticks that a change may take away."""
    if question.kind == "one":
        return frozenset()
    return frozenset(c for c in question.real_choices if _may_turn(question, c, ticked=True))


def _may_become(question: Question, now: str, then: str) -> bool:
    """True when the one choice may truly give way to the other."""
    how = question.changes(now)
    if now == then or then in question.never_comes:
        return False
    if how == "later":
        return question.choices.index(then) > question.choices.index(now)
    return how != "never"


def _may_turn(question: Question, choice: str, ticked: bool) -> bool:
    """True when a tick may truly go, or come."""
    how = question.changes(choice)
    return how in (("later", "either") if ticked else ("add", "either"))


def what_would_change(guide: Guide, option: Option, answers: Answers) -> Change | None:
    """The smallest change of given answers that brings an option into `fits`, or else into
    `depends`; None when it fits or depends already, or when nothing that can change would do it.

    Among changes of one size, one that makes it fit comes first, then the order of the questions.
    """
    counted = effective(guide.questions, answers)

    def stands(then: Answers) -> Group:
        one_of = [known(guide.questions, meant) for meant in meanings(guide, then)]
        return group_of(option, known(guide.questions, then), one_of)

    if stands(counted) in ("fits", "depends"):
        return None
    nearest: Change | None = None
    for size, made, then in _changes(guide, option, counted):
        if nearest and len(nearest.moves) < size:
            break
        group = stands(then)
        if group == "fits":
            return Change(made, group)
        if group == "depends" and nearest is None:
            nearest = Change(made, group)
    return nearest


def _changes(
    guide: Guide, option: Option, answers: Answers
) -> Iterator[tuple[int, tuple[Move, ...], Answers]]:
    """Every change of the answers that an option's rules look at, the smallest first, and the
    answers that count after it. A cause counts where the place does: it may rule a place out.
    """
    looked_at = {q for rule in option.grouping for q in questions_in(rule.condition)}
    movable = tuple(
        q.id
        for q in guide.questions.values()
        if (q.id in looked_at or q.by in looked_at) and any(ways(q, answers))
    )
    if not _in_reach(guide, option, answers, movable):
        return
    found = {name: list(ways(guide.questions[name], answers)) for name in movable}
    others_rest_on = {q.by for q in guide.questions.values()}
    together = [
        names
        for count in range(1, min(MOST, len(movable)) + 1)
        for names in combinations(movable, count)
        if _in_reach(guide, option, answers, names)
    ]
    for size in range(1, MOST + 1):
        for names in together:
            for picked in product(*(found[name] for name in names)):
                made = tuple(move for moves, _ in picked for move in moves)
                if len(made) == size:
                    after = {name: way[1] for name, way in zip(names, picked, strict=True)}
                    then: Answers = {**answers, **after}
                    if not others_rest_on.isdisjoint(names):
                        then = effective(guide.questions, then)
                    yield size, made, then


def _in_reach(guide: Guide, option: Option, answers: Answers, names: tuple[str, ...]) -> bool:
    """False when the option stays out whatever is said to these questions: then no change of
    them needs to be tried. An open question leaves every rule about it undecided.
    """
    opened = {q: chosen for q, chosen in answers.items() if q not in names}
    return group_of(option, known(guide.questions, opened)) in ("fits", "depends")
