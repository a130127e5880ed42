"""When facts and pages are due to be checked again: within a year, and spread over the months.

Editors check a little every month. If everything were due on one day, all numbers would leave the
pages on that day.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from treatment_guide.library.model import Library
from treatment_guide.library.problems import Problems

#: No month holds more than one of so many facts and pages.
SHARE = 6
#: So few are checked in a day or two: they need no spreading.
FEW = 60


def month(day: date) -> str:
    """The month of a day, as it is written: `2027-03`."""
    return f"{day:%Y-%m}"


def by_month(days: Iterable[date]) -> Counter[str]:
    """How many of these days fall into each month."""
    return Counter(map(month, days))


def due_days(library: Library) -> list[date]:
    """The check-by day of each fact and each page. Clinics are asked by whoever lists them."""
    facts = [fact.check_by for fact in library.facts.values()]
    return [*facts, *(page.check_by for page in library.reading_pages)]


def emptiest(days: Iterable[date], on: date) -> str:
    """Of the months half a year to a year after the day `on`, the one with the fewest days; of
    equals the latest. `2027-03`.
    """
    counts = by_month(days)
    ahead = [
        f"{on.year + (on.month + i) // 12}-{(on.month + i) % 12 + 1:02}"
        for i in reversed(range(6, 12))
    ]
    return min(ahead, key=lambda each: counts[each])


def check_spread(library: Library, problems: Problems) -> None:
    """Note a fault for each month that holds more than its share."""
    days = due_days(library)
    if len(days) < FEW:
        return
    for name, count in sorted(by_month(days).items()):
        if count * SHARE > len(days):
            problems.add(
                "guide/facts",
                1,
                "check-by",
                f"{count} of {len(days)} facts and pages are due in {name}; one month holds at "
                f"most {len(days) // SHARE}. `manage.py due` shows the months: move some to an "
                "earlier one with few, a page together with its facts.",
            )
