"""What would change where an option stands: the smallest change of answers that brings it closer.

A question says of each choice how it may change, so nothing impossible is offered: never "if it
were your shoulder", never "if it were last week".
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

#: How many answers may change at once: more is no advice a person can hold.
MOST_MOVES = 3


class Move(NamedTuple):
    """One answer changed: the question, the choice, and whether it comes or goes."""

    question: str
    choice: str
    gone: bool = False


@dataclass(frozen=True)
class Change:
    """What would bring an option closer: every move of it, and the group it would then be in."""

    moves: tuple[Move, ...]
    group: Group


#: What is chosen, and what is possible.
State = tuple[int, int]
#: One way in which one question's answer may change: its moves, and the choices after them.
Way = tuple[tuple[Move, ...], int]


def turns(question: QuestionBits, chosen: int) -> list[tuple[Move, int]]:
    """Every single way in which one given answer may truly change, with the choice that turns.

    `find-out`: another choice may turn out to be so. `later`: only what comes further on in the
    question's order, or, in a question of several choices, that the choice goes.
    `add`: what is done can be added. `either`: any way. `never`: no way.
    A question that is open has none: to answer it is not to change anything.
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
    """Every way in which an answer may change by these single ones, those with fewest moves
    first, for rules that look at these choices alone.
    """
    if question.question.kind == "one":
        for move, bit in single:
            yield (move,), bit
        return
    own, offered = chosen & question.mask, question.offered_to(chosen)
    if question.none & offered and not question.none & choices and not question.question.most:
        # Another tick comes or goes without a trace: with fewer moves the same is reached.
        single = [(move, bit) for move, bit in single if bit & choices]
    for size in range(1, MOST_MOVES + 1):
        for turned in combinations(single, size):
            after = own & ~question.none
            for _, bit in turned:
                after ^= bit
            then = question.read((after or question.none) & offered)
            yield tuple([move for move, _ in turned]), then


class Changes:
    """What would change where options stand, for one reader."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.bits = reader.rules.bits
        chosen = reader.known.chosen
        self.turning = {
            question: single for question in self.bits.order if (single := turns(question, chosen))
        }
        self._ways: dict[tuple[QuestionBits, int], list[Way]] = {}
        self._possible: dict[tuple[int, int], int] = {}

    def replaced(self, state: State, question: QuestionBits, own: int) -> State:
        """What is chosen and possible once a question has another answer, as `Bits.replaced` says.

        Every option looks at the same changes: what a change of the place makes possible of the
        place and of what rests on it is worked out once for each reader.
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
        """The smallest change of given answers that brings an option into `fits`, or else into
        `depends`; None when it fits or depends already, or when nothing that can change would
        do it.

        Among changes of one size, one that makes it fit comes first, then the order of the
        questions. A cause counts where the place does: it may rule a place out.
        """
        if self.reader.groups[name] in ("fits", "depends"):
            return None
        option = self.reader.rules.options[name]
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
        """The ways in which the answer to a question may change that rules about these choices
        tell apart: of ways with equal effect and equally many moves, the first.
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
        #: An answer that others rest on may take theirs away: then no way is cut off early.
        self.rested_on = [question for question in movable if question.children]
        self._reached: dict[tuple[QuestionBits, ...], State | None] = {}
        self.needed: set[QuestionBits] = set()
        self.movable = movable if self.opened(tuple(movable)) else []
        if self.movable:
            self.needed = {
                q for q in movable if not self.opened(tuple(m for m in movable if m is not q))
            }

    def of_size(self, size: int) -> Iterator[tuple[tuple[Move, ...], State]]:
        """Every change with so many moves that may bring the option closer, in the order of the
        questions, with the situation after it.
        """
        for count in range(max(len(self.needed), 1), min(size, len(self.movable)) + 1):
            for questions in combinations(self.movable, count):
                if self.needed.issubset(questions):
                    opened = self.opened(questions)
                    if opened:
                        yield from self.changed(questions, opened, size)

    def opened(self, questions: tuple[QuestionBits, ...]) -> State | None:
        """What is chosen and possible with these questions left open; None where the option
        stays out whatever is said to them: then no change of them needs to be tried. An open
        question leaves every rule about it undecided.
        """
        if questions not in self._reached:
            state = self.bits.opened(self.known.chosen, self.known.possible, questions)
            self._reached[questions] = state if self.can_come(state) else None
        return self._reached[questions]

    def can_come(self, state: State) -> bool:
        """False where the option stays out, whatever is said to what is open."""
        return not (self.option.ruled_out(*state) or self.option.held_back(*state))

    def changed(
        self,
        questions: tuple[QuestionBits, ...],
        state: State,
        size: int,
        made: tuple[Move, ...] = (),
    ) -> Iterator[tuple[tuple[Move, ...], State]]:
        """Every change of all these questions, open so far, with so many moves, that may bring
        the option closer.
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
        """What counts of changed answers, where some rest on one that has changed."""
        chosen, _ = then
        for question in self.rested_on:
            chosen = self.bits.reread(chosen, question)
        return chosen, self.bits.possible(chosen)
