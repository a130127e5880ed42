"""The shapes of options, rules, notices and asks, and of the conditions in them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from treatment_guide.engine.conditions import ALWAYS, AllOf, Among, AnyOf, Condition, Not
from treatment_guide.engine.telling.actions import When
from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import Certainty, Id, Ids


class RuleShape(Shape):
    """One rule: `if` (acts when true) or `need` (acts when not), its words, its sources."""

    when: Any = Field(default=None, alias="if")
    need: Any = None
    because: Id
    source: Ids = Field(min_length=1)


class SharedRuleShape(RuleShape):
    """A rule of `guide/shared-rules.yaml`, used by options under its name."""

    kind: Literal["first", "wait", "against", "caution"]


class TrialsOnlyShape(Shape):
    """Why an option is not offered outside a study."""

    because: Id
    source: Ids = Field(min_length=1)


class OptionShape(Shape):
    """`guide/options/<option>.yaml`."""

    step: Id
    certainty: Certainty
    traits: list[Id] = []
    tags: list[Id] = []
    trials_only: TrialsOnlyShape | None = Field(default=None, alias="trials-only")
    use: list[Id] = []
    nowhere: Id | None = None
    fits: list[RuleShape] = []
    first: list[RuleShape] = []
    wait: list[RuleShape] = []
    against: list[RuleShape] = []
    caution: list[RuleShape] = []
    done: list[RuleShape] = []
    related: list[str] = []
    look_again: Id | None = Field(default=None, alias="look-again")

    @model_validator(mode="after")
    def _has_a_place(self) -> OptionShape:
        if self.trials_only is None:
            if not self.fits:
                raise ValueError("An option needs one rule under `fits`, or `trials-only`.")
            return self
        rules = (self.use, self.fits, self.first, self.wait, self.against, self.caution, self.done)
        if any(rules) or self.nowhere:
            raise ValueError(
                "`trials-only` always holds the option back, so it has no other rule: take `use`, "
                "`nowhere`, `fits` and the others out."
            )
        return self


class EffectShape(Shape):
    """A question to ask: a rule whose words carry its own id."""

    condition: Any = Field(alias="if")
    source: Ids = Field(min_length=1)


class NoticeShape(Shape):
    """A notice: a rule whose words carry its own id, and when to do what it asks for."""

    condition: Any = Field(alias="if")
    source: Ids = Field(min_length=1)
    when: When
    at_once: list[Id] = Field(default=[], alias="at-once")
    displaces: list[Id] = []
    look_again: Id | None = Field(default=None, alias="look-again")

    @model_validator(mode="after")
    def _has_its_day(self) -> NoticeShape:
        if (self.when == "date") != (self.look_again is not None):
            raise ValueError("`when: date` and `look-again` need each other.")
        return self


class CareShape(Shape):
    """What to take care of, said once: the cautions that it says, and those with `more` to say."""

    condition: Any = Field(alias="if")
    said: list[Id] = []
    more: list[Id] = []

    @model_validator(mode="after")
    def _names_a_caution(self) -> CareShape:
        if not self.said and not self.more:
            raise ValueError("It needs a caution under `said` or `more`.")
        return self


def condition(data: Any, faults: list[str]) -> Condition:
    """The condition in the data of a rule. Sentences about what is wrong are added to `faults`.

    `{place: [knee], cause: [arthritis]}`: both are true. `any: [..]`: at least one is true.
    `not: {..}`: it is false. `always`: always true.
    """
    if data == "always":
        return ALWAYS
    if not isinstance(data, dict) or not data:
        faults.append("A condition is `always`, or questions with lists of choices.")
        return ALWAYS
    parts: list[Condition] = []
    for key, value in data.items():
        if key == "any":
            if not isinstance(value, list) or len(value) < 2:
                faults.append("`any` needs a list of two or more conditions.")
                continue
            parts.append(AnyOf(tuple(condition(each, faults) for each in value)))
        elif key == "not":
            parts.append(Not(condition(value, faults)))
        else:
            choices = [value] if isinstance(value, str) else value
            if not isinstance(choices, list) or not all(isinstance(c, str) for c in choices):
                faults.append(f"`{key}` needs a list of choices.")
                continue
            parts.append(Among(key, frozenset(choices)))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
