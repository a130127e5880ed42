"""Answers as integers: one bit for each choice of each question.

What a reader chose is one integer, what may still be so is another. Rules are compiled to
expressions over these two (`expressions.py`), for readers and for the proof alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, Question, Questions
from treatment_guide.engine.parents import only_parent

#: The names of so few questions are kept ready: no reason of the guide names more.
FEW = 3


@dataclass(eq=False)
class QuestionBits:
    """The bits of one question.

    `place` is its place in the order asked, from 0. `mark` is the question's own bit, in integers over questions. All other integers are over
    choices: `mask` holds the question's choices, in their order from the lowest bit up.
    `offered` gives the choices offered for each answer to the parent that limits them.
    `rules_out` gives the parent's choices that each choice of this question rules out.
    `touched` are the questions whose possible choices an answer to this one decides, as choices
    `touched_mask`; what is possible of them depends on the choices `reach`. It stands
    `alone` if it is the only one. `near` are the
    parent and the children whose answers may have ruled out its choices, as marks.
    """

    question: Question
    id: str
    place: int
    mark: int
    choices: dict[str, int]
    mask: int
    not_sure: int
    none: int
    real: int
    parent: QuestionBits | None = None
    children: list[QuestionBits] = field(default_factory=list)
    offered: dict[int, int] = field(default_factory=dict)
    rules_out: dict[int, int] = field(default_factory=dict)
    touched: list[QuestionBits] = field(default_factory=list)
    alone: bool = True
    touched_mask: int = 0
    reach: int = 0
    near: int = 0

    def among(self, choices: Iterable[str]) -> int:
        """The bits of these choices. One that the question does not have is never chosen."""
        return or_all(self.choices.get(choice, 0) for choice in choices)

    def offered_to(self, chosen: int) -> int:
        """The choices offered to somebody who chose these."""
        if self.parent is None:
            return self.mask
        return self.offered.get(chosen & self.parent.mask, self.mask)

    def possible(self, chosen: int) -> int:
        """The choices not known to be wrong, for somebody who chose these.

        Where a question is open, what was chosen further on (a cause) rules out the answers
        (places) that do not offer it.
        """
        own = chosen & self.mask
        if own and not own & self.not_sure:
            return own
        return self.left(own, self.offered_to(chosen) & ~self.contradicted(chosen))

    def left(self, own: int, offered: int) -> int:
        """The choices that an answer leaves possible, of those offered.

        A sure answer leaves itself alone. Silence leaves what is offered, and so does `not-sure`;
        beside ticks it leaves all but `none`, as something was ticked.
        """
        if own and not own & self.not_sure:
            return own
        if own & ~self.not_sure:
            offered &= ~self.none
        return offered | own

    def contradicted(self, chosen: int) -> int:
        """The choices that would not have offered what was chosen further on.

        Somebody whose place is not known, and who chose frozen shoulder, means no knee.
        Danger signs do not count here: who ticks one is sent for help.
        """
        found = 0
        for child in self.children:
            own = chosen & child.mask
            if own and child.rules_out:
                found |= child.ruling(own)
        return found

    def is_open(self, own: int) -> bool:
        """True for an answer that leaves a question open: none, or `not-sure`."""
        return not own or bool(own & self.not_sure)

    def read(self, ticked: int) -> int:
        """The meaning of ticks among what is offered: a question of one choice keeps the first,
        a real choice wins over a `none` beside it, and a limit keeps the first ones.
        """
        if ticked & (ticked - 1):
            if self.question.kind == "one":
                return ticked & -ticked
            ticked &= ~self.none
            if self.question.most:
                return sum(list(each_bit(ticked))[: self.question.most])
        return ticked

    def ruling(self, own: int) -> int:
        """The parent's choices that these choices of this question rule out."""
        if own & (own - 1):
            return or_all(self.rules_out.get(bit, 0) for bit in each_bit(own))
        return self.rules_out.get(own, 0)


class Bits:
    """The bits of all questions, and what follows from the bits chosen.

    `decides` is the question that decides what others offer (the place); None where none does.
    Raises UnfitParent where more than one does.

    `signs` are the choices that are danger signs. As marks of questions: `all`; `children`, that
    rest on another; `parent` gives the question that each of these rests on.
    """

    def __init__(self, questions: Questions) -> None:
        self.order: list[QuestionBits] = []
        self.by_id: dict[str, QuestionBits] = {}
        first = 0
        for place, question in enumerate(questions.values()):
            made = numbered(question, place, first)
            first += len(question.choices)
            self.order.append(made)
            self.by_id[question.id] = made
        self.decides = self.by_id.get(only_parent(questions) or "")
        for made in self.order:
            self._connect(made)
        for made in self.order:
            related = made.children + ([made.parent] if made.parent else [])
            made.touched = [made, *related]
            made.alone = not related
            made.touched_mask = or_all(each.mask for each in made.touched)
            made.near = or_all(
                each.mark
                for each in related
                if not (each.parent is made and each.question.about_danger)
            )
        for made in self.order:
            made.reach = or_all(each.touched_mask for each in made.touched)
        self.one_of = [q for q in self.order if q.question.not_sure_is_one_of]
        self.unsure_which = or_all(q.not_sure for q in self.one_of)
        self.by_mark = {q.mark: q for q in self.order}
        self.parent = {q.mark: q.parent.mark for q in self.order if q.parent}
        self.children = or_all(self.parent)
        self.all = or_all(self.by_mark)
        self.signs = or_all(
            bit for q in self.order for c, bit in q.choices.items() if c in q.question.levels
        )
        self._names = {
            or_all(q.mark for q in few): tuple(q.id for q in few)
            for size in range(FEW + 1)
            for few in combinations(self.order, size)
        }

    def _connect(self, made: QuestionBits) -> None:
        """Note what a question offers for each answer to its parent."""
        question, parent = made.question, self.decides
        if question.by is None or parent is None:
            return
        made.parent = parent
        parent.children.append(made)
        for answer, allowed in question.offers.items():
            if answer not in parent.choices:
                continue
            answered = parent.choices[answer]
            made.offered[answered] = row = made.among(allowed)
            if not question.about_danger:  # who ticks a danger sign is sent for help
                for bit in each_bit(made.mask & ~row):
                    made.rules_out[bit] = made.rules_out.get(bit, 0) | answered

    def chosen(self, answers: Answers) -> int:
        """What is chosen in these answers, as far as it counts: what a changed place no longer
        offers is left out, and each question is read as `Question.read` says.
        """
        found = 0
        for question in self.order:
            ticked = answers.get(question.id)
            if ticked:
                own = 0
                for choice in ticked:
                    own |= question.choices.get(choice, 0)
                if question.parent:
                    own &= question.offered_to(found)
                found |= question.read(own) if own & (own - 1) else own
        return found

    def answers(self, chosen: int) -> dict[str, frozenset[str]]:
        """The answers in which these are chosen, in the order asked."""
        return {
            q.id: frozenset(c for c, bit in q.choices.items() if chosen & bit)
            for q in self.order
            if chosen & q.mask
        }

    def possible(self, chosen: int) -> int:
        """All choices not known to be wrong, for somebody who chose these."""
        found = 0
        for question in self.order:
            own = chosen & question.mask
            if own and not own & question.not_sure:
                found |= own
            elif question.alone:
                found |= question.left(own, question.mask)
            else:
                found |= question.possible(chosen)
        return found

    def answered(self, chosen: int) -> int:
        """The questions with an answer, as an integer over questions."""
        found = 0
        for question in self.order:
            if chosen & question.mask:
                found |= question.mark
        return found

    def replaced(
        self, chosen: int, possible: int, question: QuestionBits, own: int
    ) -> tuple[int, int]:
        """What is chosen and possible once a question has another answer; 0 for none."""
        chosen = chosen & ~question.mask | own
        if question.alone:
            return chosen, possible & ~question.mask | question.left(own, question.mask)
        for each in question.touched:
            possible = possible & ~each.mask | each.possible(chosen)
        return chosen, possible

    def opened(
        self, chosen: int, possible: int, questions: Iterable[QuestionBits]
    ) -> tuple[int, int]:
        """What is chosen and possible once some questions have no answer."""
        alone = 0
        for question in questions:
            if question.alone:
                alone |= question.mask
            else:
                chosen, possible = self.replaced(chosen, possible, question, 0)
        return chosen & ~alone, possible | alone

    def reread(self, chosen: int, question: QuestionBits) -> int:
        """What counts of these choices once the answer to a question has changed: what it no
        longer offers further on is left out.
        """
        for child in question.children:
            own = chosen & child.mask
            kept = own & child.offered_to(chosen)
            if kept != own:
                chosen = self.reread(chosen & ~child.mask | kept, child)
        return chosen

    def meanings(self, chosen: int, possible: int) -> Iterator[tuple[int, int]]:
        """What an unsure answer may mean, where it means "one of the choices offered here": what
        is chosen and possible for each of those choices in turn; empty when nobody is unsure.
        """
        for question in self.one_of:
            if chosen & question.not_sure:
                for bit in each_bit(question.offered_to(chosen) & question.real):
                    yield self.replaced(chosen, possible, question, bit)

    def named(self, marks: int) -> tuple[str, ...]:
        """The ids of questions, in the order asked."""
        found = self._names.get(marks)
        if found is None:
            return tuple(q.id for q in self.order if q.mark & marks)
        return found


def numbered(question: Question, place: int, first: int) -> QuestionBits:
    """The bits of one question; its first choice has the bit number `first`."""
    choices = {choice: 1 << first + i for i, choice in enumerate(question.choices)}
    not_sure, none = choices.get(NOT_SURE, 0), choices.get(NONE, 0)
    mask = or_all(choices.values())
    real = mask & ~(not_sure | none)
    mark = 1 << place
    return QuestionBits(question, question.id, place, mark, choices, mask, not_sure, none, real)


def each_bit(number: int) -> Iterator[int]:
    """The bits of a number, each as a number, the lowest first."""
    while number:
        bit = number & -number
        yield bit
        number ^= bit


def or_all(numbers: Iterable[int]) -> int:
    """All bits of some numbers together."""
    found = 0
    for number in numbers:
        found |= number
    return found
