"""All possible answers, gathered into classes that a set of rules cannot tell apart.

An option cannot tell two sets of answers apart unless its own rules can. So, for a set of
conditions, the answers to each question are grouped by what they make of the atoms that
mention it, and the number of answers in each group is kept. The product of these groups,
place by place, is every situation there is, and no sample.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod
from typing import Literal

from treatment_guide.engine.answers import NOT_SURE, Questions, contradicted, ruled_out
from treatment_guide.engine.conditions import Among, Condition, atoms
from treatment_guide.engine.counting import all_answers
from treatment_guide.engine.parents import only_parent

#: An option whose rules tell more classes apart than this is refused: nobody could review it.
CLASS_LIMIT = 500_000

#: How an answer stands: nothing said, `not-sure` (alone or beside ticks), or all said.
Form = Literal["silent", "unsure", "said"]
Truth = tuple[tuple[Among, bool | None], ...]
Sample = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Kind:
    """One class of answers to one question: a sample of it, and how many answers it holds."""

    form: Form
    truths: Truth
    sample: frozenset[str]
    count: int


class TooManyClasses(Exception):
    """The rules tell too many situations apart; the message names the questions to drop."""


def form_of(chosen: frozenset[str]) -> Form:
    """How an answer stands."""
    if not chosen:
        return "silent"
    return "unsure" if NOT_SURE in chosen else "said"


def mentioned_atoms(conditions: Iterable[Condition]) -> dict[str, tuple[Among, ...]]:
    """The atoms of conditions, by question."""
    found: dict[str, dict[Among, None]] = {}
    for condition in conditions:
        for atom in atoms(condition):
            found.setdefault(atom.question, {})[atom] = None
    return {question: tuple(each) for question, each in found.items()}


class Space:
    """Every situation that some conditions can tell apart, as classes.

    A class is known by its key: the table of its parent answer (the place), the places still
    possible where it is open, and for each question its form and its truths.

    Raises UnfitParent where more than one question decides what others offer: a class could
    not tell such answers apart.
    """

    def __init__(self, questions: Questions, conditions: Iterable[Condition]) -> None:
        self.questions = questions
        self.mentioned = mentioned_atoms(conditions)
        parent = only_parent(questions)
        related = {parent, *(q.id for q in questions.values() if parent and q.by == parent)}
        self.parent = parent if parent and not related.isdisjoint(self.mentioned) else None
        # What is chosen further on (a cause) may rule out places, mentioned or not.
        self.children = tuple(
            q.id
            for q in questions.values()
            if self.parent and q.by == self.parent and not q.about_danger
        )
        if self.parent:
            self.mentioned.setdefault(self.parent, ())
            if self.mentioned[self.parent]:
                for child in self.children:
                    self.mentioned.setdefault(child, ())
        self.order = tuple(q for q in questions if q in self.mentioned)
        self._kinds: dict[tuple[str, frozenset[str], bool], tuple[Kind, ...]] = {}
        self._contradicted: dict[tuple[frozenset[str], ...], frozenset[str]] = {}
        self._offered: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
        self._seen: dict[tuple[str, frozenset[str], frozenset[str]], tuple[Form, Truth]] = {}

    def offered(self, question: str, given: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """The choices a question offers, given the parent's answer."""
        parent = self.questions[question].by
        key = (question, given.get(parent, frozenset()) if parent else frozenset())
        if key not in self._offered:
            self._offered[key] = frozenset(self.questions[question].offered(given))
        return self._offered[key]

    def view(
        self, question: str, chosen: frozenset[str], offered: frozenset[str]
    ) -> tuple[Form, Truth]:
        """The form of an answer, and what it makes of the atoms that mention its question.

        `offered` are the choices that are still possible for somebody who did not choose.
        """
        key = (question, chosen, offered)
        if key not in self._seen:
            out = ruled_out(self.questions[question], chosen, offered)
            truths = tuple(
                (
                    atom,
                    True if atom.choices & chosen else (False if atom.choices <= out else None),
                )
                for atom in self.mentioned[question]
            )
            self._seen[key] = (form_of(chosen), truths)
        return self._seen[key]

    def kinds(
        self, question: str, offered: frozenset[str], ruling: bool = False
    ) -> tuple[Kind, ...]:
        """The classes of answers to one question; `ruling` where an answer may rule out places,
        because the place is not known.
        """
        key = (question, offered, ruling)
        if key not in self._kinds:
            asked = self.questions[question]
            told_apart = frozenset().union(*(a.choices for a in self.mentioned[question]))
            found: dict[object, Kind] = {}
            for chosen, count in all_answers(asked, offered, told_apart):
                form, truths = self.view(question, chosen, offered)
                out = self.places_out(question, chosen) if ruling else frozenset()
                mark = (self.form(question, form), truths, out)
                known = found.get(mark, Kind(form, truths, chosen, 0))
                found[mark] = replace(known, count=known.count + count)
            self._kinds[key] = tuple(found.values())
        return self._kinds[key]

    def form(self, question: str, form: Form) -> Form:
        """A form as far as it is told apart: not sure is known to be no more than silence, unless
        it means "one of these".
        """
        matters = self.questions[question].not_sure_is_one_of and self.mentioned[question]
        return form if matters else "said"

    def places_out(self, question: str, chosen: frozenset[str]) -> frozenset[str]:
        """The places that an answer rules out, where the rules tell places apart."""
        if question not in self.children or not self.mentioned[str(self.parent)]:
            return frozenset()
        return self.contradicted({question: chosen})

    def left(self, answers: Mapping[str, frozenset[str]]) -> frozenset[object]:
        """What the places that are still possible would make of the atoms, where the place is
        open: arthritis and "not sure" may say the same of the knee, and not of what else it
        could be.
        """
        chosen = answers.get(self.parent, frozenset()) if self.parent else frozenset()
        if self.parent is None or not self.mentioned[self.parent] or not self.unsettled(chosen):
            return frozenset()
        everything = frozenset(self.questions[self.parent].choices)
        possible = everything - self.contradicted(answers) - {NOT_SURE}
        return frozenset(
            self.view(self.parent, frozenset((place,)), everything)[1] for place in possible
        )

    @cached_property
    def tables(self) -> dict[frozenset[str], int]:
        """The parent's answers, each with the number of its table; equal tables share one."""
        if self.parent is None:
            return {frozenset(): 0}
        asked = self.questions[self.parent]
        everything = frozenset(asked.choices)
        numbers: dict[object, int] = {}
        found: dict[frozenset[str], int] = {}
        for chosen, _ in all_answers(asked, everything, everything):
            given = {asked.id: chosen}
            look = (
                self.view(asked.id, chosen, everything),
                tuple(
                    (q, tuple((k.form, k.truths) for k in self.kinds(q, self.offered(q, given))))
                    for q in self.order
                    if self.questions[q].by == asked.id
                ),
            )
            found[chosen] = numbers.setdefault((look, self.unsettled(chosen)), len(numbers))
        return found

    def unsettled(self, chosen: frozenset[str]) -> bool:
        """True for an answer of the parent that leaves the place open."""
        return not chosen or NOT_SURE in chosen

    def rows(self, chosen: frozenset[str]) -> list[tuple[Kind, ...]]:
        """For one answer of the parent: the kinds of every question, in order."""
        given = {self.parent: chosen} if self.parent else {}
        ruling = self.parent is not None and self.unsettled(chosen)
        rows: list[tuple[Kind, ...]] = []
        for q in self.order:
            if q == self.parent:
                everything = frozenset(self.questions[q].choices)
                form, truths = self.view(q, chosen, everything)
                rows.append((Kind(form, truths, chosen, 1),))
            else:
                rows.append(self.kinds(q, self.offered(q, given), ruling))
        return rows

    @cached_property
    def classes(self) -> tuple[tuple[Sample, int], ...]:
        """A sample of every class, with how many situations the class holds.

        Raises TooManyClasses above the limit.
        """
        tables: dict[int, list[list[tuple[Kind, ...]]]] = {}
        for chosen, number in self.tables.items():
            tables.setdefault(number, []).append(self.rows(chosen))
        self._guard(alike[0] for alike in tables.values())
        found: dict[tuple[object, ...], tuple[Sample, int]] = {}
        for alike in tables.values():
            # Answers of the parent that look alike may still offer different numbers of choices.
            counts = Counter(tuple(tuple(k.count for k in row) for row in rows) for rows in alike)
            for picked in product(*(range(len(row)) for row in alike[0])):
                kinds = [row[i] for row, i in zip(alike[0], picked, strict=True)]
                sample = {
                    q: kind.sample for q, kind in zip(self.order, kinds, strict=True) if kind.sample
                }
                count = sum(
                    times * prod(row[i] for row, i in zip(rows, picked, strict=True))
                    for rows, times in counts.items()
                )
                key = self.key(sample)
                first_sample, before = found.get(key, (sample, 0))
                found[key] = (first_sample, before + count)
        return tuple(found.values())

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
                f"{size:,} classes, above the limit of {CLASS_LIMIT:,}: "
                f"drop a question from these rules ({', '.join(widest)} are the widest)"
            )

    @property
    def size(self) -> int:
        """How many classes there are. Raises TooManyClasses above the limit."""
        return len(self.classes)

    def situations(self) -> Iterator[tuple[Sample, int]]:
        """A sample of every class, with how many situations the class holds."""
        yield from self.classes

    def contradicted(self, answers: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """The parent's choices that these answers rule out."""
        key = tuple(answers.get(child, frozenset()) for child in self.children)
        if key not in self._contradicted:
            self._contradicted[key] = contradicted(self.questions, answers, str(self.parent))
        return self._contradicted[key]

    def views(self, answers: Mapping[str, frozenset[str]]) -> list[tuple[Form, Truth]]:
        """The form of every answer, and what it makes of its atoms."""
        found = []
        for q in self.order:
            offered = self.offered(q, answers)
            if q == self.parent:
                offered -= self.contradicted(answers)
            found.append(self.view(q, answers.get(q, frozenset()), offered))
        return found

    def key(self, answers: Mapping[str, frozenset[str]]) -> tuple[object, ...]:
        """The class of these (effective) answers."""
        chosen = answers.get(self.parent, frozenset()) if self.parent else frozenset()
        views = [
            (self.form(q, form), truths)
            for q, (form, truths) in zip(self.order, self.views(answers), strict=True)
        ]
        return (self.tables[chosen], self.left(answers), *views)

    def truths(self, answers: Mapping[str, frozenset[str]]) -> dict[Among, bool | None]:
        """What these answers make of every atom."""
        return {atom: value for _, truths in self.views(answers) for atom, value in truths}

    def open_here(self, answers: Sample) -> Iterator[str]:
        """The questions that are unanswered, or answered with `not-sure`."""
        for q in self.order:
            chosen = answers.get(q, frozenset())
            if not chosen or NOT_SURE in chosen:
                yield q

    def settled(self, answers: Sample, question: str) -> Iterator[Sample]:
        """These answers with one open question answered for sure, in every way that agrees
        with what is said already.
        """
        if question == self.parent:
            for other in self.tables:
                if other and NOT_SURE not in other:
                    then = {**answers, question: other}
                    if all(
                        then.get(q, frozenset()) <= self.offered(q, then)
                        for q in self.order
                        if self.questions[q].by == question
                    ):
                        yield then
            return
        offered = self.offered(question, answers)
        _, before = self.view(question, answers.get(question, frozenset()), offered)
        parent = answers.get(self.parent, frozenset()) if self.parent else frozenset()
        ruling = question in self.children and self.unsettled(parent)
        for kind in self.kinds(question, offered, ruling):
            after = dict(kind.truths)
            agrees = all(
                value is None or NOT_SURE in atom.choices or after[atom] == value
                for atom, value in before
            )
            if kind.form == "said" and agrees:
                yield {**answers, question: kind.sample}
