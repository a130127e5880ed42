"""The shape of the safety matrix: what is written where no rule reacts to a safety answer."""

from __future__ import annotations

from pydantic import Field, model_validator

from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import Id, Ids


class NothingShape(Shape):
    """Why an answer changes nothing for options of some traits, or for options by name."""

    traits: list[Id] = []
    options: list[Id] = []
    because: Id
    source: Ids = Field(min_length=1)

    @model_validator(mode="after")
    def _about_something(self) -> NothingShape:
        if not (self.traits or self.options):
            raise ValueError("Say for which options nothing changes: by `traits`, or by `options`.")
        return self


class SafetyAnswerShape(Shape):
    """One safety answer in `guide/safety/<question>.yaml`."""

    nothing: list[NothingShape] = []
    nearer: list[Id] = []
