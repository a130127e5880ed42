"""Answers as integers: one bit for each choice of each question.

`chosen` holds a bit for each choice that the reader ticked, `possible` one for each choice that
may still be true. Rules are compiled to expressions over these two integers (`expressions.py`);
the server and the proof use the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from treatment_guide.engine.answers import EARLIER, NONE, NOT_SURE, Answers, Question, Questions
from treatment_guide.engine.parents import only_parent

#: Tuples of up to so many question ids are made in advance: no reason of the guide names more.
FEW = 3


@dataclass(eq=False)
class QuestionBits:
    """The bits of one question.

    `place` is its place in the order asked, from 0. `mark` is the question's own bit, in integers over questions. All other integers are over
    choices: `mask` holds the question's choices, in their order from the lowest bit up.
    `offered` gives the choices offered for each answer to the parent that limits them.
    `rules_out` gives the parent's choices that each choice of this question rules out.
    `touched` are the questions whose possible choices depend on the answer to this one, and
    `touched_mask` are their choices; these depend on the choices `reach`. `alone` is true if this
    question is the only one in `touched`. `near` are the marks of the parent and the children
    whose answers may rule out choices of this question. `earlier` is the bit of ticks made in an
    earlier edition of the question (0 for most questions); it is part of `mask` and of `not_sure`,
    since such an answer leaves the other choices open.
    """

    question: Question
    id: str
    place: int
    mark: int
    choices: dict[str, int]
    mask: int
    earlier: int
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
        """The bits of these choices; 0 for a choice that the question does not have."""
        return or_all(self.choices.get(choice, 0) for choice in choices)

    def offered_to(self, chosen: int) -> int:
        """The choices (bits) that this question offers when `chosen` is chosen."""
        if self.parent is None:
            return self.mask ^ self.earlier
        return self.offered.get(chosen & self.parent.mask, self.mask ^ self.earlier)

    def possible(self, chosen: int) -> int:
        """The choices of this question (bits) that may be true when `chosen` is chosen.

        Where this question is open, a later answer (a cause) rules out the choices (places) that do
        not offer it.
        """
        own = chosen & self.mask
        if own and not own & self.not_sure:
            return own
        return self.left(own, self.offered_to(chosen) & ~self.contradicted(chosen))

    def left(self, own: int, offered: int) -> int:
        """The choices that an answer `own` leaves possible, of those `offered` (both bits).

        A sure answer leaves only its own choices. No answer leaves all that is offered, and so
        does
        `not-sure` alone; `not-sure` beside other choices leaves all but `none`.
        """
        if own and not own & self.not_sure:
            return own
        if own & ~self.not_sure:
            offered &= ~self.none
        return offered | own

    def contradicted(self, chosen: int) -> int:
        """The choices of this question that do not offer what was chosen in a later question.

        With the place unanswered and the cause "frozen shoulder", the place is not the knee. Danger
        signs do not count here: a reader who ticks one is sent to the help page.
        """
        found = 0
        for child in self.children:
            own = chosen & child.mask
            if own and child.rules_out:
                found |= child.ruling(own)
        return found

    def is_open(self, own: int) -> bool:
        """True for an answer that leaves a question open: no choice, or `not-sure`."""
        return not own or bool(own & self.not_sure)

    def read(self, ticked: int) -> int:
        """The choices that count of those `ticked`, as `Question.read` says, on bits. The caller
        has removed what is not offered.
        """
        if ticked & (ticked - 1):
            if self.question.kind == "one":
                return ticked & -ticked
            ticked &= ~self.none
            if self.question.most:
                return sum(list(each_bit(ticked))[: self.question.most])
        return ticked

    def ruling(self, own: int) -> int:
        """The choices of the parent question that the choices `own` of this question rule out."""
        if own & (own - 1):
            return or_all(self.rules_out.get(bit, 0) for bit in each_bit(own))
        return self.rules_out.get(own, 0)


class Bits:
    """The bits of all questions, and what follows from the bits chosen.

    `decides` is the question whose answer decides what others offer (the place), or None. Raises
    UnfitParent where more than one does.

    `signs` are the choices that are danger signs. As marks of questions: `all` questions;
    `children`, which have a parent (`by`); `parent`, from the mark of each child to that of its
    parent.
    """

    def __init__(self, questions: Questions) -> None:
        self.order: list[QuestionBits] = []
        self.by_id: dict[str, QuestionBits] = {}
        first = 0
        for place, question in enumerate(questions.values()):
            made = numbered(question, place, first)
            first += made.mask.bit_count()
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
        self.earlier = or_all(q.earlier for q in self.order)
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
            if not question.about_danger:  # a ticked danger sign leads to help
                for bit in each_bit(made.mask & ~row):
                    made.rules_out[bit] = made.rules_out.get(bit, 0) | answered

    def chosen(self, answers: Answers) -> int:
        """The choices in these answers that count, as bits: the same as `effective()`."""
        found = 0
        for question in self.order:
            ticked = answers.get(question.id)
            if ticked:
                own = 0
                for choice in ticked:
                    own |= question.choices.get(choice, 0)
                if question.parent:
                    own &= question.offered_to(found)
                kept = question.read(own) if own & (own - 1) else own
                if question.earlier and EARLIER in ticked:
                    kept = kept & question.real and kept & question.real | question.earlier
                found |= kept
        return found

    def answers(self, chosen: int) -> dict[str, frozenset[str]]:
        """The answers that these bits stand for, in the order asked."""
        return {
            q.id: frozenset(
                (
                    *(c for c, bit in q.choices.items() if chosen & bit),
                    *((EARLIER,) if chosen & q.earlier else ()),
                )
            )
            for q in self.order
            if chosen & q.mask
        }

    def possible(self, chosen: int) -> int:
        """All choices (bits) that may be true when `chosen` is chosen."""
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
        """The questions with an answer, as an integer over questions. Ticks of an earlier edition
        are no answer.
        """
        found = 0
        for question in self.order:
            if chosen & question.mask:
                found |= question.mark
        if chosen & self.earlier:
            found &= ~or_all(q.mark for q in self.order if chosen & q.earlier)
        return found

    def replaced(
        self, chosen: int, possible: int, question: QuestionBits, own: int
    ) -> tuple[int, int]:
        """`chosen` and `possible` after the answer to a question became `own` (bits; 0: no
        answer).
        """
        chosen = chosen & ~question.mask | own
        if question.alone:
            return chosen, possible & ~question.mask | question.left(own, question.mask)
        for each in question.touched:
            possible = possible & ~each.mask | each.possible(chosen)
        return chosen, possible

    def opened(
        self, chosen: int, possible: int, questions: Iterable[QuestionBits]
    ) -> tuple[int, int]:
        """`chosen` and `possible` after the answers to these questions were removed."""
        alone = 0
        for question in questions:
            if question.alone:
                alone |= question.mask
            else:
                chosen, possible = self.replaced(chosen, possible, question, 0)
        return chosen & ~alone, possible | alone

    def reread(self, chosen: int, question: QuestionBits) -> int:
        """`chosen` without the choices that the answer to `question` does not offer."""
        for child in question.children:
            own = chosen & child.mask
            kept = own & child.offered_to(chosen)
            if kept != own:
                chosen = self.reread(chosen & ~child.mask | kept, child)
        return chosen

    def meanings(self, chosen: int, possible: int) -> Iterator[tuple[int, int]]:
        """For an unsure answer that means "one of the choices offered here" (the cause): `chosen`
        and `possible` for each of those choices in turn. Empty where no answer is unsure like
        that.
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
    earlier = 1 << first + len(choices) if question.edition else 0
    not_sure, none = choices.get(NOT_SURE, 0) | earlier, choices.get(NONE, 0)
    mask = or_all(choices.values()) | earlier
    real = mask & ~(not_sure | none)
    mark = 1 << place
    return QuestionBits(
        question, question.id, place, mark, choices, mask, earlier, not_sure, none, real
    )


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
