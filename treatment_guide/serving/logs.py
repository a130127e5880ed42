"""Logs that tell what went wrong and nothing about who read what.

No access log is written unless ACCESS_LOG is set. Then an address that may hold answers loses
everything after its prefix, a query is never written, and an address that is no page of ours is
not written at all. A fault is one line of JSON: what broke and where in the code, without values.
What a stranger can cause at will is no fault and writes no line; a fault that comes again and
again writes a few lines a minute, with the number of those left out.
"""

import json
import logging
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from treatment_guide.http.addresses import within

#: Below these stand answer codes, or what a record system knows.
PREFIXES = ("/whats-next/", "/go/", "/infobutton", "/fhir/", "/clinics/", "/feedback/")
OTHER = "(other)"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
access = logging.getLogger("treatment_guide.access")


def _public(path: str) -> frozenset[str]:
    # Here, because every start makes the formatter and few need the addresses.
    from treatment_guide.serving.addresses import published
    from treatment_guide.serving.libraries import library_for

    return published(library_for(path))


def shortened(path: str) -> str:
    """An address as it may be logged: a page's own, a prefix, or `(other)`."""
    path = within(path)
    if path in _public(path):
        return path
    low = path.lower()
    for prefix in PREFIXES:
        if low.startswith(prefix):
            return prefix
    return "/static/" if low.startswith("/static/") else OTHER


class AccessLog:
    """A WSGI application that notes method, shortened address, status and milliseconds.

    Not who asked, not with what, not where from.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        began = time.perf_counter()
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")

        def noted(status: str, headers: Any, *rest: Any) -> Any:
            note(method, path, status[:3], time.perf_counter() - began)
            return start_response(status, headers, *rest)

        return self.application(environ, noted)


def note(method: str, path: str, status: str, seconds: float) -> None:
    """Write one line of the access log."""
    method = method if method in ("GET", "HEAD", "POST") else "OTHER"
    access.info("%s %s %s %.1f", method, shortened(path), status, seconds * 1000)


class Faults(logging.Filter):
    """Leaves out the answers of 500 and above that a view gives on purpose.

    Django logs them all, also "the database rests", which anybody can ask for again and again.
    A fault has an exception behind it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """False for an answer without a fault."""
        return record.name != "django.request" or bool(record.exc_info)


class Rare(logging.Filter):
    """Lets the same record through a few times a minute, so that no fault fills a disk.

    The same is what comes from the same place: the logger, and the line of code that broke or the
    words before any value is filled in. The next record let through has the number of those left
    out as `left_out`.
    """

    #: Records of one kind in a minute.
    MOST_A_MINUTE = 5
    SECONDS = 60.0
    #: Kinds that are told apart at a time; there are far fewer places in the code that can break.
    MOST_KINDS = 200

    def __init__(self, name: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(name)
        self.clock = clock
        self._lock = threading.Lock()
        #: For each kind: when its minute began, how many came in it.
        self._seen: OrderedDict[tuple[Any, ...], tuple[float, int]] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """True for a record that may be written."""
        now, kind = self.clock(), _kind(record)
        with self._lock:
            began, count = self._seen.pop(kind, (now, 0))
            if now - began >= self.SECONDS:
                if count > self.MOST_A_MINUTE:
                    record.left_out = count - self.MOST_A_MINUTE
                began, count = now, 0
            self._seen[kind] = (began, count + 1)
            if len(self._seen) > self.MOST_KINDS:
                self._seen.popitem(last=False)
            return count < self.MOST_A_MINUTE


def _kind(record: logging.LogRecord) -> tuple[Any, ...]:
    """What makes two records the same: no value of a request has a part in it."""
    if record.exc_info and record.exc_info[0]:
        fault, _, trace = record.exc_info
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ()
        return (record.name, fault, *where)
    return (record.name, record.pathname, record.lineno)


class Plain(logging.Formatter):
    """One line of JSON for a record, without a message or a value that a reader brought.

    A message of Django's names the address, and the message of an exception may quote a form, so
    both are left out where a request or an exception stands behind the record.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        request = getattr(record, "request", None)
        if request is not None:
            line["address"] = shortened(request.path_info)
            line["status"] = getattr(record, "status_code", None)
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line["fault"] = kind.__name__
            line["at"] = [
                f"{frame.filename.rpartition('treatment_guide/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(trace)[-8:]
            ]
        elif request is None and not record.name.startswith("django"):
            line["message"] = record.getMessage()
        if left_out := getattr(record, "left_out", 0):
            line["left_out"] = left_out
        return json.dumps(line)
