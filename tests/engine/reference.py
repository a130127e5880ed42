"""Conditions and groups spelled out over sets of choices: slow, and easy to read.

The engine compiles rules to expressions over integers. What it says is compared with this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, Questions
from treatment_guide.engine.conditions import Among, AnyOf, Condition, Not, surely
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known as EngineKnown
from treatment_guide.engine.model import Group, Option


class Truths(Protocol):
    """What is known about each atom: True, False, or None for unknown."""

    def __getitem__(self, atom: Among) -> bool | None: ...


def truth(condition: Condition, truths: Truths) -> bool | None:
    """True, False, or None when the answers do not settle it."""
    if isinstance(condition, Among):
        return truths[condition]
    if isinstance(condition, Not):
        inner = truth(condition.part, truths)
        return None if inner is None else not inner
    values = [truth(part, truths) for part in condition.parts]
    deciding = isinstance(condition, AnyOf)  # one such part decides the whole
    if deciding in values:
        return deciding
    return None if None in values else not deciding


def unsettled(condition: Condition, truths: Truths) -> frozenset[str]:
    """The questions whose answers can still settle this condition; none once it is settled."""
    if truth(condition, truths) is not None:
        return frozenset()
    if isinstance(condition, Among):
        return frozenset((condition.question,))
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    return frozenset().union(*(unsettled(part, truths) for part in parts))


def settled_by(condition: Condition, truths: Truths) -> frozenset[str]:
    """The questions whose answers made a settled condition what it is: of several parts that
    decide alone, the first is named.
    """
    value = truth(condition, truths)
    if value is None:
        return frozenset()
    if isinstance(condition, Among):
        return frozenset((condition.question,))
    if isinstance(condition, Not):
        return settled_by(condition.part, truths)
    deciding = isinstance(condition, AnyOf)
    if value is deciding:
        first = next(part for part in condition.parts if truth(part, truths) is deciding)
        return settled_by(first, truths)
    return frozenset().union(*(settled_by(part, truths) for part in condition.parts))


@dataclass(frozen=True)
class Supposing:
    """What would be known if a condition that is not settled turned out true."""

    truths: Truths
    condition: Condition

    def __getitem__(self, atom: Among) -> bool | None:
        value = self.truths[atom]
        if value is None and any(
            sure.question == atom.question and sure.choices <= atom.choices
            for sure in surely(self.condition)
        ):
            return True
        return value


class Known:
    """What answers (effective ones) settle: choices known to be so, choices known not to be so.

    An atom is true when one of its choices is known to be so, false when all are known not to be,
    else unknown.
    """

    def __init__(self, questions: Questions, answers: Answers) -> None:
        self.questions = questions
        self.answers = answers

    def __getitem__(self, atom: Among) -> bool | None:
        if atom.choices & self.answers.get(atom.question, frozenset()):
            return True
        return False if atom.choices <= self.ruled_out(atom.question) else None

    def ruled_out(self, name: str) -> frozenset[str]:
        """The choices of a question known not to be so."""
        question = self.questions[name]
        chosen = self.answers.get(name, frozenset())
        offered = frozenset(question.offered(self.answers))
        out = frozenset(question.choices) - offered
        if chosen and NOT_SURE not in chosen:
            return out | (offered - chosen)
        if chosen - {NOT_SURE}:
            out |= {NONE}
        return out | contradicted(self.questions, self.answers, name)


@dataclass(frozen=True)
class Seen:
    """What the engine's integers say of each atom."""

    known: EngineKnown

    def __getitem__(self, atom: Among) -> bool | None:
        choices = self.known.bits.by_id[atom.question].choices
        mask = sum(choices[choice] for choice in atom.choices)
        if self.known.chosen & mask:
            return True
        return None if self.known.possible & mask else False


def contradicted(questions: Questions, answers: Answers, parent: str) -> frozenset[str]:
    """The answers to `parent` that would not have offered what was chosen further on."""
    return frozenset(
        place
        for question in questions.values()
        if question.by == parent and not question.about_danger
        for place, row in question.offers.items()
        if not answers.get(question.id, frozenset()) <= row
    )


def meanings(guide: Guide, answers: Answers) -> list[Answers]:
    """What an unsure answer may mean, where it means "one of the choices offered here": these
    answers with each of those choices in turn; empty when nobody is unsure.
    """
    return [
        {**answers, question.id: frozenset((choice,))}
        for question in guide.questions.values()
        if question.not_sure_is_one_of and NOT_SURE in answers.get(question.id, frozenset())
        for choice in question.offered(answers)
        if choice in question.real_choices
    ]


def placed(option: Option, truths: Truths, one_of: Sequence[Truths] = ()) -> Group:
    """The group of an option, as CONTRIBUTING.md says it."""
    fits = [truth(rule.condition, truths) for rule in option.fits]
    first = [truth(rule.condition, truths) for rule in option.first]
    if any(truth(rule.condition, truths) for rule in option.against):
        return "less-likely"
    if all(value is False for value in fits):
        return "less-likely"
    if one_of and all(placed(option, each) == "less-likely" for each in one_of):
        return "less-likely"
    if any(truth(rule.condition, truths) for rule in option.wait) or False in first:
        return "later"
    return "fits" if True in fits and all(first) else "depends"


def group_by_hand(guide: Guide, option: Option, answers: Answers) -> Group:
    """The group of an option for these (effective) answers."""
    one_of = [Known(guide.questions, meant) for meant in meanings(guide, answers)]
    return placed(option, Known(guide.questions, answers), one_of)


def open_by_hand(option: Option, truths: Truths, group: Group) -> frozenset[str]:
    """The questions that could still change the group of an option."""
    if group == "less-likely":
        return frozenset()
    live = [rule.condition for rule in option.against]
    if not any(truth(rule.condition, truths) for rule in option.fits):
        live += [rule.condition for rule in option.fits]
    found: list[frozenset[str]] = []
    if group != "later":
        live += [rule.condition for rule in option.wait]
        ways = [r.condition for r in option.fits if truth(r.condition, truths) is not False]
        found = [
            unsettled(rule.condition, Supposing(truths, way))
            for rule in option.first
            if truth(rule.condition, truths) is None
            for way in ways
        ]
    return frozenset().union(*found, *(unsettled(condition, truths) for condition in live))
