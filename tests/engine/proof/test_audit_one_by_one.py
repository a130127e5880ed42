"""The audit, class by class, against every set of answers tried one by one, for made-up rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine import reference
from tests.engine.proof.findings import broken
from tests.engine.reference import open_by_hand, placed
from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, effective
from treatment_guide.engine.code import Layout
from treatment_guide.engine.conditions import AllOf, Among, AnyOf, Not
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Option, Rule
from treatment_guide.engine.proof.audit import audit
from treatment_guide.engine.proof.independent_rules import connected


@dataclass(frozen=True)
class Person:
    """One set of answers, what it lets us know, and the sure answers that may be added to it."""

    answers: Answers
    known: Any
    one_of: list[Any]
    next: list[tuple[str, int]]  # the question answered, the person this makes


@pytest.fixture(scope="module")
def small(guide: Guide) -> Guide:
    """The tiny guide without danger signs and without options: rules are made up."""
    asked = ("place", "cause", "tried", "scan")
    questions = {name: guide.questions[name] for name in asked}
    return Guide(questions, {"look": guide.options["look"]}, "look")


class Everyone(tuple[Person, ...]):
    """Every set of answers to the small guide."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} sets of answers>"


@pytest.fixture(scope="module")
def everyone(small: Guide, every_answer: Callable[..., Iterator[Answers]]) -> Everyone:
    """Every set of answers to the small guide, each with the ones it may be completed to."""
    every = [dict(answers) for answers in every_answer(small.questions)]
    numbers = {frozenset(answers.items()): i for i, answers in enumerate(every)}
    return Everyone(
        Person(
            answers,
            reference.Known(small.questions, answers),
            [
                reference.Known(small.questions, meant)
                for meant in reference.meanings(small, answers)
            ],
            [
                (question, numbers[frozenset(then.items())])
                for question, then in completions(small, every_answer, answers)
            ],
        )
        for answers in every
    )


def completions(
    small: Guide, every_answer: Callable[..., Iterator[Answers]], answers: Answers
) -> Iterator[tuple[str, Answers]]:
    """These answers with one open question answered for sure, keeping all that was said."""
    for name, question in small.questions.items():
        said = answers.get(name, frozenset({NOT_SURE}))
        if NOT_SURE not in said:
            continue
        for only in every_answer({name: replace(question, by=None)}):
            chosen = only.get(name, frozenset())
            then = {q: chosen if q == name else answers.get(q) for q in small.questions}
            then = {q: c for q, c in then.items() if c}
            sure = bool(chosen) and NOT_SURE not in chosen and said - {NOT_SURE} <= chosen
            if sure and effective(small.questions, then) == then:
                yield name, then


class OneByOne:
    """What properties 2, 6 and 9 say of one option, person by person."""

    def __init__(self, everyone: Everyone, option: Option) -> None:
        self.everyone = everyone
        self.option = option
        self.groups = [placed(option, person.known, person.one_of) for person in everyone]
        self.fitting: dict[int, bool] = {}
        self.moving: dict[int, frozenset[str]] = {}

    def can_fit(self, i: int) -> bool:
        """True when some sure answers make the option fit."""
        if i not in self.fitting:
            after = (then for _, then in self.everyone[i].next)
            self.fitting[i] = self.groups[i] == "fits" or any(self.can_fit(t) for t in after)
        return self.fitting[i]

    def can_move(self, i: int) -> frozenset[str]:
        """The open questions that some sure answers let change the group."""
        if i not in self.moving:
            found: set[str] = set()
            for question, then in self.everyone[i].next:
                found |= self.can_move(then)
                if self.groups[then] != self.groups[i]:
                    found.add(question)
            self.moving[i] = frozenset(found)
        return self.moving[i]

    def broken(self) -> set[int]:
        """The properties that somebody's answers break."""
        found = set()
        ruled_out = ("later", "less-likely")
        for i, person in enumerate(self.everyone):
            group = self.groups[i]
            back = any(self.groups[then] not in ruled_out for _, then in person.next)
            still = open_by_hand(self.option, person.known, group) - person.answers.keys()
            found |= {2} if group in ruled_out and back else set()
            found |= {6} if still - self.can_move(i) else set()
            found |= {9} if group == "depends" and not self.can_fit(i) else set()
        return found


ATOMS = [
    Among(question, frozenset(choices))
    for question, choices in (
        ("place", ["knee"]),
        ("place", ["back"]),
        ("cause", ["arthritis"]),
        ("cause", ["disc"]),
        ("cause", ["arthritis", "strain"]),
        ("tried", ["exercise"]),
        ("tried", [NONE]),
        ("tried", [NOT_SURE]),
        ("scan", ["mild"]),
        ("scan", ["advanced"]),
        ("scan", [NOT_SURE]),
    )
]
an_atom = st.sampled_from(ATOMS)
two_atoms = st.tuples(an_atom, an_atom)
a_condition = an_atom | two_atoms.map(AllOf) | two_atoms.map(AnyOf) | an_atom.map(Not)


def rules(kind: str, least: int, most: int) -> st.SearchStrategy[tuple[Rule, ...]]:
    """Some rules of one kind, each with words of its own."""
    return st.lists(a_condition, min_size=least, max_size=most).map(
        lambda found: tuple(Rule(condition, f"{kind}-{i}") for i, condition in enumerate(found))
    )


an_option = st.builds(
    Option,
    st.just("made-up"),
    st.just("basics"),
    fits=rules("fits", 1, 2),
    first=rules("first", 0, 1),
    wait=rules("wait", 0, 1),
    against=rules("against", 0, 1),
    nowhere=st.just("nowhere"),
)


@settings(max_examples=60, deadline=None)
@given(option=an_option)
def test_audit_agrees_with_trying_every_answer_one_by_one(
    small: Guide, layout: Layout, everyone: Everyone, option: Option
):
    """On properties 2, 6 and 9 the audit says of any rules what every single person's answers say.

    Where all rules share questions it says exactly that. Where they do not, it looks at each part
    with the others out of the way: it misses no broken 2 or 9, and may ask for simpler rules.
    """
    audited = replace(small, options={**small.options, option.id: option})
    by = {question.id: question.by for question in small.questions.values()}

    found = broken(audit(audited, layout)) & {2, 6, 9}
    really = OneByOne(everyone, option).broken()

    if len(connected(option.grouping, by)) == 1:
        assert found == really
    else:
        assert really - {6} <= found
