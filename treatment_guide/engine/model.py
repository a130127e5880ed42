"""The guide as the engine sees it: options, their rules, notices. Ids only, no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from treatment_guide.engine.answers import Question
from treatment_guide.engine.conditions import Condition, questions_in
from treatment_guide.engine.parents import only_parent

Group = Literal["fits", "depends", "later", "less-likely"]
GROUPS: tuple[Group, ...] = ("fits", "depends", "later", "less-likely")


@dataclass(frozen=True)
class Rule:
    """A condition, the words that say why it matters, and the sources it stands on."""

    condition: Condition
    because: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """One thing that can be done next, and the rules that place it.

    Every rule acts when its condition is true, but for `first`, which acts when it is not.
    """

    id: str
    step: str
    fits: tuple[Rule, ...]
    first: tuple[Rule, ...] = ()
    wait: tuple[Rule, ...] = ()
    against: tuple[Rule, ...] = ()
    caution: tuple[Rule, ...] = ()
    done: tuple[Rule, ...] = ()
    nowhere: str | None = None  # words that say where it is used, for those it is not used for

    @property
    def grouping(self) -> tuple[Rule, ...]:
        """The rules that decide the group."""
        return self.against + self.fits + self.wait + self.first


@dataclass(frozen=True)
class Guide:
    """Everything the engine needs: questions in the order they are asked, options in fixed order.

    `floor` is the option that is never `later` or `less-likely`,
    so that there is always something to talk about.
    Raises UnfitParent where more than one question decides what others offer (`by`).
    """

    questions: Mapping[str, Question]
    options: Mapping[str, Option]
    floor: str
    notices: tuple[Rule, ...] = ()
    asks: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        only_parent(self.questions)

    @cached_property
    def danger(self) -> tuple[Question, ...]:
        """The questions about danger signs, in order."""
        return tuple(q for q in self.questions.values() if q.about_danger)

    @cached_property
    def concerns(self) -> Mapping[str, frozenset[str]]:
        """For each option, the questions whose answers can have a part in where it stands, or in
        what would change it: those its rules look at, what these rest on, what rests on them, and
        what somebody may be unsure of.
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
