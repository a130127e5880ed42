"""The classes of answers to one question, for some conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from treatment_guide.engine.compiled.bits import Bits, QuestionBits, or_all
from treatment_guide.engine.conditions import Condition, atoms
from treatment_guide.engine.proof.counting import all_answers

#: The form of an answer: none, `not-sure` (alone or beside other choices), or sure.
Form = Literal["silent", "unsure", "sure"]
#: The values of the atoms that mention a question: which are true, which may be, as bits.
Truth = tuple[int, int]
#: How many bits one number has in a key.
DIGIT = 20


@dataclass(frozen=True)
class Kind:
    """One class of answers to one question: a sample, how many answers it holds, and its part of
    the key.
    """

    form: Form
    truths: Truth
    sample: int
    count: int
    digit: int


@dataclass(frozen=True)
class Mentioned:
    """The atoms of some conditions that mention one question: masks of choices, and which of
    them name no `not-sure`, as bits in the order of the masks.
    """

    masks: tuple[int, ...]
    definite: int


def mentioned_atoms(bits: Bits, conditions: Iterable[Condition]) -> dict[QuestionBits, Mentioned]:
    """The atoms of conditions, by question."""
    found: dict[QuestionBits, dict[int, None]] = {}
    for condition in conditions:
        for atom in atoms(condition):
            question = bits.by_id[atom.question]
            found.setdefault(question, {})[question.among(atom.choices)] = None
    return {
        question: Mentioned(
            tuple(masks),
            or_all(1 << i for i, mask in enumerate(masks) if not mask & question.not_sure),
        )
        for question, masks in found.items()
    }


class Kinds:
    """The classes of answers to each question of `order`, by the atoms that mention it.

    `parent` is the question that others rest on, `children` are those whose answers may rule out
    answers to it.
    """

    def __init__(
        self,
        mentioned: dict[QuestionBits, Mentioned],
        order: Sequence[QuestionBits],
        parent: QuestionBits | None,
        children: Sequence[QuestionBits],
    ) -> None:
        self.mentioned = mentioned
        self.places = {question: place for place, question in enumerate(order)}
        self.parent = parent
        self.children = children
        self._kinds: dict[tuple[QuestionBits, int, bool], tuple[Kind, ...]] = {}
        self._seen: dict[tuple[QuestionBits, int, int], tuple[Form, Truth]] = {}
        self._digits: dict[tuple[QuestionBits, int, int], int] = {}
        self._views: dict[tuple[QuestionBits, Form, Truth], int] = {}
        self._answers: dict[tuple[QuestionBits, int, int], tuple[Kind, ...]] = {}

    def view(self, question: QuestionBits, own: int, offered: int) -> tuple[Form, Truth]:
        """The form of an answer `own`, and the values of the atoms that mention its question.

        `offered` are the choices (bits) that are possible while the question is unanswered.
        """
        key = (question, own, offered)
        if key not in self._seen:
            masks = self.mentioned[question].masks
            left = question.left(own, offered)
            form: Form = "sure" if own else "silent"
            if own & question.not_sure:
                form = "unsure"
            self._seen[key] = (
                form,
                (
                    or_all(1 << i for i, mask in enumerate(masks) if mask & own),
                    or_all(1 << i for i, mask in enumerate(masks) if mask & left),
                ),
            )
        return self._seen[key]

    def of(self, question: QuestionBits, offered: int, ruling: bool = False) -> tuple[Kind, ...]:
        """The classes of answers to one question. `ruling` is true where the place is open, so that
        an answer may rule out places.
        """
        key = (question, offered, ruling)
        if key not in self._kinds:
            told_apart = or_all(self.mentioned[question].masks)
            found: dict[object, Kind] = {}
            for own, count in every_answer(question, offered, told_apart):
                form, truths = self.view(question, own, offered)
                out = self.places_out(question, own) if ruling else 0
                mark = (self.form(question, form), truths, out)
                known = found.get(mark)
                known = known or Kind(form, truths, own, 0, self.digit(question, own, offered))
                found[mark] = replace(known, count=known.count + count)
            self._kinds[key] = tuple(found.values())
        return self._kinds[key]

    def form(self, question: QuestionBits, form: Form) -> Form:
        """The form, where it matters: `not-sure` means "one of the choices offered" and a
        condition mentions the question. Elsewhere every form counts as `sure`.
        """
        matters = question.question.not_sure_is_one_of and self.mentioned[question].masks
        return form if matters else "sure"

    def places_out(self, question: QuestionBits, own: int) -> int:
        """The places that an answer rules out, where the rules tell places apart."""
        if self.parent is None or question not in self.children:
            return 0
        return question.ruling(own) if self.mentioned[self.parent].masks else 0

    def digit(self, question: QuestionBits, own: int, offered: int) -> int:
        """The part of the key for an answer to one question."""
        key = (question, own, offered)
        found = self._digits.get(key)
        if found is None:
            form, truths = self.view(question, own, offered)
            view = (question, self.form(question, form), truths)
            number = self._views.setdefault(view, len(self._views))
            found = self._digits[key] = number << DIGIT * (2 + self.places[question])
        return found

    def agreeing(
        self, question: QuestionBits, own: int, offered: int, ruling: bool = False
    ) -> tuple[Kind, ...]:
        """The classes of sure answers to a question that agree with an open answer to it."""
        key = (question, own, offered << 1 | ruling)
        if key not in self._answers:
            _, (true, possible) = self.view(question, own, offered)
            definite = self.mentioned[question].definite
            self._answers[key] = tuple(
                kind
                for kind in self.of(question, offered, ruling)
                for now_true, now_possible in (kind.truths,)
                if kind.form == "sure"
                and not definite & (true & ~now_true | now_possible & ~possible)
            )
        return self._answers[key]


def every_answer(
    question: QuestionBits, offered: int, told_apart: int
) -> Iterator[tuple[int, int]]:
    """`all_answers` on bits: every answer to a question, with how many it stands for."""
    names = {bit: choice for choice, bit in question.choices.items()}

    def named(mask: int) -> frozenset[str]:
        return frozenset(choice for bit, choice in names.items() if bit & mask)

    for chosen, count in all_answers(question.question, named(offered), named(told_apart)):
        yield question.among(chosen), count
