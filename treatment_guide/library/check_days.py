"""The check-by days of facts and pages: within a year of the last check, spread over the months.

A number past its check-by day is no longer shown. Spreading keeps many numbers from leaving the
pages on one day, and gives editors a little to check every month.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from treatment_guide.library.model import Library
from treatment_guide.library.problems import Problems

#: At most one in so many facts and pages may be due in one month.
SHARE = 6
#: Up to so many need no spreading: they can be checked in a day or two.
FEW = 60


def month(day: date) -> str:
    """The month of a day, as it is written: `2027-03`."""
    return f"{day:%Y-%m}"


def by_month(days: Iterable[date]) -> Counter[str]:
    """How many of these days fall into each month."""
    return Counter(map(month, days))


def due_days(library: Library) -> list[date]:
    """The check-by day of each fact and each page. Those of clinics are not among them."""
    facts = [fact.check_by for fact in library.facts.values()]
    return [*facts, *(page.check_by for page in library.reading_pages)]


def emptiest(days: Iterable[date], on: date) -> str:
    """The month (`2027-03`) with the fewest of these days, of those half a year to a year after
    `on`; of equals the latest.
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
