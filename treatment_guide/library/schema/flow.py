"""The shapes of flow.yaml, of situations and of pictures."""

from __future__ import annotations

from pydantic import Field

from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import ChoiceId, Id


class FlowShape(Shape):
    """`guide/flow.yaml`: the order of everything that has one."""

    core: list[Id] = Field(min_length=1)
    core_for: dict[Id, Id] = Field(default={}, alias="core-for")
    sharpen: list[Id]
    weigh: list[Id]
    floor: Id
    steps: dict[Id, list[Id]]
    topics: list[Id]
    about: list[Id]
    clinics: list[Id] = []
    situations: dict[ChoiceId, list[Id]] = {}
    words: dict[Id, str] = {}
    compare: list[Id] = []
    matters_first: dict[ChoiceId, Id] = Field(default={}, alias="matters-first")


class SituationShape(Shape):
    """`guide/situations/<situation>.yaml`: the answers it stands for, the main ones first."""

    answers: list[dict[Id, ChoiceId]] = Field(min_length=1)
    words: list[Id] = []
    related: list[str] = []


class PictureShape(Shape):
    """The place of a picture: a page (`option:prp`) and one of its parts."""

    page: str
    part: Id
