"""`make faults` (or `faults.py slow`, by a word of a scenario): break a running guide in every way we can think of, and say what readers saw.

A real server with two workers from a real build; each scenario prints a line, and the script fails
when a reader would have got a wrong page, or when the guide did not come back.
"""

import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools" / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")

from servers import free_port, resident, tree

PAGE = "/options/prp/"
SLOW_CLIENTS = 10_000


def start(build: Path, port: int, **environment: str) -> subprocess.Popen[bytes]:
    """The guide with two workers, as deploy/ runs it; answers when this returns."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "4"]
    command += ["--respawn-failed-workers", "--respawn-interval", "1", "--no-access-log"]
    command += ["--backlog", "16384", "--backpressure", "8192"]
    command += ["--http1-header-read-timeout", "5000"]
    command += ["--log-level", "error", "treatment_guide.wsgi:application"]
    env = {**os.environ, "BUILD_DIR": str(build), **environment}
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    until = time.monotonic() + 60
    while ask(port, "/healthz")[0] != 200:
        if time.monotonic() > until:
            raise SystemExit("the guide does not start")
        time.sleep(0.05)
    return process


def ask(port: int, path: str) -> tuple[int, bytes]:
    """Status and body of an address; status 0 when the connection failed."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


@dataclass
class Readers:
    """Readers who go on asking for a page and an outcome, and note what they got."""

    port: int
    right: dict[str, bytes]
    seen: Counter[str] = field(default_factory=Counter)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        for path in list(self.right) * 4:
            thread = threading.Thread(target=self._read, args=(path,))
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(self, *fault: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, path: str) -> None:
        while not self._stop.is_set():
            status, body = ask(self.port, path)
            if status == 200:
                self.seen["right" if body == self.right[path] else "WRONG"] += 1
            else:
                self.seen["cut off" if status == 0 else str(status)] += 1


def workers(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes under the server that answer."""
    return [pid for pid in tree(process.pid)[1:] if resident(pid) > 20]


def killed(process: subprocess.Popen[bytes], readers: Readers) -> str:
    """A worker dies at once, as by the system's out-of-memory killer."""
    os.kill(workers(process)[0], signal.SIGKILL)
    time.sleep(4)
    return f"{len(workers(process))} workers again"


def reloaded(process: subprocess.Popen[bytes], readers: Readers) -> str:
    """New workers take over, as after a new build."""
    before = set(workers(process))
    process.send_signal(signal.SIGHUP)
    time.sleep(6)
    return f"{len(set(workers(process)) - before)} new workers"


def cut(process: subprocess.Popen[bytes], readers: Readers) -> str:
    """A proxy asks and goes away before the answer, five hundred times."""
    for _ in range(500):
        with socket.create_connection(("127.0.0.1", readers.port)) as asking:
            asking.sendall(b"GET /whats-next/urgent/0/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            asking.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    return "500 cut"


def slow(process: subprocess.Popen[bytes], readers: Readers) -> str:
    """Ten thousand clients that send half a request and then nothing."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * SLOW_CLIENTS), hard))
    held, refused = [], 0
    for _ in range(SLOW_CLIENTS):
        try:
            asking = socket.create_connection(("127.0.0.1", readers.port), timeout=5)
            asking.sendall(b"GET / HTTP/1.1\r\nHost: loc")
            held.append(asking)
        except OSError:
            refused += 1
    before = readers.seen["right"]
    time.sleep(5)
    answered = readers.seen["right"] - before
    for asking in held:
        asking.close()
    if not answered:
        raise SystemExit("nobody was answered while the slow clients were held")
    return f"{len(held)} held, {refused} refused; meanwhile {answered} answers"


def flooded(process: subprocess.Popen[bytes], readers: Readers) -> str:
    """Thousands of codes, none of them twice."""
    before = max(map(resident, workers(process)))
    for number in range(3_000):
        ask(readers.port, f"/go/{number:x}/")
        ask(readers.port, f"/whats-next/place/{number:x}/")
    grown = max(map(resident, workers(process))) - before
    if grown > 60:
        raise SystemExit(f"a worker grew by {grown:.0f} MB")
    return f"grown by {grown:.0f} MB"


SCENARIOS: dict[str, tuple[Callable[..., str], set[str]]] = {
    "a worker is killed": (killed, {"cut off"}),
    "workers are replaced (SIGHUP)": (reloaded, set()),
    "a proxy cuts connections": (cut, set()),
    "10,000 slow clients": (slow, set()),
    "a flood of codes": (flooded, set()),
}


def stopped(process: subprocess.Popen[bytes], port: int) -> str:
    """SIGTERM while readers read: what had begun is finished."""
    results: list[int] = []
    threads = [
        threading.Thread(target=lambda: results.append(ask(port, "/whats-next/urgent/0/")[0]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)
    for thread in threads:
        thread.join()
    return f"stopped with {process.returncode}; answers {dict(Counter(results))}"


def main() -> None:
    """Run every scenario."""
    with tempfile.TemporaryDirectory() as scratch:
        build = Path(scratch) / "build"
        command = [sys.executable, "manage.py", "build", str(build)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        # No place for feedback at all: the guide has to do without.
        process = start(build, port, DATABASE_URL=f"sqlite:///{scratch}/none/feedback.sqlite3")
        failed = False
        try:
            right = {path: ask(port, path)[1] for path in (PAGE, "/whats-next/urgent/0/")}
            for name, (scenario, allowed) in SCENARIOS.items():
                if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
                    continue
                with Readers(port, right) as readers:
                    time.sleep(1)
                    said = scenario(process, readers)
                well = ask(port, PAGE) == (200, right[PAGE])
                bad = set(readers.seen) - {"right"} - allowed
                failed |= bool(bad) or not well
                sign = "FAILS" if bad or not well else "holds"
                print(f"{sign}  {name}: {said}; readers saw {dict(readers.seen)}", flush=True)
            print(f"holds  a graceful stop: {stopped(process, port)}")
        finally:
            if process.poll() is None:
                process.kill()
        sys.exit(failed)


if __name__ == "__main__":
    main()
