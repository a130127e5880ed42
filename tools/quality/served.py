"""The site, served as it is in use, and its pages."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds in which the site must have made its pages and answer


@contextmanager
def site() -> Iterator[str]:
    """The origin of the site, served by `make serve` on a free port while this is open."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["make", "--no-print-directory", "serve", f"PORT={port}"]
    origin = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile("w+") as words:
        server = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=words, start_new_session=True
        )
        try:
            if not answers(f"{origin}/healthz", server):
                words.seek(0)
                raise SystemExit(f"make quality: `make serve` gave no site: {words.read()[-2000:]}")
            yield origin
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def answers(url: str, server: subprocess.Popen) -> bool:
    """True once the address answers; False when the server has ended, or takes too long."""
    for _ in range(PATIENCE * 4):
        with suppress(OSError), urlopen(url):
            return True
        if server.poll() is not None:
            return False
        time.sleep(0.25)
    return False


def fetch(url: str) -> str:
    """The text of a page, also of one that says what is wrong."""
    try:
        with urlopen(url) as reply:
            return reply.read().decode()
    except HTTPError as reply:
        return reply.read().decode()
