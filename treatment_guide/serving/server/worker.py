"""Makes the application of a worker: Granian calls `load` in each new process."""

import asyncio
import faulthandler
import gc
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings

from treatment_guide.library.problems import BrokenContent
from treatment_guide.library.release.library_file import BrokenBuild
from treatment_guide.serving.server import limits
from treatment_guide.serving.server.sockets import close_unread
from treatment_guide.serving.server.watch import Beats, keep_beating


def load(beats: Beats) -> Any:
    """The RSGI application of this worker, which raises its counter."""
    beat = beats.join()
    faulthandler.enable()  # writes the stack when the watchdog kills it
    # What is made now stays until the worker ends: nothing is garbage, and later no collection has
    # to look through it.
    gc.disable()
    # Imported here, because it loads the content, which the main process does not need.
    try:
        # The module is named by a setting, as for Django's own server: it stands above this room.
        wsgi = import_module(settings.WSGI_APPLICATION.rpartition(".")[0])
    except (BrokenBuild, BrokenContent) as broken:
        sys.stderr.write(f"{broken}\n")
        sys.exit(1)
    from treatment_guide.serving.server.refusals import refusals
    from treatment_guide.serving.server.request_handler import RequestHandler

    handler = RequestHandler(wsgi.application, wsgi.front, refusals(wsgi.library), wsgi.notes)
    gc.freeze()
    gc.enable()
    return Watched(handler, beat)


class Watched:
    """A request handler that raises its counter once a second while it works."""

    def __init__(self, handler: Any, beat: Callable[[], None]) -> None:
        self._handler = handler
        self._beat = beat
        self.__rsgi__ = handler.__rsgi__

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start raising the counter. Granian calls this before it serves."""
        beating = keep_beating(self._beat, self._is_well)
        self._tasks = (loop.create_task(beating), loop.create_task(self._limit_sockets()))

    def _is_well(self) -> bool:
        longest: float = self._handler.longest()
        return longest < limits.STUCK_SECONDS

    async def _limit_sockets(self) -> None:
        """Granian opens the socket a moment after it has called `__rsgi_init__`."""
        while not close_unread(settings.PORT):
            await asyncio.sleep(0.05)
