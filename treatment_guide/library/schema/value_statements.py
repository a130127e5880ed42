"""The shape of the value statements, `guide/values/<thing>.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import Id, one_or_more

Several = Annotated[list[Id], BeforeValidator(one_or_more)]


class ValueStatementShape(Shape):
    """How one option sits with one thing that may matter, and what that rests on."""

    speaks: Literal["for", "against", "mixed", "not-known"]
    fact: Several = []
    source: Several = []

    @model_validator(mode="after")
    def _rests_on_something(self) -> ValueStatementShape:
        if self.speaks != "not-known" and not (self.fact or self.source):
            raise ValueError(
                "Say what it rests on: a `fact` or a `source` of the option's page. Where nobody "
                "knows, write `speaks: not-known`."
            )
        return self
