"""The shape of a place on the picture of the body, in `guide/questions/<question>.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from treatment_guide.library.model.body_map import FIGURE
from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import number

Across = Annotated[int | float, BeforeValidator(number), Field(ge=0, le=FIGURE[0])]
Down = Annotated[int | float, BeforeValidator(number), Field(ge=0, le=FIGURE[1])]
Point = tuple[Across, Down]


class MapPlaceShape(Shape):
    """Where one choice lies: what is drawn there, and where a finger chooses it.

    Points are `[across, down]` from the upper left corner of the figure.
    """

    side: Literal["front", "back"]
    dots: list[Point] = []
    line: str | None = Field(default=None, pattern=r"^M[MLHVCSQTZ0-9 .,-]+$")
    touch: list[Point] = []
    touch_wide: list[Point] = Field(default=[], alias="touch-wide")

    @model_validator(mode="after")
    def _seen_and_touched(self) -> MapPlaceShape:
        if not self.dots and not self.line:
            raise ValueError("Give `dots` or a `line`: what is drawn there.")
        if not self.dots and not self.touch and not self.touch_wide:
            raise ValueError("A `line` needs `touch` or `touch-wide`: where a finger chooses it.")
        return self
