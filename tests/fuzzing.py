"""Shared by runs of random requests: counts, checks of logs and answers, memory.

with listening() as lines:
    run = Run(asking(application), lines, most=1000)
    run.all_of(requests())
run.tell("made-up requests")
"""

import atexit
import gc
import gzip
import json
import logging
import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import brotli
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.made_up.headers import LETTERS
from treatment_guide.library.content_check import current_library
from treatment_guide.serving.addresses import every_address
from treatment_guide.serving.build.making import make_build
from treatment_guide.serving.logs import OTHER, PREFIXES, Plain

#: The day of the tests.
DAY = date(2026, 11, 22)
#: How many requests: a few hundred in the suite, a hundred thousand in `make fuzz`.
FUZZ = int(os.environ.get("FUZZ", "400"))
#: Examples in one run of Hypothesis, which stores all that it has tried.
BATCH = 1000
#: Megabytes that a worker may grow by in the second half; caches of bounded size are full by then.
GROWTH = 16

#: Shorter words may be in a line by chance.
_WORD = re.compile(r"[a-z0-9.-]{6,}")
_MARKER = re.compile(rf"[{LETTERS}]{{12,}}")
_OPENED = {"br": brotli.decompress, "gzip": gzip.decompress}
#: Every logger whose lines do not reach another of these.
_LOGGERS = ("", "django", "treatment_guide.access")


def words(*texts: str) -> set[str]:
    """The words of texts, in lower case: letters, digits, dots and dashes, six or more."""
    return {word for text in texts for word in _WORD.findall(text.lower())}


@cache
def written_anyway() -> str:
    """The words that a log may hold for any request."""
    logger = "treatment_guide.access django.request django.security info warning error critical"
    return "\n".join([*every_address(current_library()), *PREFIXES, OTHER, "/static/", logger])


def carried(request: Mapping[str, Any]) -> set[str]:
    """The words of a request that no log may hold: of its path, query, form and headers.

    Words of the site's own addresses are left out.
    """
    parts = [request["path"], request.get("query", b""), request.get("body", b"")]
    raw = [unquote_to_bytes(part.replace(b"+", b" ")).decode("latin-1") for part in parts]
    names = ("HTTP_", "REMOTE_", "content_type")
    headers = [text or "" for name, text in request.items() if name.startswith(names)]
    return {word for word in words(*raw, *headers) if word not in written_anyway()}


def leaked(request: Mapping[str, Any], lines: Iterable[str]) -> set[str]:
    """The words of a request that are in these lines of the log."""
    said = " ".join(lines).lower()
    return {word for word in carried(request) if word in said}


def marked(text: str) -> set[str]:
    """The markers in a text."""
    return set(_MARKER.findall(text))


def echoed(request: Mapping[str, Any], headers: Iterable[tuple[str, str]], body: bytes) -> set[str]:
    """The markers in the headers of a request that its answer repeats.

    Markers that are in the address or the form too are left out: a search repeats its query.
    """
    given = " ".join(text for name, text in request.items() if name.startswith("HTTP_"))
    asked = b" ".join([request["path"], request.get("query", b""), request.get("body", b"")])
    markers = marked(given) - marked(asked.decode("latin-1"))
    if not markers:
        return set()
    coding = {name.lower(): value for name, value in headers}.get("content-encoding", "")
    plain = _OPENED.get(coding, bytes)(body) if body else b""
    said = "\n".join([plain.decode("latin-1"), *(f"{name}: {value}" for name, value in headers)])
    return {marker for marker in markers if marker in said}


class Tally:
    """How many of each kind were sent, and with which status they were answered."""

    def __init__(self) -> None:
        self.kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, kinds: Iterable[str], status: int | str) -> None:
        """Count one answer for each of its kinds."""
        for kind in kinds:
            self.kinds[kind][str(status)] += 1

    def row(self, kind: str) -> str:
        """How many of each status."""
        counts = sorted(self.kinds[kind].items())
        return ", ".join(f"{count:,} × {status}" for status, count in counts)

    def table(self) -> str:
        """A line for each kind: how many, and how many of each status."""
        return "\n".join(
            f"{kind:<32}{sum(self.kinds[kind].values()):>8,}:  {self.row(kind)}"
            for kind in sorted(self.kinds)
        )


@contextmanager
def listening() -> Iterator[list[str]]:
    """Everything that is logged meanwhile, as the guide writes it, without the time."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            line = json.loads(self.format(record))
            lines.append(" ".join(str(value) for key, value in line.items() if key != "time"))

    kept = Kept()
    kept.setFormatter(Plain())
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.handlers for logger in loggers]
    for logger in loggers:
        logger.handlers = [kept]  # only this one: pytest's handlers would keep each record
    try:
        yield lines
    finally:
        for logger, handlers in zip(loggers, before, strict=True):
            logger.handlers = handlers


def resident() -> float:
    """Resident memory of this process, in megabytes."""
    gc.collect()
    with open("/proc/self/status", encoding="ascii") as rows:
        return next(int(row.split()[1]) / 1024 for row in rows if row.startswith("VmRSS:"))


def flat(megabytes: list[float]) -> bool:
    """True when memory did not grow in the second half."""
    return max(megabytes[len(megabytes) // 2 :]) - megabytes[len(megabytes) // 2] < GROWTH


def say(text: str) -> None:
    """Write a line; `pytest -s` shows it."""
    sys.stdout.write(f"\n{text}")
    sys.stdout.flush()


def each_of(
    made: SearchStrategy[Any],
    send: Callable[[Any], Any],
    number: int,
    count: int,
    shrink: bool = False,
) -> None:
    """Call `send` with so many, the same ones every time for a number.

    What fails is made smaller first, where that is asked for.
    """

    @seed(number)
    @settings(
        max_examples=count,
        phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
        database=None,
        deadline=None,
    )
    @given(made)
    def some(each: Any) -> None:
        send(each)

    some()


def made_of(made: SearchStrategy[Any], most: int, first: int = 0) -> list[Any]:
    """So many, the same ones every time for the same first number."""
    found: list[Any] = []
    while len(found) < most:
        each_of(made, found.append, first + len(found), min(BATCH, most - len(found)))
    return found[:most]


@cache
def a_build() -> Path:
    """A folder with a build of the content, made once; it goes when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="builds-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_build(folder, current_library(), 1_000, DAY)
    return folder


class Run:
    """Sends requests one by one, and checks each answer and the log."""

    def __init__(
        self, ask: Callable[..., Any], lines: list[str], most: int, shrink: bool = True
    ) -> None:
        self.ask, self.lines, self.most, self.shrink = ask, lines, most, shrink
        self.sent = self.carrying = self.logged = 0
        self.statuses: Counter[int] = Counter()
        self.tally = Tally()
        self.marks: list[tuple[int, float, float]] = []
        self.began = time.monotonic()

    def __call__(self, request: Mapping[str, Any]) -> Any:
        """Send one request, check that it gives no 500, no cookie and no word in a log; the
        answer.
        """
        self.lines.clear()
        kinds = request.get("kinds", ())
        answer = self.ask(**{name: value for name, value in request.items() if name != "kinds"})
        self.tally.add(kinds, answer.status)
        self.look(request, answer.status, answer.headers)
        again = echoed(request, answer.headers.items(), answer.body)
        assert not again, f"an answer says a header again: {again}"
        return answer

    def look(self, request: Mapping[str, Any], status: int, headers: Mapping[str, Any]) -> None:
        """Count and check one answer."""
        self.sent += 1
        self.statuses[status] += 1
        self.carrying += bool(carried(request))
        self.logged += len(self.lines)
        found = leaked(request, self.lines)
        assert status < 500, f"a fault: {status}"
        assert "set-cookie" not in {name.lower() for name in headers}, "a cookie"
        assert not found, f"a log holds {found}"

    def all_of(self, made: SearchStrategy[Any], send: Callable[[Any], Any] | None = None) -> None:
        """Send as many as were asked for, the same ones every time; note memory at ten marks."""
        for number in range(10**9):
            if self.sent >= self.most:
                return
            count = min(BATCH, self.most - self.sent, max(1, self.most // 10))
            each_of(made, send or self, number, count, self.shrink)
            while self.sent >= self.most * (len(self.marks) + 1) // 10 and len(self.marks) < 10:
                self.marks.append((self.sent, time.monotonic() - self.began, resident()))
                say(f"{self.sent:>9,} sent {self.marks[-1][1]:>7.0f} s "
                            f"{self.marks[-1][2]:>6.0f} MB")  # fmt: skip

    @property
    def megabytes(self) -> list[float]:
        """Memory at each mark."""
        return [held for _, _, held in self.marks]

    def tell(self, what: str) -> None:
        """Print the result; `pytest -s` shows it."""
        statuses = ", ".join(
            f"{count:,} × {status}" for status, count in sorted(self.statuses.items())
        )
        say(
            f"{self.sent:,} {what} in {time.monotonic() - self.began:.0f} s: {statuses}\n"
            f"{self.carrying:,} carried words that no log may hold; "
            f"{self.logged:,} lines were logged, none held one\n"
            f"memory at ten marks: {' '.join(f'{held:.0f}' for held in self.megabytes)} MB\n"
            f"{self.tally.table()}"
        )
