"""The shapes of questions, and of the permanent numbers of choices in the answer code."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.schema.body_map import MapPlaceShape
from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import ChoiceId, Id, Whole


class QuestionShape(Shape):
    """`guide/questions/<question>.yaml`."""

    kind: Literal["one", "several"]
    choices: list[ChoiceId] = Field(min_length=2)
    change: dict[str, Literal["never", "later", "add", "find-out", "either"]]
    most: Annotated[Whole, Field(ge=1)] | None = None
    by: Id | None = None
    offers: dict[ChoiceId, list[ChoiceId]] = {}
    everywhere: list[ChoiceId] = []
    not_sure_means: Literal["one-of-these"] | None = Field(default=None, alias="not-sure-means")
    levels: dict[ChoiceId, Literal["emergency", "today", "days"]] = {}
    never_stored: list[ChoiceId] = Field(default=[], alias="never-stored")
    never_comes: list[ChoiceId] = Field(default=[], alias="never-comes")
    safety: dict[ChoiceId, ChoiceId] = {}
    edition: Annotated[Whole, Field(ge=0)] = 0
    map: dict[ChoiceId, MapPlaceShape] = {}

    @field_validator("choices")
    @classmethod
    def _once(cls, choices: list[str]) -> list[str]:
        if len(set(choices)) != len(choices):
            raise ValueError("A choice stands twice.")
        return choices

    @field_validator("change")
    @classmethod
    def _with_default(cls, change: dict[str, str]) -> dict[str, str]:
        if "default" not in change:
            raise ValueError("`change` needs a `default`.")
        return change

    @model_validator(mode="after")
    def _choices_agree(self) -> QuestionShape:
        known = set(self.choices)
        named = {c for row in self.offers.values() for c in row} | set(self.everywhere)
        named |= (
            set(self.levels)
            | set(self.never_stored)
            | set(self.never_comes)
            | set(self.map)
            | set(self.safety)
            | set(self.safety.values())
            | (set(self.change) - {"default"})
        )
        unknown = sorted(named - known)
        if unknown:
            near = meant(unknown[0], known)
            raise ValueError(f"Not a choice of this question: {', '.join(unknown)}.{near}")
        if self.offers and self.by is None:
            raise ValueError("`offers` needs `by`: the question that decides what is offered.")
        if self.by is not None and not self.offers:
            raise ValueError("`by` needs `offers`: what is offered for each of its choices.")
        for choice, harmless in self.safety.items():
            if harmless in self.safety:
                raise ValueError(
                    f"`safety` sets `{choice}` beside `{harmless}`, which is no harmless choice: it is "
                    "a safety answer itself."
                )
        if self.everywhere and not self.offers:
            raise ValueError("`everywhere` needs `offers`: without it every choice is offered.")
        return self


class FieldShape(Shape):
    """One field of the answer code."""

    field: Id
    bits: Annotated[Whole, Field(ge=1, le=60)]


class NumbersShape(Shape):
    """`guide/numbers.yaml`: the permanent numbers of the answer code. Add-only."""

    blocks: list[Annotated[list[FieldShape], Field(min_length=1)]]
    now: list[Id]
    numbers: dict[Id, dict[ChoiceId, Whole]]
    retired: dict[Id, list[Whole]] = {}
