"""The shapes of site.yaml (the publisher) and of regions (the phones)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from treatment_guide.library.model.site import CONTACT, NAME_LENGTH, PUBLISHER_LENGTH
from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import Id, Ids


class SiteShape(Shape):
    """`guide/site.yaml`."""

    origin: str = Field(pattern=r"^https://[a-z0-9.-]+$")
    language: str
    region: Id
    release: str = Field(pattern=r"^\d{4}\.\d+$")
    name: str | None = Field(default=None, min_length=NAME_LENGTH[0], max_length=NAME_LENGTH[1])
    publisher: str | None = Field(
        default=None, min_length=PUBLISHER_LENGTH[0], max_length=PUBLISHER_LENGTH[1]
    )
    contact: str | None = Field(default=None, pattern=CONTACT)

    @field_validator("name", "publisher")
    @classmethod
    def _plain(cls, name: str | None) -> str | None:
        if name and (not name.isprintable() or set(name) & set("{}|*")):
            raise ValueError("Give a name on one line, without `{`, `}`, `|` and `*`.")
        return name


class RegionShape(Shape):
    """`guide/regions/<region>.yaml`: whom to call."""

    phones: dict[Id, Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()-]*$")]]
    source: Ids = Field(min_length=1)
