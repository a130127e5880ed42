"""The shapes of site.yaml (the publisher) and of regions (whom to call)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from treatment_guide.library.model.site import CONTACT, NAME_LENGTH, PUBLISHER_LENGTH
from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import Id, Ids


class SiteShape(Shape):
    """`guide/site.yaml`."""

    origin: str = Field(pattern=r"^https://[a-z0-9.-]+$")
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


class PhoneShape(Shape):
    """A number of a region: how it can be reached, and its owner's page."""

    number: Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()-]*$")]
    ways: list[Literal["call", "text"]] = Field(default=["call"], min_length=1)
    source: Ids = Field(min_length=1)


class RegionShape(Shape):
    """`guide/regions/<region>.yaml`: the language, and whom to call."""

    language: str = Field(pattern=r"^en-[A-Z]{2}$")
    phones: dict[Id, PhoneShape]

    @field_validator("phones")
    @classmethod
    def _emergency(cls, phones: dict[str, PhoneShape]) -> dict[str, PhoneShape]:
        if "emergency" in phones and phones["emergency"].ways != ["call"]:
            raise ValueError("The number `emergency` is called: pages say so everywhere.")
        return phones
