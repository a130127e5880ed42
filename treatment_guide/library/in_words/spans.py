"""Numbers, ranges and spans of time in words."""

import re
from collections.abc import Mapping

#: A span of time: how many, up to how many, of what.
TIMES = ("minute", "hour", "day", "week", "month", "year")
SPAN = re.compile(rf"^(\d{{1,4}})(?: to (\d{{1,4}}))? ({'|'.join(TIMES)})s?$")
#: Days in a unit of time. Units shorter than a day count as one day.
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def plain_number(value: float) -> str:
    """A number as it is read: 1,050 or 2.1, with no plus sign and a true minus."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "\N{MINUS SIGN}")


def in_range(low: str, high: str, ui: Mapping[str, str]) -> str:
    """A range in words: `30 to 40`."""
    return ui["range"].format(low=low, high=high)


def span_words(span: str, ui: Mapping[str, str]) -> str:
    """A time in words: `1 month`, `2 to 4 weeks`."""
    found = SPAN.match(span)
    if not found:
        return ""
    low, high, unit = found.groups()
    one, many = ui[f"unit-{unit}"].split("|")
    if high:
        return f"{in_range(low, high, ui)} {many}"
    return f"{low} {one if low == '1' else many}"


def days_of(span: str) -> int:
    """The number of days in a time such as `2 weeks`; of `2 to 4 weeks` the larger. Raises
    ValueError for any other text.
    """
    found = SPAN.match(span)
    if not found:
        raise ValueError(span)
    low, high, unit = found.groups()
    return int(high or low) * _DAYS.get(unit, 1)
