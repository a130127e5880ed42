"""What every shape is built on, and how its faults are told.

pydantic reports every fault of a file at once, each with its path.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Document

AnyShape = TypeVar("AnyShape", bound=BaseModel)


class Shape(BaseModel):
    """A part of a file: unknown keys are faults."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


def validated(
    shape: type[AnyShape],
    document: Document,
    data: Any,
    problems: Problems,
    where: tuple[str | int, ...] = (),
) -> AnyShape | None:
    """The data in this shape, or None; every fault is noted with its line and field."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        for fault in error.errors():
            path = (*where, *fault["loc"])
            field = ".".join(str(part) for part in path if not str(part).startswith("function-"))
            problems.add(document.file, document.line(path), field, _plain_words(fault))
        return None


def _plain_words(fault: Any) -> str:
    kind = fault["type"]
    if kind == "missing":
        return "This is needed and is not there."
    if kind == "extra_forbidden":
        return "This key is not known here. Is it misspelled?"
    if kind == "string_pattern_mismatch":
        return f"`{fault['input']}` is not of the right form."
    return str(fault["msg"]).removeprefix("Value error, ")
