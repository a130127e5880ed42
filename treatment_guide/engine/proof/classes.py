"""All possible sets of answers, in classes for which a set of conditions has equal values.

For a set of conditions, the answers to each question are grouped by the values of the atoms that
mention it, and counted. The product of these groups, for each place, covers all sets of answers.
Two sets of one class give every condition the same value, so one sample of a class stands for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product
from math import prod

from treatment_guide.engine.compiled.bits import Bits, QuestionBits, or_all
from treatment_guide.engine.conditions import Condition
from treatment_guide.engine.known import Known
from treatment_guide.engine.proof.kinds import (
    DIGIT,
    Kind,
    Kinds,
    Mentioned,
    Truth,
    every_answer,
    mentioned_atoms,
)

#: An option whose rules need more classes than this is refused: no person could review it.
CLASS_LIMIT = 500_000


class TooManyClasses(Exception):
    """The rules need more than `CLASS_LIMIT` classes; the message names the questions to drop."""


class Space:
    """The classes of all sets of answers for some conditions, numbered from 0.

    A class has a key: the table of its parent answer (the place), the places still possible where
    the place is open, and for each question its form and the values of its atoms. Each of these
    is a number, and the key is one integer made of them.
    """

    def __init__(self, bits: Bits, conditions: Iterable[Condition]) -> None:
        self.bits = bits
        self.mentioned = mentioned_atoms(bits, conditions)
        related = bits.decides.touched if bits.decides else []
        self.parent = bits.decides if any(q in self.mentioned for q in related) else None
        # A later answer (a cause) may rule out places, even if no condition mentions it.
        self.children = tuple(
            q for q in (self.parent.children if self.parent else ()) if not q.question.about_danger
        )
        nothing = Mentioned((), 0)
        if self.parent:
            self.mentioned.setdefault(self.parent, nothing)
            if self.mentioned[self.parent].masks:
                for child in self.children:
                    self.mentioned.setdefault(child, nothing)
        self.order = tuple(q for q in bits.order if q in self.mentioned)
        self.kinds = Kinds(self.mentioned, self.order, self.parent, self.children)
        self.place = self.order.index(self.parent) if self.parent else 0
        self._completions: dict[int, tuple[tuple[QuestionBits, int], ...]] = {}
        self._left: dict[int, int] = {}
        self._lefts: dict[frozenset[Truth], int] = {}

    def left(self, chosen: int) -> int:
        """A number for the set of tables of the places still possible, where the place is open.

        Two answers about the cause can give the same atoms the same value and still leave
        different places possible.
        """
        parent = self.parent
        if parent is None or not self.mentioned[parent].masks:
            return 0
        if not parent.is_open(chosen & parent.mask):
            return 0
        out = parent.contradicted(chosen)
        if out not in self._left:
            possible = frozenset(
                self.kinds.view(parent, place, parent.mask)[1]
                for place in parent.choices.values()
                if not place & (out | parent.not_sure)
            )
            self._left[out] = self._lefts.setdefault(possible, len(self._lefts) + 1)
        return self._left[out]

    @cached_property
    def tables(self) -> dict[int, int]:
        """The number of the table of each answer to the parent; equal tables have one number."""
        parent = self.parent
        if parent is None:
            return {0: 0}
        numbers: dict[object, int] = {}
        found: dict[int, int] = {}
        for own, _ in every_answer(parent, parent.mask, parent.mask):
            look = (
                self.kinds.view(parent, own, parent.mask),
                tuple(
                    (q, tuple((k.form, k.truths) for k in self.kinds.of(q, q.offered_to(own))))
                    for q in self.order
                    if q.parent is parent
                ),
            )
            found[own] = numbers.setdefault((look, parent.is_open(own)), len(numbers))
        return found

    def rows(self, parent_answer: int) -> list[tuple[Kind, ...]]:
        """For one answer to the parent: the classes of answers to every question, in order."""
        ruling = self.parent is not None and self.parent.is_open(parent_answer)
        rows: list[tuple[Kind, ...]] = []
        for q in self.order:
            if q is self.parent:
                form, truths = self.kinds.view(q, parent_answer, q.mask)
                digit = self.kinds.digit(q, parent_answer, q.mask)
                rows.append((Kind(form, truths, parent_answer, 1, digit),))
            else:
                rows.append(self.kinds.of(q, q.offered_to(parent_answer), ruling))
        return rows

    @cached_property
    def classes(self) -> tuple[tuple[int, int], ...]:
        """For every class: the bits chosen in its sample, and how many sets of answers it holds.

        Raises TooManyClasses above the limit.
        """
        return tuple(self._gathered.values())

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """The number of every class, by its key."""
        return {key: number for number, key in enumerate(self._gathered)}

    @cached_property
    def _keys(self) -> tuple[int, ...]:
        """The key of every class, by number."""
        return tuple(self._gathered)

    @cached_property
    def _gathered(self) -> dict[int, tuple[int, int]]:
        """Every class by its key: a sample, and how many sets of answers it holds."""
        tables: dict[int, list[list[tuple[Kind, ...]]]] = {}
        for answer, number in self.tables.items():
            tables.setdefault(number, []).append(self.rows(answer))
        self._guard(alike[0] for alike in tables.values())
        found: dict[int, tuple[int, int]] = {}
        for table, alike in tables.items():
            place_is_open = self.parent and self.parent.is_open(alike[0][self.place][0].sample)
            # Answers to the parent with equal tables may offer different numbers of choices.
            counts = Counter(tuple(tuple(k.count for k in row) for row in rows) for rows in alike)
            for picked in product(*(range(len(row)) for row in alike[0])):
                kinds = [row[i] for row, i in zip(alike[0], picked, strict=True)]
                sample = or_all(kind.sample for kind in kinds)
                count = sum(
                    times * prod(row[i] for row, i in zip(rows, picked, strict=True))
                    for rows, times in counts.items()
                )
                key = self.key(sample) if place_is_open else sum(k.digit for k in kinds) + table
                first_sample, before = found.get(key, (sample, 0))
                found[key] = (first_sample, before + count)
        return found

    def _guard(self, tables: Iterable[list[tuple[Kind, ...]]]) -> None:
        widths = dict.fromkeys(self.order, 0)
        size = 0
        for rows in tables:
            size += prod(len(row) for row in rows)
            for q, row in zip(self.order, rows, strict=True):
                widths[q] = max(widths[q], len(row))
        if size > CLASS_LIMIT:
            widest = sorted(widths, key=lambda q: -widths[q])[:3]
            raise TooManyClasses(
                f"{size:,} classes, above the limit of {CLASS_LIMIT:,}: drop a question from "
                f"these rules ({', '.join(q.id for q in widest)} are the widest)"
            )

    @property
    def size(self) -> int:
        """How many classes there are. Raises TooManyClasses above the limit."""
        return len(self.classes)

    def number(self, chosen: int) -> int:
        """The number of the class of these (effective) answers: its index in `classes`."""
        return self._numbers[self.key(chosen)]

    def key(self, chosen: int) -> int:
        """The key of the class of these (effective) answers."""
        parent = self.parent
        key = self.tables[chosen & parent.mask if parent else 0] + (self.left(chosen) << DIGIT)
        for q in self.order:
            offered = q.offered_to(chosen)
            if q is parent:
                offered &= ~q.contradicted(chosen)
            key += self.kinds.digit(q, chosen & q.mask, offered)
        return key

    @cached_property
    def known(self) -> list[Known]:
        """The `Known` of the sample of every class, by number."""
        return [
            Known(self.bits, chosen, or_all(q.possible(chosen) for q in self.order))
            for chosen, _ in self.classes
        ]

    def completions(self, number: int) -> tuple[tuple[QuestionBits, int], ...]:
        """For a class: each open question with the number of the class that a sure answer to it
        leads to. Answers that lead to the same class are given once.
        """
        found = self._completions.get(number)
        if found is None:
            chosen, _ = self.classes[number]
            found = self._completions[number] = tuple(
                (question, then)
                for question in self.order
                if question.is_open(chosen & question.mask)
                for then in self.completed(number, question)
                if then != number
            )
        return found

    def completed(self, number: int, question: QuestionBits) -> Iterator[int]:
        """The classes, by number, that sure answers to an open question lead to."""
        chosen, _ = self.classes[number]
        if question is self.parent:
            yield from map(self.number, self.places(chosen, question))
            return
        offered = question.offered_to(chosen)
        own = chosen & question.mask
        if self.ruling(question, chosen):
            for kind in self.kinds.agreeing(question, own, offered, ruling=True):
                yield self.number(chosen & ~question.mask | kind.sample)
            return
        rest = self._keys[number] - self.kinds.digit(question, own, offered)
        for kind in self.kinds.agreeing(question, own, offered):
            yield self._numbers[rest + kind.digit]

    def ruling(self, question: QuestionBits, chosen: int) -> bool:
        """True where the place is open, so that an answer to the question may rule out places."""
        parent = self.parent
        return bool(parent and question in self.children and parent.is_open(chosen & parent.mask))

    def places(self, chosen: int, parent: QuestionBits) -> Iterator[int]:
        """These answers with each sure answer to the parent that does not contradict them."""
        resting = [q for q in self.order if q.parent is parent]
        for other in self.tables:
            if not parent.is_open(other):
                then = chosen & ~parent.mask | other
                if not any(then & q.mask & ~q.offered_to(then) for q in resting):
                    yield then
