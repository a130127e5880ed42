"""How the server runs: the one place that says so. `manage.py serve` calls it, and nobody else."""

import resource
from collections.abc import Callable
from functools import partial
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from treatment_guide.serving.server import limits
from treatment_guide.serving.server.watch import Beats, Watch
from treatment_guide.serving.server.worker import load


def serve(
    host: str,
    port: int,
    workers: int,
    stop_seconds: int,
    load: Callable[[Beats], Any] = load,
) -> None:
    """Serve until told to stop (SIGTERM, SIGINT); SIGHUP replaces the workers one by one.

    A worker that is told to stop has `stop_seconds` to finish what it began. `load` is called in
    each worker, and gives the RSGI application.

    HTTP/1 alone: browsers speak HTTP/2 to the proxy in front, and Granian leaves a body that
    breaks off in HTTP/2 turning in a thread for ever (2.8.9). No access log: an address may hold
    an answer code.
    """
    # What a reader answered is in memory: a process that dies leaves no picture of it on a disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    beats = Beats()
    Watch(beats).start()
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
