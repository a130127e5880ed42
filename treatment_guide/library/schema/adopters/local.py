"""The shapes of the files of a clinic's own folder (LOCAL_DIR)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from treatment_guide.engine.code import LOCAL_CLINICS
from treatment_guide.library.schema.adopters.clinics import PhoneNumber
from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import Day, Id, Whole

Color = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
#: The longest name of a hospital: it stands in one line of a frame.
NAME = 60


class ColorsShape(Shape):
    """A color for light pages, and one for dark pages."""

    light: Color
    dark: Color


class HospitalShape(Shape):
    """`hospital.yaml`: who the hospital is."""

    kind: Literal["hospital", "example"]
    name: str = Field(min_length=3, max_length=NAME)
    website: str = Field(pattern=r"^https://[a-z0-9.-]+(/[A-Za-z0-9/_.-]*)?$")
    colors: ColorsShape | None = None
    language_help_phone: PhoneNumber | None = Field(default=None, alias="language-help-phone")
    checked: Day
    check_by: Day = Field(alias="check-by")

    @field_validator("name")
    @classmethod
    def _plain(cls, name: str) -> str:
        if name != name.strip() or not name.isprintable() or set(name) & set("{}|*<>[]"):
            raise ValueError("Give a name on one line, without `{`, `}`, `|`, `*`, `<` and `[`.")
        return name


class LocalNumbersShape(Shape):
    """`numbers.yaml`: the number of each clinic in codes, and those of clinics that left."""

    clinics: dict[Id, Whole]
    retired: list[Whole] = []


def in_range(number: int) -> bool:
    """True for a number that a clinic's own folder may give out."""
    return number in LOCAL_CLINICS
