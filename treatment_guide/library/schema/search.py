"""The shape of `guide/danger-phrases.yaml`: dangers that people type into the search."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import Id

Level = Literal["emergency", "today", "days"]


class RaisedShape(Shape):
    """A sign that is more urgent when something else is typed beside it."""

    sign: Id
    beside: Id = Field(alias="with")
    to: Level


class DangerPhrasesShape(Shape):
    """`guide/danger-phrases.yaml`: dangers without a sign in the questions, and rises."""

    own: dict[Id, Level] = {}
    raised: list[RaisedShape] = []
