"""Keeps feedback, and never lets the database hold up a reader.

How much may come in is counted per page and in all, in the memory of each worker: no address of
a reader is needed for that, or kept. After a fault the database is left alone for a while.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import date
from typing import Literal

from django.db import DatabaseError, connection

from treatment_guide.feedback.lines import cleaned
from treatment_guide.feedback.models import Feedback

Kept = Literal["kept", "too-much", "not-kept"]

HOUR = 3_600.0
MOST_A_PAGE = 30
MOST_IN_ALL = 300
#: The table never grows beyond this: editors take out a CSV and begin anew.
MOST_ROWS = 200_000
#: Seconds to leave a database alone that has just failed.
REST = 30.0


class Limit:
    """At most so many an hour."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.clock = most, clock
        self._times: deque[float] = deque()

    def allows(self) -> bool:
        """True when one more may come; it is counted."""
        now = self.clock()
        while self._times and self._times[0] <= now - HOUR:
            self._times.popleft()
        if len(self._times) >= self.most:
            return False
        self._times.append(now)
        return True


class Store:
    """Where feedback goes. Safe for several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._lock = threading.Lock()
        self._all = Limit(MOST_IN_ALL, clock)
        self._pages: dict[str, Limit] = {}
        self._rest_until = float("-inf")

    def keep(self, page: str, helped: bool, text: str, day: date, release: str) -> Kept:
        """Keep one; say whether it was kept. `page` is one of the guide's own addresses."""
        with self._lock:
            limit = self._pages.setdefault(page, Limit(MOST_A_PAGE, self.clock))
            if not (limit.allows() and self._all.allows()):
                return "too-much"
            if self.clock() < self._rest_until:
                return "not-kept"
        try:
            if Feedback.objects.count() >= MOST_ROWS:
                return "not-kept"
            Feedback.objects.create(
                page=page, helped=helped, line=cleaned(text), day=day, release=release
            )
        except (DatabaseError, OSError):
            with self._lock:
                self._rest_until = self.clock() + REST
            connection.close()
            return "not-kept"
        return "kept"


store = Store()
