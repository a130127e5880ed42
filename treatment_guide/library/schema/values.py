"""Types of single values: an id, a whole number, a day, a span of time."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from treatment_guide.library.in_words.spans import SPAN

_BOOLEAN = {"yes", "no", "on", "off", "true", "false", "y", "n", "null", "~"}


def _choice(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in _BOOLEAN:
        raise ValueError("An id is never a bare yes, no, on or off. Give it a word that says more.")
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"-?\d+", value):
        return int(value)
    raise ValueError(f"Give a whole number, digits alone: `30`, not `{value}`.")


def number(value: Any) -> Any:
    """The number that a text says. Raises ValueError for any other value."""
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value) if "." in value else int(value)
    raise ValueError(f"Give a number, with a point for decimals: `2.1`, not `{value}`.")


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(
            f"Give a date as year-month-day, like 2026-11-22, not `{value}`."
        ) from None


def _span(value: Any) -> Any:
    if value == "not-given":
        return value
    if isinstance(value, str) and SPAN.match(value):
        return value
    raise ValueError("Give a time like `3 months` or `2 to 4 weeks`.")


def one_or_more(value: Any) -> Any:
    """A list as it is; a single value as a list of one."""
    return [value] if isinstance(value, str) else value


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ChoiceId = Annotated[Id, BeforeValidator(_choice)]
Ids = Annotated[list[Id], BeforeValidator(one_or_more)]
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[int | float, BeforeValidator(number)]
Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]
Day = Annotated[date, BeforeValidator(_day)]
Span = Annotated[str, BeforeValidator(_span)]
Certainty = Literal["high", "moderate", "low", "very-low"]


def wrong_day(checked: date, check_by: date) -> str:
    """A sentence about a wrong check-by day, or empty. Right is a day after the last check and at
    most a year later.
    """
    if check_by <= checked:
        return "`check-by` comes after `checked`."
    if (check_by.year - 1, check_by.month, check_by.day) > (*checked.timetuple()[:3],):
        return "`check-by` is at most a year after `checked`."
    return ""
