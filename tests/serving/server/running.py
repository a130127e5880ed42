"""A guide that runs: started by `manage.py serve` as anybody starts it, with one worker."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from treatment_guide import settings

FORM = "application/x-www-form-urlencoded"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """A guide that runs."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process, self.port = process, port

    def ask(self, method: str, path: str, body: str | None = None, timeout: float = 20) -> int:
        """The status of one request; 0 when the connection fails."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        headers = {"Host": "localhost", **({"Content-Type": FORM} if body else {})}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def raw(self, data: bytes, seconds: float = 10) -> tuple[bytes, float]:
        """What comes back for these bytes until the server closes, and after how many seconds.

        Raises TimeoutError when it does not close.
        """
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            connection.sendall(data)
            got = b""
            with suppress(ConnectionResetError):
                while piece := connection.recv(65_536):
                    got += piece
        return got, time.monotonic() - began

    def worker(self) -> int:
        """The process that answers."""
        tasks = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        with open(tasks) as file:
            return int(file.read().split()[-1])

    def resident(self) -> float:
        """Megabytes that the worker holds; 0 while it ends."""
        with open(f"/proc/{self.worker()}/status", encoding="ascii") as rows:
            held = [int(row.split()[1]) / 1024 for row in rows if row.startswith("VmRSS:")]
        return held[0] if held else 0.0

    def open_files(self) -> int:
        """How many files and connections the worker holds open."""
        return len(os.listdir(f"/proc/{self.worker()}/fd"))

    def spent(self) -> float:
        """Seconds of a processor's time that the worker has taken."""
        with open(f"/proc/{self.worker()}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_until_up(self, seconds: float = 60) -> None:
        """Until it answers."""
        until = time.monotonic() + seconds
        while self.ask("GET", "/healthz", timeout=2) != 200:
            assert time.monotonic() < until, "the guide does not answer"
            assert self.process.poll() is None, "the guide has ended"
            time.sleep(0.1)


@contextmanager
def started(log: Path, **environment: str) -> Iterator[Running]:
    """A guide with one worker; what it writes goes to `log`. The environment may say more."""
    port = free_port()
    env = {**os.environ, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "treatment_guide.settings"}
    env |= {"DATABASE_URL": "sqlite:////nowhere/feedback.sqlite3", **environment}
    command = [sys.executable, "manage.py", "serve"]
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=env, stdout=file, stderr=file
        )
    guide = Running(process, port)
    try:
        guide.wait_until_up()
        yield guide
    finally:
        process.kill()
        process.wait()
