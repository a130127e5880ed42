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
    days = []
    for notice in outcome.notices:
        fact = library.facts.get(library.notices[notice.because].look_again)
        if fact and not fact.overdue(today):
            days.append(today + timedelta(days=days_of(str(fact.value))))
    return max(days, default=None)
