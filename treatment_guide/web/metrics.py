"""Counts for Prometheus, off unless METRICS_DIR names a folder that all workers may write.

Each worker writes its own counts there, and `/metrics` adds them up, whichever worker is asked.
They count kinds of pages, methods and status: no address with a code, nothing about a reader.
"""

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from treatment_guide.web.logs import OTHER, PREFIXES, Application, shortened

#: Upper bounds in seconds.
BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
#: A worker's file is at most this old.
SECONDS = 1.0
ADDRESS = "/metrics"


def kind_of(path: str) -> str:
    """The kind of page of an address: its first part, of a short fixed list."""
    short = shortened(path)
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
        self.file = folder / f"{os.getpid()}.json"
        self.folder = folder
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._written = 0.0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        path = environ.get("PATH_INFO", "")
        if path == ADDRESS:
            return self._answer(start_response)
        began = time.perf_counter()

        def noted(status: str, headers: Any, *rest: Any) -> Any:
            self._note(environ["REQUEST_METHOD"], path, status, time.perf_counter() - began)
            return start_response(status, headers, *rest)

        return self.application(environ, noted)

    def _note(self, method: str, path: str, status: str, seconds: float) -> None:
        kind = kind_of(path)
        method = method if method in ("GET", "HEAD", "POST") else "OTHER"
        labels = f'kind="{kind}",method="{method}",status="{status[:3]}"'
        with self._lock:
            self.counts[f"guide_requests_total{{{labels}}}"] += 1
            for bound in BUCKETS:
                if seconds <= bound:
                    self.counts[f'guide_seconds_bucket{{kind="{kind}",le="{bound}"}}'] += 1
            self.counts[f'guide_seconds_bucket{{kind="{kind}",le="+Inf"}}'] += 1
            self.counts[f'guide_seconds_count{{kind="{kind}"}}'] += 1
            self.counts[f'guide_microseconds_sum{{kind="{kind}"}}'] += round(seconds * 1e6)
            if time.monotonic() - self._written > SECONDS:
                self._write()

    def _write(self) -> None:
        """Put this worker's counts where the others find them; a full disk stops no answer."""
        self._written = time.monotonic()
        draft = self.file.with_suffix(".draft")
        try:
            draft.write_text(json.dumps(self.counts))
            draft.replace(self.file)
        except OSError:
            pass

    def _answer(self, start_response: Callable[..., Any]) -> list[bytes]:
        with self._lock:
            self._write()
            total = Counter(self.counts)
        for file in self.folder.glob("*.json"):
            if file != self.file:
                total.update(json.loads(file.read_text()))
        body = "".join(f"{name} {total[name]}\n" for name in sorted(total)).encode()
        headers = [
            ("Content-Type", "text/plain; version=0.0.4"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ]
        start_response("200 OK", headers)
        return [body]
