"""A PostgreSQL of its own for the tests, from the machine's package or Debian's, thrown away after.

The server refuses to run as root, so as root it runs as `nobody`.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class NotHere(Exception):
    """There is no PostgreSQL, and none could be installed."""


def programs() -> Path:
    """The folder of the newest PostgreSQL's programs, installed where that is allowed.

    Raises NotHere.
    """
    found = _installed()
    if not found and shutil.which("apt-get") and os.geteuid() == 0:
        command = ["apt-get", "install", "-y", "-q", "postgresql"]
        subprocess.run(command, capture_output=True, check=False)
        found = _installed()
    if not found:
        raise NotHere("no PostgreSQL here, and none could be installed")
    return found


def _installed() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name))
    if folders:
        return folders[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@dataclass
class Postgres:
    """A running server: how to reach it, and how to stop it half-way."""

    bin: Path
    folder: Path
    port: int
    who: dict[str, Any]

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgres://guide@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *args: str) -> None:
        """Run one of its programs."""
        command = [str(self.bin / program), *args]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **self.who)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c fsync=off"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-o", options, "-l", log, "start")

    def stop(self) -> None:
        """Stop it at once, as a machine that fails."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server in a temporary folder, running."""
    bin_ = programs()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    folder = Path(tempfile.mkdtemp(prefix="guide-postgres-"))
    who = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    if who:
        shutil.chown(folder, **who)
    server = Postgres(bin_, folder, port, who)
    try:
        server.run("initdb", "-D", str(folder / "data"), "-U", "guide", "--auth=trust")
        server.start()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder)
