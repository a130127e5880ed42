"""The result for one reader: where every option stands, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from treatment_guide.engine.answers import Level
from treatment_guide.engine.model import GROUPS, Group


class Reason(NamedTuple):
    """Why an option stands where it stands.

    `fits`, `against`, `wait`, `first`: a rule of this kind acted; `because` is the id of its
    words, and `questions` are those whose answers made it act.
    `nowhere`: no `fits` can be true, because of the answers to `questions`.
    `open`: an answer to one of `questions` could still decide; `because` is the id of the `first`
    rule that is unknown, or None where the use is unknown.
    """

    kind: Literal["fits", "against", "nowhere", "wait", "first", "open"]
    because: str | None
    questions: tuple[str, ...]


class Caution(NamedTuple):
    """The effect of a caution, notice or ask that acts: the id of its words, and the questions
    whose answers made it act.
    """

    because: str
    questions: tuple[str, ...]


class Standing(NamedTuple):
    """One option for one set of answers."""

    option: str
    group: Group
    reasons: tuple[Reason, ...]
    cautions: tuple[Caution, ...]
    done: bool


@dataclass(frozen=True)
class Urgent:
    """The result when danger signs need help now. It has no field for options, so none can be
    shown.
    """

    level: Level
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """Every option in fixed order, and the notices and questions to ask that apply."""

    standings: tuple[Standing, ...]
    notices: tuple[Caution, ...]
    asks: tuple[Caution, ...]

    def group(self, group: Group) -> tuple[Standing, ...]:
        """The options of one group, in fixed order."""
        return tuple(s for s in self.standings if s.group == group)

    @property
    def counts(self) -> dict[Group, int]:
        """How many options stand in each group."""
        return {group: len(self.group(group)) for group in GROUPS}
