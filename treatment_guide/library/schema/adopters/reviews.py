"""The shapes of reviews by clinicians: the roles, a signature, an objection."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Literal

from pydantic import Field, field_validator, model_validator

from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import Day, Id, Ids

#: The most characters of a name and of a reviewer's own words.
NAME, WORDS = 80, 2000
#: The hash of a text, as packets print it.
HASH = r"^[0-9a-f]{4}(-[0-9a-f]{4}){3}$"
#: Scripts with letters that look alike: a name in two of them looks like that of somebody else.
ALIKE = frozenset(("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE", "FULLWIDTH"))


class ReviewersShape(Shape):
    """`guide/reviewers.yaml`: the roles of reviewers, and which of them each subject wants."""

    roles: list[Id] = Field(min_length=1)
    wants: dict[str, Ids]


class SignatureShape(Shape):
    """`reviews/<name>.yaml`, written by `manage.py sign`."""

    what: str
    who: str = Field(min_length=3, max_length=NAME)
    role: Id
    registration: str | None = Field(default=None, min_length=2, max_length=NAME)
    interests: str = Field(min_length=4, max_length=WORDS)
    day: Day
    until: Day
    language: str = Field(pattern=r"^[a-z]{2}$")
    region: Id
    hash: str = Field(pattern=HASH)
    seal: str = Field(pattern=r"^[0-9a-f]{12}$")

    @field_validator("who", "registration", "interests")
    @classmethod
    def _plain(cls, said: str | None) -> str | None:
        if said is not None and (not said.isprintable() or said != said.strip()):
            raise ValueError("Write it on one line, without a space at either end.")
        return said

    @field_validator("who")
    @classmethod
    def _one_script(cls, who: str) -> str:
        scripts = {unicodedata.name(each, "").partition(" ")[0] for each in who if each.isalpha()}
        if len(scripts & ALIKE) > 1 or "FULLWIDTH" in scripts:
            raise ValueError("Write all letters of the name in one alphabet; some look alike.")
        return who

    @model_validator(mode="after")
    def _in_order(self) -> SignatureShape:
        if self.until <= self.day:
            raise ValueError("`until` comes after `day`.")
        if self.until > longest(self.day):
            raise ValueError(
                f"A signature counts for two years at most: until {longest(self.day)}."
            )
        return self


class ObjectionShape(Shape):
    """`reviews/objections/<name>.yaml`: what a reviewer objected to, and what came of it."""

    what: str
    who: str = Field(min_length=3, max_length=NAME)
    role: Id
    day: Day
    words: str = Field(min_length=4, max_length=WORDS)
    state: Literal["open", "changed", "declined"]
    hash: str | None = Field(default=None, pattern=HASH)
    release: str | None = Field(default=None, pattern=r"^(\d{4}\.\d+|next)$")
    reason: str | None = Field(default=None, min_length=4, max_length=WORDS)

    @model_validator(mode="after")
    def _answered(self) -> ObjectionShape:
        if self.state == "changed" and not self.release:
            raise ValueError(
                "`changed` needs the `release` in which it was changed: `next` until that has its name."
            )
        if self.state == "declined" and not self.reason:
            raise ValueError("`declined` needs the `reason`.")
        if self.state != "changed" and self.release:
            raise ValueError("Only `changed` has a `release`.")
        if self.state == "open" and self.reason:
            raise ValueError("An objection that is `open` has no `reason` yet.")
        return self


def longest(day: date) -> date:
    """The last day that a signature of this day may count: two years later."""
    return date(day.year + 2, day.month, min(day.day, 28) if day.month == 2 else day.day)
