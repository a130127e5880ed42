"""Settings of all tests: the same Hypothesis examples on every machine, and the day.

    pytest --on 2027-11-30      runs the tests as if it were that day
    def test_x(freeze):         a test that names its own days: `freeze(date(2026, 11, 22))`
    def test_y(no_clock): a test in which nothing may read the clock

The first two move the clock of this process (time-machine), for all code in it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from hypothesis import settings

from treatment_guide.http import clock

# A test that fails on one machine fails on all, and none fails because of the day.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

Freeze = Callable[[date], None]
#: The day of the tests that read pages: no number is past its check-by day.
THE_DAY = date(2026, 11, 22)


def noon(day: date) -> datetime:
    """The middle of a day, far from both its ends in every time zone near UTC."""
    return datetime.combine(day, time(12), UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the day of the run."""
    parser.addoption("--on", type=date.fromisoformat, help="run as if it were a day: 2027-11-30")


def pytest_configure(config: pytest.Config) -> None:
    """Move the clock before any test module is read."""
    if day := config.getoption("on"):
        moved = time_machine.travel(noon(day), tick=True)
        moved.start()
        config.add_cleanup(moved.stop)


def pytest_report_header(config: pytest.Config) -> str | None:
    """Name the day of a run that is moved."""
    return f"the day is {clock.today()}" if config.getoption("on") else None


@pytest.fixture(scope="module")
def the_day() -> Iterator[None]:
    """It is noon of THE_DAY for all tests of a module, and for what they share."""
    with time_machine.travel(noon(THE_DAY), tick=False):
        yield


@pytest.fixture
def freeze() -> Iterator[Freeze]:
    """`freeze(day)`: from here on it is noon of that day, until the test ends or freezes another."""
    with ExitStack() as stack:

        def to(day: date) -> None:
            stack.enter_context(time_machine.travel(noon(day), tick=False))

        yield to


@pytest.fixture
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any call for the day or time fails the test."""

    def refuse() -> datetime:
        raise AssertionError("this asks what day it is, and passes or fails by the day")

    monkeypatch.setattr(clock, "now", refuse)
