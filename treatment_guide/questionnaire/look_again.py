"""The days to look again, while it is too soon to judge."""

from datetime import date, timedelta

from treatment_guide.engine.outcome import Outcome
from treatment_guide.library.in_words.spans import days_of
from treatment_guide.library.model import Library


def days_again(library: Library, outcome: Outcome, said_on: date, today: date) -> dict[str, date]:
    """The day that each notice gives to look again: the day `said_on` plus the time in the fact
    that the notice names. Not those whose fact is past its check-by day `today`.

    The answers say only "less than 2 weeks ago", so the time counts from the day on which that was
    said: by then it has passed for certain, and the day is the same whenever the page is opened.
    """
    days = {}
    for notice in outcome.notices:
        day = _day(library, library.notices[notice.because].look_again, said_on, today)
        if day:
            days[notice.because] = day
    return days


def look_again(library: Library, outcome: Outcome, said_on: date, today: date) -> date | None:
    """The latest day to look again; None where no notice gives one."""
    return max(days_again(library, outcome, said_on, today).values(), default=None)


def day_after(library: Library, option: str, today: date) -> date | None:
    """The day to look again after an option that is begun today, by the fact that the option names.

    None where there is no such option, it names no fact, or the fact is past its check-by day.
    """
    found = library.options.get(option)
    return _day(library, found.look_again, today, today) if found else None


def dated(library: Library, today: date) -> frozenset[str]:
    """The options after which the day to look again is known."""
    return frozenset(
        name for name, each in library.options.items() if library.fact_on(today, each.look_again)
    )


def _day(library: Library, name: str, start: date, today: date) -> date | None:
    fact = library.fact_on(today, name)
    return start + timedelta(days=days_of(str(fact.value))) if fact else None
