"""The real settings, on the day of the tests: codes that were made up for it have not lapsed."""

from datetime import UTC, datetime

import time_machine

from treatment_guide.settings import *
from treatment_guide.settings import MIDDLEWARE

#: As tests/made_up.py counts it; that module is not for a server, it loads the content.
TODAY = (date(2026, 11, 22) - date(2026, 1, 1)).days
MIDDLEWARE = [*MIDDLEWARE, "tests.serving.server.fixed_day.on_that_day"]


def on_that_day(get_response):
    """Called once, at the start. Nothing is put between a request and its view."""
    from treatment_guide.questionnaire import visit as whats_next

    whats_next.today = lambda: TODAY
    return get_response
