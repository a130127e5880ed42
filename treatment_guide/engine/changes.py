"""The smallest change of a reader's answers that would bring an option closer to `fits`.

The field `change` of a question says how each of its answers may change. Changes that cannot
happen are never offered: another place of the body, or an injection at another time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from treatment_guide.engine.compiled.bits import QuestionBits
from treatment_guide.engine.compiled.rules import CompiledOption
from treatment_guide.engine.groups import group_of
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import Group
from treatment_guide.engine.reader import Reader

#: The most moves in one change. A person cannot use advice that needs more.
MOST_MOVES = 3


class Move(NamedTuple):
    """One choice of one question: added, or taken away where `gone` is true."""

    question: str
    choice: str
    gone: bool = False


@dataclass(frozen=True)
class Change:
    """The moves that bring an option closer, and the group it would then be in."""

    moves: tuple[Move, ...]
    group: Group


#: The choices that are chosen, and those that are possible, as bits (`compiled/bits.py`).
State = tuple[int, int]
#: One way to change the answer to one question: the moves, and the question's bits after them.
Way = tuple[tuple[Move, ...], int]


def turns(question: QuestionBits, chosen: int) -> list[tuple[Move, int]]:
    """Every single move that the answer to a question allows, each with the bit of its choice.

    `find-out`: another choice may turn out to be true. `later`: only choices further on in the
    question's order, or, in a question of several choices, that the choice goes.
    `add`: a choice may be added. `either`: a choice may come or go. `never`: no move. An open
    question (unanswered, or `not-sure`) has no moves: answering it changes no answer.
    """
    own = chosen & question.mask
    if question.is_open(own):
        return []
    asked = question.question
    offered = question.offered_to(chosen) & question.real
    bits = question.choices
    if asked.kind == "one":
        (now,) = (c for c, bit in bits.items() if bit == own)
        return [(Move(asked.id, c), bits[c]) for c in asked.becomes[now] if bits[c] & offered]
    return [
        (Move(asked.id, c, gone=bool(own & bit)), bit)
        for c, bit in bits.items()
        if bit & offered and c in (asked.may_go if own & bit else asked.may_come)
    ]


def ways(
    question: QuestionBits, chosen: int, single: list[tuple[Move, int]], choices: int
) -> Iterator[Way]:
    """Every combination of the `single` moves, fewest moves first. Only ways that differ for rules
    about `choices` (bits) are needed.
    """
    if question.question.kind == "one":
        for move, bit in single:
            yield (move,), bit
        return
    own, offered = chosen & question.mask, question.offered_to(chosen)
    if question.none & offered and not question.none & choices and not question.question.most:
        # Moves of other choices have no effect on these rules: fewer moves reach the same.
        single = [(move, bit) for move, bit in single if bit & choices]
    for size in range(1, MOST_MOVES + 1):
        for turned in combinations(single, size):
            after = own & ~question.none
            for _, bit in turned:
                after ^= bit
            then = question.read((after or question.none) & offered)
            yield tuple([move for move, _ in turned]), then


class Changes:
    """The smallest changes for all options of one reader, with the work they share."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.bits = reader.rules.bits
        chosen = reader.known.chosen
        self.turning = {
            question: single for question in self.bits.order if (single := turns(question, chosen))
        }
        #: The state with every answer that may change removed. An option that is ruled out or held
        #: back even there stays so whatever changes: fewer answers decide nothing more.
        self.widest = self.bits.opened(chosen, reader.known.possible, self.turning)
        self._ways: dict[tuple[QuestionBits, int], list[Way]] = {}
        self._possible: dict[tuple[int, int], int] = {}

    def replaced(self, state: State, question: QuestionBits, own: int) -> State:
        """The state after a question's answer became `own` (bits): the same as `Bits.replaced`.

        What is possible after a change of the place is the same for every option, so it is computed
        once for each reader.
        """
        chosen, possible = state
        if question.alone:
            return self.bits.replaced(chosen, possible, question, own)
        chosen = chosen & ~question.mask | own
        key = question.place, chosen & question.reach
        found = self._possible.get(key)
        if found is None:
            _, then = self.bits.replaced(chosen, 0, question, own)
            found = self._possible[key] = then
        return chosen, possible & ~question.touched_mask | found

    def of(self, name: str) -> Change | None:
        """The smallest change of answers that brings the option `name` into `fits`, or else into
        `depends`. None when it is in one of these already, or when no allowed change does it.

        Of changes with equally many moves, one that leads to `fits` is taken before one that leads
        to `depends`; then the order of the questions decides. Changes of the cause are tried too
        where the rules mention only the place, because a cause may rule places out.
        """
        if self.reader.groups[name] in ("fits", "depends"):
            return None
        option = self.reader.rules.options[name]
        if option.closed(*self.widest):
            return None
        search = Search(self, option)
        for size in range(1, MOST_MOVES + 1):
            nearest: Change | None = None
            for moves, then in search.of_size(size):
                if nearest and not option.ready(*then):
                    continue
                group = group_of(option, Known(self.bits, *then))
                if group == "fits":
                    return Change(moves, group)
                if group == "depends" and nearest is None:
                    nearest = Change(moves, group)
            if nearest:
                return nearest
        return None

    def ways(self, question: QuestionBits, choices: int) -> list[Way]:
        """The ways to change the answer to a question that differ for rules about `choices` (bits).
        Of ways with the same effect and equally many moves, only the first.
        """
        parent, chosen = question.parent, self.reader.known.chosen
        if parent and choices & parent.mask and parent.is_open(chosen & parent.mask):
            choices |= question.mask  # what is chosen state rules out answers to the parent
        if question.children:
            choices |= question.mask
        key = (question, choices & question.mask)
        if key not in self._ways:
            first: dict[tuple[int, int, bool], Way] = {}
            for way in ways(question, chosen, self.turning[question], choices):
                moves, own = way
                first.setdefault((len(moves), own & choices, bool(own)), way)
            self._ways[key] = list(first.values())
        return self._ways[key]


class Search:
    """The search for changes of answers that bring one option into `fits` or `depends`."""

    def __init__(self, changes: Changes, option: CompiledOption) -> None:
        self.bits = changes.bits
        self.replaced = changes.replaced
        self.option = option
        self.known = changes.reader.known
        self.ways = {
            question: ways
            for question in changes.turning
            if option.marks & (question.mark | (question.parent.mark if question.parent else 0))
            and (ways := changes.ways(question, option.choices))
        }
        movable = list(self.ways)
        #: A change of these may remove answers to other questions, so no search is cut off early.
        self.rested_on = [question for question in movable if question.children]
        self._reached: dict[tuple[QuestionBits, ...], State | None] = {}
        self.needed: set[QuestionBits] = set()
        self.movable = movable if self.opened(tuple(movable)) else []
        if self.movable:
            self.needed = {
                q for q in movable if not self.opened(tuple(m for m in movable if m is not q))
            }

    def of_size(self, size: int) -> Iterator[tuple[tuple[Move, ...], State]]:
        """Every change of `size` moves that may bring the option closer, in the order of the
        questions, with the state after it.
        """
        for count in range(max(len(self.needed), 1), min(size, len(self.movable)) + 1):
            for questions in combinations(self.movable, count):
                if self.needed.issubset(questions):
                    opened = self.opened(questions)
                    if opened:
                        yield from self.changed(questions, opened, size)

    def opened(self, questions: tuple[QuestionBits, ...]) -> State | None:
        """The state with these questions unanswered. None where the option is ruled out or held
        back even then, so that no change of these questions can help.
        """
        if questions not in self._reached:
            state = self.bits.opened(self.known.chosen, self.known.possible, questions)
            self._reached[questions] = state if self.can_come(state) else None
        return self._reached[questions]

    def can_come(self, state: State) -> bool:
        """False where the option is ruled out or held back in this state."""
        return not self.option.closed(*state)

    def changed(
        self,
        questions: tuple[QuestionBits, ...],
        state: State,
        size: int,
        made: tuple[Move, ...] = (),
    ) -> Iterator[tuple[tuple[Move, ...], State]]:
        """Every change of all these questions, `size` moves in all, that may bring the option
        closer, with the state after it. In `state` the questions are unanswered; `made` are the
        moves of questions changed already.
        """
        question, *others = questions
        rest = tuple(others)
        for moves, own in self.ways[question]:
            left = size - len(moves)
            if left < len(rest) or (left and not rest):
                continue
            then = self.replaced(state, question, own)
            if self.rested_on and not rest:
                then = self.reread(then)
            if rest and (self.rested_on or self.can_come(then)):
                yield from self.changed(rest, then, left, made + moves)
            elif not rest and self.can_come(then):
                yield made + moves, then

    def reread(self, then: State) -> State:
        """The state without choices that a changed parent answer no longer offers."""
        chosen, _ = then
        for question in self.rested_on:
            chosen = self.bits.reread(chosen, question)
        return chosen, self.bits.possible(chosen)
