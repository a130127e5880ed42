"""What is said of one reader: where every option stands, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from treatment_guide.engine.answers import Level
from treatment_guide.engine.model import GROUPS, Group


class Reason(NamedTuple):
    """Why an option stands where it stands.

    `fits`, `against`, `wait`, `first`: a rule acted; `because` names its words and
    `questions` the answers that made it act.
    `nowhere`: it is not used for what `questions` say.
    `open`: an answer to one of `questions` could still settle it;
    `because` names the prerequisite that is not known, if it is one.
    """

    kind: Literal["fits", "against", "nowhere", "wait", "first", "open"]
    because: str | None
    questions: tuple[str, ...]


class Caution(NamedTuple):
    """A warning that travels with an option: the words' id and the answers that raised it."""

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
    """A danger sign comes before everything: there are no options here, by its very shape."""

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
