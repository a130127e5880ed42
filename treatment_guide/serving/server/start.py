"""Starts Granian. The only place that configures it; `manage.py serve` calls it."""

import resource
from collections.abc import Callable
from functools import partial
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from treatment_guide.serving.server import limits
from treatment_guide.serving.server.recall_watch import RecallWatch
from treatment_guide.serving.server.watch import Beats, Watch
from treatment_guide.serving.server.worker import load


def serve(
    host: str,
    port: int,
    workers: int,
    stop_seconds: int,
    load: Callable[[Beats], Any] = load,
) -> None:
    """Serve until SIGTERM or SIGINT; SIGHUP replaces the workers one by one, and so does a recall.

    A worker has `stop_seconds` to finish its requests when it is stopped. `load` is called in each
    worker, and returns the RSGI application.

    HTTP/1 only: the proxy in front speaks HTTP/2 with browsers, and in Granian 2.8.9 an HTTP/2
    body that breaks off blocks a thread for ever. No access log of Granian: an address may hold an
    answer code.
    """
    # No core dumps: memory holds readers' answers.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    beats = Beats()
    Watch(beats).start()
    RecallWatch().start()
    server = Server(
        "treatment_guide.serving.server.worker:load",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(
            header_read_timeout=limits.HEADER_MILLISECONDS, max_buffer_size=limits.HEADER_BYTES
        ),
        backlog=limits.BACKLOG,
        backpressure=limits.CONNECTIONS,
        respawn_failed_workers=True,
        respawn_interval=limits.RELOAD_SECONDS,
        workers_kill_timeout=stop_seconds,
        log_access=False,
        log_level=LogLevels.info,
    )
    server.serve(target_loader=partial(load, beats), wrap_loader=False)
