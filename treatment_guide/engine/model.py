"""The guide as the engine sees it: options, their rules, notices. Ids only, no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from treatment_guide.engine.answers import Question
from treatment_guide.engine.conditions import Condition

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
    """

    questions: Mapping[str, Question]
    options: Mapping[str, Option]
    floor: str
    notices: tuple[Rule, ...] = ()
    asks: tuple[Rule, ...] = ()

    @cached_property
    def danger(self) -> tuple[Question, ...]:
        """The questions about danger signs, in order."""
        return tuple(q for q in self.questions.values() if q.about_danger)
