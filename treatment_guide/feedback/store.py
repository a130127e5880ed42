"""Stores feedback without making readers wait for the database.

At most one thread writes at a time, for a fraction of a second; others give up after `TURN`
seconds, and their readers see that the note was not kept. After a fault nothing is written for
`REST` seconds.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Literal

from django.db import Error, close_old_connections, connection, transaction

from treatment_guide.feedback.database import PATIENCE, cause
from treatment_guide.feedback.limits import HOUR, Limits
from treatment_guide.feedback.models import Feedback
from treatment_guide.feedback.redaction import cleaned

Kept = Literal["kept", "too-much", "not-kept"]

#: The most rows of the table. Editors export a CSV and delete the rows.
MOST_ROWS = 200_000
#: Seconds without writing after a fault of the database.
REST = 30.0
#: Seconds to wait for another thread that writes: longer than a write takes.
TURN = 0.1

log = logging.getLogger("treatment_guide.feedback")


class Store:
    """Stores feedback. Safe for threads."""

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
        """Store one note, and return whether it was kept, else why not.

        `page` is an address of the guide, `network` a hash from `network_of`.
        """
        if self._rests() or not self._writing.acquire(timeout=TURN):
            return "not-kept"
        try:
            if self._rests():  # the thread that wrote before failed
                return "not-kept"
            if not self.limits.take(page, network, self.clock()):
                return "too-much"
            if network is not None:
                self._forget_later()
            return self._write(page, helped, text, day, release)
        finally:
            self._writing.release()

    def _rests(self) -> bool:
        """True for `REST` seconds after a fault."""
        return self.clock() < self._rest_until

    def _write(self, page: str, helped: bool, text: str, day: date, release: str) -> Kept:
        try:
            close_old_connections()  # one that the database has closed meanwhile
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
        finally:
            close_old_connections()  # as Django does after a request, see `apps.py`
        return "kept"

    def _forget_later(self) -> None:
        """Start a timer that deletes full buckets, so that no network is remembered for an hour."""
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
