"""The base of every shape, and its faults in plain words.

pydantic reports all faults of a file at once, each with its path.
"""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Document

AnyShape = TypeVar("AnyShape", bound=BaseModel)


class Shape(BaseModel):
    """The shape of a part of a file. Unknown keys are faults."""

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
            message = _plain_words(fault, shape)
            problems.add(document.file, document.line(path), field, message)
        problems.left_out(document.file, [*where, data])
        return None


#: A pattern's form in words, by the beginning of the pattern; the first that fits is said.
FORMS = {
    "^[a-z0-9]+(-": "Write lower-case letters, digits and hyphens, no space: `tennis-elbow`.",
    "^https?://": "Write the whole address: `https://example.org/page`.",
    "^https://[a-z0-9.-]+(/": "Write a whole address, without a query: `https://example.org/clinic`.",
    "^https://": "Write `https://` and the name of the site, nothing behind it.",
    r"^#[0-9a-fA-F]": "Write `#` and six digits or letters from a to f: `#0b4f6c`.",
    r"^\+?[0-9]": "Write the number as people dial it: `+44 20 7946 0000`.",
    r"^(\d{4}\.": "Write the year, a point and a number, or `next`: `2026.2`.",
    r"^\d{4}\.": "Write the year, a point and a number: `2026.2`.",
    "^en-": "Write `en-` and the country in capitals: `en-US`.",
    "^M[": "Write the line of an SVG path in capitals, from its start on: `M10,20 L30,40`.",
    "^[a-z]{2}$": "Write the two letters of the language: `en`.",
    "^[0-9a-f]": "Take the line over as the packet or `manage.py review` writes it.",
    "^([01][0-9]": "Write hours and minutes, from 00:00 to 23:59: `08:30`.",
}


#: What a limit asks for, by pydantic's name of the fault.
_LIMITS = {
    "too_short": "Give at least {min_length} here.",
    "too_long": "Give at most {max_length} here.",
    "string_too_short": "Write at least {min_length} characters.",
    "string_too_long": "Write at most {max_length} characters.",
    "greater_than_equal": "Give {ge} or more.",
    "less_than_equal": "Give {le} or less.",
}


#: What a field asks for that is no text, by the beginning of pydantic's name of the fault.
_KINDS = {
    "int_": "Give a whole number: `12`.",
    "float_": "Give a number: `12` or `12.5`.",
    "bool_": "Write `true` or `false`.",
}


def _plain_words(fault: Any, shape: type[BaseModel]) -> str:
    """What is wrong, and what would be right."""
    kind, given, limits = fault["type"], fault["input"], fault.get("ctx", {})
    if kind == "missing":
        return f"`{fault['loc'][-1]}` is needed here and is not there."
    if kind == "extra_forbidden":
        keys = _keys_at(shape, fault["loc"][:-1])
        known = f" Known are: {', '.join(keys)}." if keys else ""
        return f"This key is not known here.{meant(str(fault['loc'][-1]), keys)}{known}"
    if kind == "literal_error":
        return f"`{given}` is not known here. Give one of these: {limits['expected']}."
    if kind == "string_pattern_mismatch":
        forms = (said for start, said in FORMS.items() if limits["pattern"].startswith(start))
        return f"`{given}` is not of the right form. {next(forms, '')}".rstrip()
    if kind in ("list_type", "tuple_type"):
        return f"Give a list: `[{given if isinstance(given, str) and given else 'one, two'}]`."
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return "Give keys with values, each on a line of its own below: `name: value`."
    if kind == "string_type":
        return "Give one value, no list and no keys."
    if said := next((said for start, said in _KINDS.items() if kind.startswith(start)), ""):
        return said
    if kind in _LIMITS:
        return _LIMITS[kind].format(**limits)
    return str(fault["msg"]).removeprefix("Value error, ")


def _keys_at(shape: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """The keys that the part of a shape at `loc` may have, as spelled in files; empty where that
    part has no shape.
    """
    for step in loc:
        fields = {each.alias or name: each for name, each in shape.model_fields.items()}
        if step in fields:
            inner: list[Any] = [fields[step].annotation]
            while inner and not (isinstance(inner[0], type) and issubclass(inner[0], BaseModel)):
                inner = [*get_args(inner[0]), *inner[1:]]
            if not inner:
                return []
            shape = inner[0]
    return [each.alias or name for name, each in shape.model_fields.items()]
