"""Keeps feedback, and never lets the database hold up a reader.

At most one thread is in the database at a time, for a fraction of a second; others are told at
once that their note could not be kept. After a fault the database is left alone for a while.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Literal

from django.db import Error, connection, transaction

from treatment_guide.feedback.database import PATIENCE, cause
from treatment_guide.feedback.limits import HOUR, Limits
from treatment_guide.feedback.models import Feedback
from treatment_guide.feedback.redaction import cleaned

Kept = Literal["kept", "too-much", "not-kept"]

#: The table never grows beyond this: editors take out a CSV and begin anew.
MOST_ROWS = 200_000
#: Seconds to leave a database alone that has just failed.
REST = 30.0
#: Seconds to wait for another thread that writes: longer than a write takes, and no reader minds.
TURN = 0.1

log = logging.getLogger("treatment_guide.feedback")


class Store:
    """Where feedback goes. Safe for several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.limits = Limits()
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._timer: threading.Timer | None = None
        self._rest_until = float("-inf")

    def keep(
        self,
        page: str,
        helped: bool,
        text: str,
        day: date,
        release: str,
        network: bytes | None = None,
    ) -> Kept:
        """Keep one; say whether it was kept.

        `page` is one of the guide's own addresses; `network` a hash of where it comes from.
        """
        if self._rests() or not self._writing.acquire(timeout=TURN):
            return "not-kept"
        try:
            if self._rests():  # whoever wrote just now found it broken
                return "not-kept"
            if not self.limits.take(page, network, self.clock()):
                return "too-much"
            if network is not None:
                self._forget_later()
            return self._write(page, helped, text, day, release)
        finally:
            self._writing.release()

    def _rests(self) -> bool:
        """True while the database is left alone."""
        return self.clock() < self._rest_until

    def _write(self, page: str, helped: bool, text: str, day: date, release: str) -> Kept:
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute(f"set local statement_timeout = {int(PATIENCE * 1000)}")
                if Feedback.objects.count() >= MOST_ROWS:
                    return "not-kept"
                Feedback.objects.create(
                    page=page, helped=helped, line=cleaned(text), day=day, release=release
                )
        except (Error, OSError) as error:
            self._rest_until = self.clock() + REST
            connection.close()
            log.warning("Feedback is not kept: %s", cause(error, text))
            return "not-kept"
        return "kept"

    def _forget_later(self) -> None:
        """See that no network is remembered for an hour, even where nobody sends anything more."""
        with self._lock:
            if self._timer is None:
                self._timer = threading.Timer(HOUR / 2, self._forget)
                self._timer.daemon = True
                self._timer.start()

    def _forget(self) -> None:
        with self._lock:
            self._timer = None
        if self.limits.forget(self.clock()):
            self._forget_later()


store = Store()
