"""Clinics that link to the guide, and the table of diagnosis codes."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from treatment_guide.library.in_words.opening_hours import DAYS
from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import ChoiceId, Day, Id, Span, one_or_more

PhoneNumber = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()-]{5,20}[0-9]$")]
Time = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


def _code(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?", value):
        return value
    raise ValueError("Give codes as the code book prints them: `M17`, `M25.56`.")


Codes = Annotated[
    list[Annotated[str, BeforeValidator(_code)]],
    BeforeValidator(one_or_more),
    Field(min_length=1),
]


class OpeningShape(Shape):
    """Days with the same hours."""

    days: list[Literal[DAYS]] = Field(min_length=1)  # type: ignore[valid-type]
    opens: Time = Field(alias="from")
    closes: Time = Field(alias="to")


class ClinicShape(Shape):
    """`clinics/<clinic>.yaml`: who the clinic is, and what is offered there."""

    kind: Literal["clinic", "example"]
    name: str = Field(min_length=3, max_length=80)
    phone: PhoneNumber
    hours: list[OpeningShape] = Field(min_length=1)
    out_of_hours: PhoneNumber | None = Field(default=None, alias="out-of-hours")
    website: str = Field(pattern=r"^https://[a-z0-9.-]+(/[A-Za-z0-9/_.-]*)?$")
    offers: list[Id]
    wait: Span
    checked: Day
    check_by: Day = Field(alias="check-by")


class PlaceCodesShape(Shape):
    """The codes of one place, and of one cause there."""

    place: ChoiceId
    cause: ChoiceId | None = None
    codes: Codes


class SystemShape(Shape):
    """The codes of one system: danger first, then by place, then those that name no place."""

    danger: Codes
    places: list[PlaceCodesShape]
    no_place: Codes = Field(alias="no-place")
