"""The day to look again, while it is too soon to judge."""

from datetime import date, timedelta

from treatment_guide.engine.outcome import Outcome
from treatment_guide.library.loading.facts import days_of
from treatment_guide.library.model import Library


def look_again(library: Library, outcome: Outcome, today: date) -> date | None:
    """The day to look again, when a notice says that it is too soon; else None.

    Somebody whose injection was less than 2 weeks ago has waited 2 weeks, for certain, 2 weeks
    from today. A number that is due to be checked again gives no day.
    """
    days = []
    for notice in outcome.notices:
        fact = library.facts.get(library.notices[notice.because].look_again)
        if fact and not fact.overdue(today):
            days.append(today + timedelta(days=days_of(str(fact.value))))
    return max(days, default=None)
