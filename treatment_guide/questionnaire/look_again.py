"""The day to look again, while it is too soon to judge."""

from datetime import date, timedelta

from treatment_guide.engine.outcome import Outcome
from treatment_guide.library.in_words.spans import days_of
from treatment_guide.library.model import Library


def look_again(library: Library, outcome: Outcome, today: date) -> date | None:
    """The latest day of those that notices give: today plus the time in the fact that a notice
    names.

    None without such a notice, or when its fact is past its check-by day. The answers say only
    "less than 2 weeks ago", so the time counts from today: by then it has passed for certain.
    """
    named = (library.notices[notice.because].look_again for notice in outcome.notices)
    return max(filter(None, (_day(library, fact, today) for fact in named)), default=None)


def day_after(library: Library, option: str, today: date) -> date | None:
    """The day to look again after an option that is begun today, by the fact that the option names.

    None where there is no such option, it names no fact, or the fact is past its check-by day.
    """
    found = library.options.get(option)
    return _day(library, found.look_again, today) if found else None


def _day(library: Library, name: str, today: date) -> date | None:
    fact = library.facts.get(name)
    if fact is None or fact.overdue(today):
        return None
    return today + timedelta(days=days_of(str(fact.value)))
