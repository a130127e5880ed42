"""The rules as the engine sees them: options and their rules. Ids only, no words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from treatment_guide.engine.conditions import Condition

Group = Literal["fits", "depends", "later", "less-likely"]
GROUPS: tuple[Group, ...] = ("fits", "depends", "later", "less-likely")


@dataclass(frozen=True)
class Rule:
    """A condition, the id of the words that say why it matters, and the ids of its sources."""

    condition: Condition
    because: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """One thing that can be done next, and the rules that place it.

    Every rule acts when its condition is true, but for `first`, which acts when it is not.
    `traits` say what is done to the body (`needle`, `steroid`, `implant`): safety.py reads them.
    An option for trials only is not sold honestly outside a study: it is always less-likely, by the
    one rule that it has.
    """

    id: str
    step: str
    fits: tuple[Rule, ...]
    first: tuple[Rule, ...] = ()
    wait: tuple[Rule, ...] = ()
    against: tuple[Rule, ...] = ()
    caution: tuple[Rule, ...] = ()
    done: tuple[Rule, ...] = ()
    traits: tuple[str, ...] = ()
    trials_only: bool = False
    nowhere: str | None = None  # words that say where it is used, shown when no `fits` is true

    @property
    def grouping(self) -> tuple[Rule, ...]:
        """The rules that decide the group."""
        return self.against + self.fits + self.wait + self.first


@dataclass(frozen=True)
class Care:
    """What an answer asks to take care of. Its rule acts when the answer is given.

    `said` are the cautions whose words it says itself; `more` those that add something of their
    own, which stands with their option. Both by the ids of their words.
    """

    rule: Rule
    said: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The id of its words."""
        return self.rule.because

    @property
    def cautions(self) -> frozenset[str]:
        """The cautions of the options that it touches."""
        return self.said | self.more
