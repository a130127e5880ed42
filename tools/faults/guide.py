"""A guide that runs, as deploy/ runs it, while readers read: what is broken by the other rooms.

What a reader may see is the right page, an honest fault, or a connection cut off; which of these
is allowed is said by each scenario. A wrong page never is, nor an answer in the server's log.
"""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tools" / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
# One build serves on many ports: without this, pages would name the port.
os.environ.setdefault("PUBLIC_ORIGIN", "https://guide.example.org")

from servers import free_port, resident, tree

WORKERS = 2
#: What a reader types into the feedback form here; it may stand in no log.
TYPED = "the walrus asked about 47 oysters"
_CODE = re.compile(rb"/(?:whats-next/[a-z-]+|go)/([0-9a-z]+)/")


class Failed(Exception):
    """A reader would have been harmed, or the guide did not come back."""


class NotStarted(Failed):
    """The guide does not start: nothing was seen of what the scenario is about."""


class NotHere(Exception):
    """This machine does not let us do it."""


class Request(NamedTuple):
    """What a reader asks."""

    path: str
    method: str = "GET"
    body: str = ""
    coding: str = ""
    htmx: bool = False
    tag: str = ""
    since: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers that go with it."""
        form = "application/x-www-form-urlencoded" if self.body else ""
        sent = {
            "Host": "localhost",
            "Accept-Encoding": self.coding,
            "HX-Request": "true" if self.htmx else "",
            "Content-Type": form,
            "If-None-Match": self.tag,
            "If-Modified-Since": self.since,
        }
        found = {name: value for name, value in sent.items() if value}
        return found


class Seen(NamedTuple):
    """What came back; status 0 when the connection failed or the answer was cut off."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed


def ask(port: int, request: Request | str) -> Seen:
    """What a reader sees who asks this on a connection of their own."""
    request = Request(request) if isinstance(request, str) else request
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(request.method, request.path, request.body or None, request.headers)
        answer = connection.getresponse()
        return Seen(answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()})
    except (OSError, http.client.HTTPException):
        return Seen(0)
    finally:
        connection.close()


def feedback(page: str = "/options/prp/") -> Request:
    """The feedback form of a page, filled in and sent."""
    line = TYPED.replace(" ", "+")
    return Request("/feedback/", "POST", f"page={page}&no=1&line={line}")


def new_outcomes(count: int) -> list[Request]:
    """The outcomes of so many made-up readers, each with other answers."""
    from rounds import readers

    return [Request(f"/whats-next/outcome/{code}/", coding="") for code in readers(count).codes]


def is_outcome_of(request: Request, body: bytes) -> bool:
    """True for a whole page whose every code is the reader's own."""
    own = request.path.split("/")[3].encode()
    codes = set(re.findall(rb"/whats-next/[a-z-]+/([0-9a-z]+)/", body))
    return body.rstrip().endswith(b"</html>") and codes == {own}


@dataclass
class Readers:
    """Readers who go on asking, each time for one of many pages, and note what they got."""

    port: int
    right: dict[Request, bytes]
    seen: Counter[str] = field(default_factory=Counter)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self, count: int = 6) -> None:
        """Let so many of them begin."""
        for number in range(count):
            thread = threading.Thread(target=self._read, args=(random.Random(number),))
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Let them finish what they began."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, chance: random.Random) -> None:
        asked = list(self.right)
        while not self._stop.is_set():
            request = chance.choice(asked)
            self.seen[kind(ask(self.port, request), self.right[request])] += 1

    def wait_for(self, answers: int, seconds: float = 20) -> None:
        """Until so many more right answers have come. Raises Failed."""
        wanted = self.seen["right"] + answers
        until = time.monotonic() + seconds
        while self.seen["right"] < wanted:
            if time.monotonic() > until:
                raise Failed(f"readers wait: {dict(self.seen)}")
            time.sleep(0.05)


def kind(seen: Seen, right: bytes) -> str:
    """In a word, what a reader got who should have got this."""
    if seen.status == 0:
        return "cut off"
    if seen.status == 200:
        return "right" if seen.body == right else "WRONG"
    return "LEAK" if _CODE.search(seen.body) else f"honest {seen.status}"


@dataclass
class Guide:
    """A guide that runs."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path
    readers: Readers

    def ask(self, request: Request | str) -> Seen:
        """What a reader sees."""
        return ask(self.port, request)

    def workers(self) -> list[int]:
        """The processes that answer."""
        found = []
        for pid in tree(self.process.pid)[1:]:
            try:
                found += [pid] if resident(pid) > 20 else []
            except OSError:
                pass  # it ended between the two looks
        return found

    def memory(self) -> float:
        """Megabytes of the largest worker."""
        return max(map(resident, self.workers()))

    def handles(self) -> int:
        """How many files and connections the workers hold open."""
        return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in self.workers())

    def wait_for_workers(
        self, without: AbstractSet[int] = frozenset(), seconds: float = 30
    ) -> None:
        """Until all workers run, none of them one of these. Raises Failed."""
        until = time.monotonic() + seconds
        while len(now := self.workers()) != WORKERS or without & set(now):
            if time.monotonic() > until or self.process.poll() is not None:
                said = self.log.read_text()[-1500:]
                raise Failed(f"workers {now}, none of {set(without)} and {WORKERS} wanted: {said}")
            time.sleep(0.1)

    def check(self, allowed: AbstractSet[str]) -> None:
        """Hold it to its word once what was broken is mended. Raises Failed."""
        bad = set(self.readers.seen) - {"right"} - allowed
        if bad:
            raise Failed(f"readers saw {dict(self.readers.seen)}")
        if not self.readers.seen["right"]:
            raise Failed("nobody saw a page")
        if self.ask("/healthz").status != 200:
            raise Failed("/healthz is not 200")
        for request, right in self.readers.right.items():
            if kind(self.ask(request), right) != "right":
                raise Failed(f"{request.path.split('/')[1:3]} is not right afterwards")
        self.check_log()

    def check_log(self) -> None:
        """No answer, and nothing typed, stands in what the server wrote. Raises Failed."""
        log = self.log.read_bytes()
        codes = {r.path.split("/")[3].encode() for r in self.readers.right if "/outcome/" in r.path}
        for line in log.splitlines():
            if _CODE.search(line) or any(code in line for code in codes) or b"walrus" in line:
                raise Failed(f"an answer stands in the log: {line.decode()}")


@dataclass
class Place:
    """Where scenarios are played: a folder, a build, what is right, and which guide runs."""

    scratch: Path
    build: Path
    right: dict[Request, bytes]
    #: What Python runs to start the guide, and to ask whether it could be started.
    server: tuple[str, ...] = ("manage.py", "serve")
    could_start: tuple[str, ...] = ("-m", "treatment_guide.wsgi")

    @contextmanager
    def guide(
        self,
        allowed: AbstractSet[str] = frozenset(),
        *,
        readers: int = 6,
        within: tuple[str, ...] = (),
        **environment: str,
    ) -> Iterator[Guide]:
        """A guide that runs while readers read; held to its word at the end, then stopped.

        `within` is a command that it runs under.
        """
        guide = self.start(within, **environment)
        try:
            guide.readers.start(readers)
            if readers:
                guide.readers.wait_for(50)
            yield guide
            if readers:
                guide.readers.wait_for(50)
                guide.readers.stop()
                guide.check(allowed)
            guide.check_log()
        finally:
            guide.readers.stop()
            stop(guide.process)

    def start(self, within: tuple[str, ...] = (), **environment: str) -> Guide:
        """A guide with two workers; it answers when this returns.

        There is no place for feedback unless the environment names one: it has to do without.
        """
        port = free_port()
        log = self.scratch / f"log-{port}"
        command = [*within, sys.executable, *self.server]
        nowhere = f"sqlite:///{self.scratch}/none/feedback.sqlite3"
        env = {"BUILD_DIR": str(self.build), "DATABASE_URL": nowhere, **environment}
        env |= {"HOST": "127.0.0.1", "PORT": str(port), "WORKERS": str(WORKERS)}
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), **env}
        with log.open("wb") as file:
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=file, stderr=file)
        guide = Guide(port, process, log, Readers(port, self.right))
        until = time.monotonic() + 60
        while guide.ask("/healthz").status != 200:
            if time.monotonic() > until or process.poll() is not None:
                stop(process)
                raise NotStarted(f"the guide does not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.05)
        guide.wait_for_workers()
        return guide


def stop(process: subprocess.Popen[bytes]) -> int:
    """Stop a guide as an operator does; at once when that is not enough."""
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(timeout=40)
    except subprocess.TimeoutExpired:
        for pid in tree(process.pid):
            os.kill(pid, signal.SIGKILL)
        return process.wait()


def manage(*words: str, within: tuple[str, ...] = (), **environment: str) -> tuple[int, str]:
    """How `manage.py` with these words ended, and what it said."""
    command = [*within, sys.executable, "manage.py", *words]
    env = {**os.environ, **environment}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
