"""Ranges and spans of time in words. `Language` writes the numbers."""

import re
from collections.abc import Mapping

from treatment_guide.library.model.language import Language

#: A span of time: how many, up to how many, of what.
TIMES = ("minute", "hour", "day", "week", "month", "year")
SPAN = re.compile(rf"^(\d{{1,4}})(?: to (\d{{1,4}}))? ({'|'.join(TIMES)})s?$")
#: Days in a unit of time. Units shorter than a day count as one day.
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def in_range(low: str, high: str, ui: Mapping[str, str]) -> str:
    """A range in words: `30 to 40`."""
    return ui["range"].format(low=low, high=high)


def span_words(span: str, ui: Mapping[str, str], language: Language) -> str:
    """A time in words: `1 month`, `2 to 4 weeks`."""
    found = SPAN.match(span)
    if not found:
        return ""
    low, high, unit = found.groups()
    said = in_range(low, high, ui) if high else low
    return f"{said} {language.form(ui[f'unit-{unit}'], high or low)}"


def days_of(span: str) -> int:
    """The number of days in a time such as `2 weeks`; of `2 to 4 weeks` the larger. Raises
    ValueError for any other text.
    """
    found = SPAN.match(span)
    if not found:
        raise ValueError(span)
    low, high, unit = found.groups()
    return int(high or low) * _DAYS.get(unit, 1)
