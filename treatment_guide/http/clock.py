"""The current day and time: the one module that reads the machine's clock.

The linter refuses all other ways (`banned-api` in pyproject.toml). The engine and the library are
given the day as an argument. Days are days of UTC, as in codes and in the names of builds.
`time.monotonic` and `time.perf_counter`, which measure durations, are allowed everywhere.
"""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The current time, in UTC, with its time zone."""
    return datetime.now(UTC)


def today() -> date:
    """The current day, in UTC."""
    return now().date()
