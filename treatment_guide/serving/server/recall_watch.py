"""Notices that a recall came, changed or went, and replaces the workers: they read it at their start.

Files are looked at, not watched by the kernel: that works on every disk, in containers and on
shared folders. A look costs less than a tenth of a millisecond.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable

from treatment_guide.library.problems import Problem
from treatment_guide.library.recall.standing import places, remember

log = logging.getLogger("treatment_guide.serving")

#: Seconds between two looks. A file counts once two looks find it the same: it may be half written.
LOOK_SECONDS = 2

#: Name, size and time of the last change of each file.
Seen = tuple[tuple[str, int, int], ...]


class RecallWatch:
    """Looks at the files of recalls. `reload` replaces the workers."""

    def __init__(self, reload: Callable[[], None] | None = None) -> None:
        self.reload = reload or replace_workers
        self._acted_on = self._last = self.seen()

    @staticmethod
    def seen() -> Seen:
        """What is there now."""
        found = []
        for folder, _ in places():
            try:
                for path in folder.iterdir():
                    told = path.stat()
                    found.append((str(path), told.st_size, told.st_mtime_ns))
            except OSError as error:
                found.append((f"{folder}: {type(error).__name__}", 0, 0))
        return tuple(sorted(found))

    def look(self) -> bool:
        """Look once. Returns True where the workers are replaced. What has a fault is logged, and
        changes nothing.
        """
        now, before = self.seen(), self._last
        self._last = now
        if now != before or now == self._acted_on:
            return False
        self._acted_on = now
        faults = remember()
        if faults:
            self._tell(faults)
            return False
        log.warning("The recalls changed: the workers are replaced")
        self.reload()
        return True

    @staticmethod
    def _tell(faults: list[Problem]) -> None:
        for fault in faults:
            log.error("The recalls changed and are not in effect: %s", fault)

    def start(self) -> None:
        """Look every LOOK_SECONDS, in a thread of its own, as long as the process lives."""

        def watch() -> None:
            while True:
                time.sleep(LOOK_SECONDS)
                self.look()

        threading.Thread(target=watch, name="recall-watch", daemon=True).start()


def replace_workers() -> None:
    """Do what SIGHUP does. The main thread gets the signal, because only that wakes it."""
    main = threading.main_thread().ident
    assert main is not None
    signal.pthread_kill(main, signal.SIGHUP)
