"""What day and what time it is: the one module that asks the machine's clock.

Every other way to ask is refused by the linter (`banned-api` in pyproject.toml). The engine and the
library ask nothing: they are given the day. Days are days of UTC, as in the codes and in the names
of builds. `time.monotonic` and `time.perf_counter` measure how long something took; they name no
day and stay free.
"""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The moment it is, in UTC, with its time zone."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is, in UTC."""
    return now().date()
