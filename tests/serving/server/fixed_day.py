"""The real settings, on the day of the tests: codes that were made up for it have not lapsed."""

from datetime import UTC, datetime

import time_machine

from treatment_guide.settings import *
from treatment_guide.settings import MIDDLEWARE

#: Of the day that tests/made_up/__init__.py names; that module is not for a server, it loads the content.
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIDDLEWARE = [*MIDDLEWARE, "tests.serving.server.fixed_day.on_that_day"]


def on_that_day(get_response):
    """Called once, at the start. Nothing is put between a request and its view."""
    time_machine.travel(NOON, tick=True).start()
    return get_response
