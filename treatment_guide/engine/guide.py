"""The guide as the engine sees it: questions, options, notices, and all of them compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from treatment_guide.engine.answers import Question
from treatment_guide.engine.compiled.rules import CompiledGuide
from treatment_guide.engine.conditions import questions_in
from treatment_guide.engine.model import Care, Option, Rule
from treatment_guide.engine.parents import only_parent
from treatment_guide.engine.safety import SafetyAnswer
from treatment_guide.engine.telling.actions import ToDo


@dataclass(frozen=True)
class Guide:
    """Everything the engine needs: questions in the order they are asked, options in fixed order.

    `floor` is the option that is never `later` or `less-likely`, so that every outcome has one
    option to ask about. `todos` say what each notice asks for, by its id. Raises UnfitParent where
    more than one question decides what others offer (`by`).
    """

    questions: Mapping[str, Question]
    options: Mapping[str, Option]
    floor: str
    notices: tuple[Rule, ...] = ()
    asks: tuple[Rule, ...] = ()
    safety: tuple[SafetyAnswer, ...] = ()
    todos: Mapping[str, ToDo] = field(default_factory=dict)
    care: tuple[Care, ...] = ()

    def __post_init__(self) -> None:
        only_parent(self.questions)

    @cached_property
    def compiled(self) -> CompiledGuide:
        """The rules, compiled when they are first asked for."""
        care = tuple(each.rule for each in self.care)
        return CompiledGuide(self.questions, self.options, self.notices, self.asks, care)

    def prepare(self) -> None:
        """Compile the rules now, and what each question can change, so that no reader waits for it."""
        _ = self.compiled
        for question in self.questions.values():
            _ = question.real_choices, question.becomes, question.may_come, question.may_go

    def __getstate__(self) -> dict[str, Any]:
        """The state to pickle: all but the compiled rules, which are functions and are made anew."""
        return {name: value for name, value in vars(self).items() if name != "compiled"}

    @cached_property
    def danger(self) -> tuple[Question, ...]:
        """The questions about danger signs, in order."""
        return tuple(q for q in self.questions.values() if q.about_danger)

    @cached_property
    def by_trait(self) -> Mapping[str, tuple[str, ...]]:
        """The options that have each trait, in fixed order."""
        found: dict[str, list[str]] = {}
        for option in self.options.values():
            for trait in option.traits:
                found.setdefault(trait, []).append(option.id)
        return {trait: tuple(options) for trait, options in found.items()}

    @cached_property
    def concerns(self) -> Mapping[str, frozenset[str]]:
        """For each option, the questions that can affect its group or its changes: those its rules
        mention, their parents and children, and those with an unsure answer of several meanings.
        """
        return {name: self._concern(option) for name, option in self.options.items()}

    def _concern(self, option: Option) -> frozenset[str]:
        every = self.questions.values()
        found = {q for rule in option.grouping for q in questions_in(rule.condition)}
        found |= {q.id for q in every if q.not_sure_is_one_of}
        while True:
            parents = {parent for q in found if (parent := self.questions[q].by)}
            children = {q.id for q in every if q.by in found and not q.about_danger}
            if parents | children <= found:
                return frozenset(found)
            found |= parents | children
