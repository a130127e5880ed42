"""What each safety answer does to each option: the safety matrix.

A safety answer is a choice that tells of a danger: a blood thinner, a pregnancy, an injection two
weeks ago. Its question names it, with the harmless counterpart that it stands beside. For every
safety answer and every option the guide has decided: a rule of the option reacts, or it is written
down that nothing has to, by the traits of the option, with a reason and a source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from treatment_guide.engine.conditions import ALWAYS, AllOf, Among, Condition, Not
from treatment_guide.engine.model import Option, Rule

#: The kinds of rule that can react to an answer, from the one that holds back most.
Kind = Literal["against", "wait", "first", "caution", "fits"]
KINDS: tuple[Kind, ...] = ("against", "wait", "first", "caution", "fits")


@dataclass(frozen=True)
class Nothing:
    """Why a safety answer changes nothing for options of these traits, and for those named."""

    traits: frozenset[str]
    options: frozenset[str]
    because: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class SafetyAnswer:
    """One safety answer: a choice of a question, its harmless counterpart, what is written about
    options for which no rule reacts, and the options that it may bring nearer to `fits`. `alone` is
    true where the question takes one choice, so that the answer excludes the others.
    """

    question: str
    choice: str
    instead_of: str
    alone: bool = False
    nothing: tuple[Nothing, ...] = ()
    nearer: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The answer in one word, for faults and findings: `health.pregnancy`."""
        return f"{self.question}.{self.choice}"


@dataclass(frozen=True)
class Decision:
    """One cell of the matrix: the rules that react, and what is written where none has to.

    `not_for`: the option has no use at all with this answer (a cause that no `fits` names).
    """

    rules: tuple[tuple[Kind, Rule], ...]
    nothing: tuple[Nothing, ...]
    not_for: bool = False

    @property
    def silent(self) -> bool:
        """True where nobody has decided."""
        return not (self.rules or self.nothing or self.not_for)


def decide(option: Option, answer: SafetyAnswer) -> Decision:
    """The decision about an option and a safety answer."""
    return Decision(
        tuple(reacting(option, answer)),
        tuple(written(option, answer)),
        not_for(option, answer),
    )


def reacting(option: Option, answer: SafetyAnswer) -> Iterator[tuple[Kind, Rule]]:
    """The rules of an option that name the answer, each with its kind. The rule of an option for
    trials only reacts to every answer.
    """
    for kind in KINDS:
        for rule in getattr(option, kind):
            if names(rule.condition, answer) or (option.trials_only and rule.condition == ALWAYS):
                yield kind, rule


def names(condition: Condition, answer: SafetyAnswer) -> bool:
    """True for a condition that names the answer, but not only in a `not`, and not side by side with
    its counterpart: that tells them apart nowhere.
    """
    if isinstance(condition, Among):
        named = condition.choices & {answer.choice, answer.instead_of}
        return condition.question == answer.question and named == {answer.choice}
    if isinstance(condition, Not):
        return False
    return any(names(part, answer) for part in condition.parts)


def written(option: Option, answer: SafetyAnswer) -> Iterator[Nothing]:
    """What is written about an answer that changes nothing for an option: the entry that names the
    option, or the entries that together cover all its traits; none where a trait is left open.
    """
    named = [each for each in answer.nothing if option.id in each.options]
    if named:
        yield from named
        return
    found = {
        trait: [each for each in answer.nothing if trait in each.traits] for trait in option.traits
    }
    if found and all(found.values()):
        yield from dict.fromkeys(each for row in found.values() for each in row)


def open_traits(option: Option, answer: SafetyAnswer) -> tuple[str, ...]:
    """The traits of an option about which nothing is written for an answer."""
    covered = {trait for each in answer.nothing for trait in each.traits}
    return tuple(trait for trait in option.traits if trait not in covered)


def not_for(option: Option, answer: SafetyAnswer) -> bool:
    """True where an answer alone makes every `fits` of an option false: the option is for other
    causes. Beside an answer of several choices another may stand, so it rules nothing out.
    """
    return bool(answer.alone and option.fits) and all(
        impossible(rule.condition, answer.question, answer.choice) for rule in option.fits
    )


def impossible(condition: Condition, question: str, choice: str) -> bool:
    """True where a condition asks for other choices of the question than this one alone."""
    if isinstance(condition, Among):
        return condition.question == question and choice not in condition.choices
    if isinstance(condition, Not):
        return False
    parts = [impossible(part, question, choice) for part in condition.parts]
    return any(parts) if isinstance(condition, AllOf) else bool(parts) and all(parts)
