"""The watchdog: a worker that hangs is killed, and Granian starts another.

Each worker has a counter in memory shared with the main process. It raises it once a second while
its event loop runs and no request is stuck in a thread. The main process looks once a second. A
counter that did not change in `SILENT_SECONDS` looks means that the worker hangs: its loop or a
thread does not end, it holds Python's lock, or it was stopped. Looks are counted, not seconds, so
that no worker is killed after the machine slept.
"""

import asyncio
import ctypes
import logging
import mmap
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from treatment_guide.serving.server import limits

log = logging.getLogger("treatment_guide.serving")

#: The most workers at once, including those that are stopping.
ROOM = 1024


class Beat(ctypes.Structure):
    """The slot of one worker: its process id (0: free), and its counter.

    The counter is 0 until the worker serves.
    """

    _fields_ = (("pid", ctypes.c_int), ("count", ctypes.c_uint))


class Beats:
    """The counters of all workers. The main process makes it and gives it to each worker."""

    def __init__(self) -> None:
        self._slots: Any
        if multiprocessing.get_start_method() == "fork":
            # Anonymous memory, so that the guide starts where no file can be written.
            self._slots = (Beat * ROOM).from_buffer(mmap.mmap(-1, ROOM * ctypes.sizeof(Beat)))
        else:
            self._slots = multiprocessing.RawArray(Beat, ROOM)

    def join(self) -> Callable[[], None]:
        """Take a slot for this process. Returns the function that raises its counter."""
        pid = os.getpid()
        # Workers that start at the same moment search from different slots.
        places = (self._slots[(pid + step) % ROOM] for step in range(ROOM))
        slot = next(slot for slot in places if slot.pid in (0, pid))
        slot.count = 0
        slot.pid = pid

        def beat() -> None:
            slot.count += 1

        return beat

    def counts(self) -> dict[int, int]:
        """The process id of each worker, and its counter."""
        return {slot.pid: slot.count for slot in self._slots if slot.pid}

    def leave(self, pid: int) -> None:
        """Free the slot of a process that has ended."""
        for slot in self._slots:
            if slot.pid == pid:
                slot.pid = 0


async def keep_beating(
    beat: Callable[[], None], is_well: Callable[[], bool], pause: float = 1
) -> None:
    """Call `beat` every `pause` seconds while `is_well()`. Exits when the main process has ended,
    because nothing would replace or stop this worker then.
    """
    parent = os.getppid()
    while True:
        if is_well():
            beat()
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(pause)


class Watch:
    """Looks at the counters, and kills workers whose counter stopped."""

    def __init__(
        self,
        beats: Beats,
        *,
        silent: int = limits.SILENT_SECONDS,
        loading: int = limits.LOADING_SECONDS,
        kill: Callable[[int, int], None] = os.kill,
    ) -> None:
        self.beats = beats
        self.silent = silent
        self.loading = loading
        self.kill = kill
        self._seen: dict[int, tuple[int, int]] = {}  # process id: counter, looks

    def look(self) -> list[int]:
        """Look once. Returns the ids of the processes that were killed."""
        killed = []
        now = self.beats.counts()
        self._seen = {pid: seen for pid, seen in self._seen.items() if pid in now}
        for pid, count in now.items():
            if not self._lives(pid):
                self.beats.leave(pid)
                continue
            before, looks = self._seen.get(pid, (count, -1))
            looks = looks + 1 if count == before else 0
            self._seen[pid] = (count, looks)
            if looks >= (self.silent if count else self.loading):
                log.error("Worker %d hangs and is replaced", pid)
                # On SIGABRT faulthandler writes the stack; a stopped process (SIGSTOP) ignores it.
                self._signal(pid, signal.SIGABRT)
                time.sleep(0.5)
                self._signal(pid, signal.SIGKILL)
                killed.append(pid)
        return killed

    def _lives(self, pid: int) -> bool:
        return self._signal(pid, 0)

    def _signal(self, pid: int, number: int) -> bool:
        try:
            self.kill(pid, number)
        except ProcessLookupError:
            return False
        return True

    def start(self) -> None:
        """Look once a second, in a thread of its own, as long as the process lives."""

        def watch() -> None:
            while True:
                self.look()
                time.sleep(1)

        threading.Thread(target=watch, name="watch", daemon=True).start()
