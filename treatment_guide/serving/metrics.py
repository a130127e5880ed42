"""Counts for Prometheus, off unless METRICS_DIR names a folder that all workers may write.

Each worker writes its own counts there, and `/metrics` adds them up, whichever worker is asked.
They count kinds of pages, methods and statuses: no address with a code, nothing about a reader.

prometheus-client is not used: for several workers it maps files into memory, and then a full disk
kills a worker. A test reads `/metrics` with the parser of that library.
"""

import json
import os
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from treatment_guide.http.addresses import in_language, within
from treatment_guide.serving.libraries import library_for
from treatment_guide.serving.logs import OTHER, PREFIXES, Application, shortened
from treatment_guide.serving.middleware import SECURITY_HEADERS

#: Upper bounds in seconds.
BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
#: The most seconds between two writes of a worker's file.
SECONDS = 1.0
ADDRESS = "/metrics"
#: The text format of Prometheus, in the version that every release of it reads.
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def kind_of(path: str) -> str:
    """The kind of page of an address: its first part, of a short fixed list."""
    short = in_language(shortened(path), library_for(within(path)).language.prefix)
    if short == OTHER:
        return "other"
    if short in PREFIXES:
        return short.strip("/")
    first = short.strip("/").partition("/")[0]
    folders = ("options", "situations", "steps", "topics", "about", "static", "healthz")
    return first if first in folders else "page"


class Metrics:
    """A WSGI application that counts what passes, and answers `/metrics`."""

    def __init__(self, application: Application, folder: Path) -> None:
        self.application = application
        # The file of an ended process stays, and a later process may get the same id.
        self.file = folder / f"{os.getpid()}-{secrets.token_hex(4)}.json"
        self.folder = folder
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._written = 0.0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path == ADDRESS and method in ("GET", "HEAD"):
            return self._answer(method, start_response)
        began = time.perf_counter()

        def noted(status: str, headers: Any, *rest: Any) -> Any:
            self.note(method, path, status[:3], time.perf_counter() - began)
            return start_response(status, headers, *rest)

        return self.application(environ, noted)

    def note(self, method: str, path: str, status: str, seconds: float) -> None:
        """Count one answer: its method, address, status (`"200"`) and how long it took."""
        kind = kind_of(path)
        method = method if method in ("GET", "HEAD", "POST") else "OTHER"
        bound = next((str(bound) for bound in BUCKETS if seconds <= bound), "+Inf")
        with self._lock:
            self.counts[f"requests {kind} {method} {status}"] += 1
            self.counts[f"bucket {kind} {bound}"] += 1
            self.counts[f"microseconds {kind}"] += round(seconds * 1e6)
            if time.monotonic() - self._written > SECONDS:
                self._write()

    def text(self) -> str:
        """The counts of all workers, in the text format of Prometheus."""
        with self._lock:
            self._write()
            total = Counter(self.counts)
        for file in self.folder.glob("*.json"):
            if file != self.file:
                total.update(_read(file))
        return "".join(f"{line}\n" for line in _lines(total))

    def _write(self) -> None:
        """Write this worker's counts to its file. A full disk is ignored."""
        self._written = time.monotonic()
        draft = self.file.with_suffix(".draft")
        try:
            draft.write_text(json.dumps(self.counts))
            draft.replace(self.file)
        except OSError:
            pass

    def _answer(self, method: str, start_response: Callable[..., Any]) -> list[bytes]:
        body = self.text().encode()
        headers = [
            ("Content-Type", CONTENT_TYPE),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Robots-Tag", "noindex"),
            *SECURITY_HEADERS.items(),
        ]
        start_response("200 OK", headers)
        return [body if method == "GET" else b""]


def _read(file: Path) -> dict[str, int]:
    """The counts in the file of another worker; none if the file has another form."""
    try:
        counts = json.loads(file.read_text())
        return {name: count for name, count in counts.items() if isinstance(count, int)}
    except (OSError, ValueError, AttributeError):
        return {}


def _lines(total: Counter[str]) -> Iterable[str]:
    """The counts as lines, each family with its help and its type before it."""
    counts = {tuple(name.split(" ")): count for name, count in sorted(total.items())}
    yield "# HELP guide_requests_total Answers, by kind of page, method and status."
    yield "# TYPE guide_requests_total counter"
    for key, count in counts.items():
        if key[0] == "requests" and len(key) == 4:
            kind, method, status = key[1:]
            labels = f'kind="{kind}",method="{method}",status="{status}"'
            yield f"guide_requests_total{{{labels}}} {count}"
    yield "# HELP guide_seconds Seconds until the answer began, by kind of page."
    yield "# TYPE guide_seconds histogram"
    for name, kind in (key for key in counts if key[0] == "microseconds" and len(key) == 2):
        below = 0
        for bound in (*map(str, BUCKETS), "+Inf"):
            below += counts.get(("bucket", kind, bound), 0)
            yield f'guide_seconds_bucket{{kind="{kind}",le="{bound}"}} {below}'
        yield f'guide_seconds_sum{{kind="{kind}"}} {counts[(name, kind)] / 1e6:.6f}'
        yield f'guide_seconds_count{{kind="{kind}"}} {below}'
