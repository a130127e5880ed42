"""Logs: faults, and with ACCESS_LOG a line for each request. Nothing about a reader is written.

In the access log, an address that may hold answers is cut after its prefix, a query is never
written, and an unknown address is written as `(other)`. A fault is one line of JSON: the exception
and the place in the code, without values. Bad requests, which anybody can send, write no line. A
fault that repeats writes a few lines a minute, with the number of those left out.
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

from treatment_guide.http.addresses import in_language, within

#: Addresses that begin so may hold answer codes or data of a record system.
PREFIXES = ("/whats-next/", "/go/", "/infobutton", "/fhir/", "/clinics/", "/feedback/")
OTHER = "(other)"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
access = logging.getLogger("treatment_guide.access")


def _public(path: str) -> tuple[str, frozenset[str]]:
    # Imported here, because every start loads this module and few need the addresses.
    from treatment_guide.serving.addresses import published
    from treatment_guide.serving.libraries import library_for

    library = library_for(path)
    return library.language.prefix, published(library)


def shortened(path: str) -> str:
    """An address for the log: that of a known page, a prefix, or `(other)`."""
    path = within(path)
    language, public = _public(path)
    path = in_language(in_language(path, language), language.upper())
    if path in public:
        return f"{language}{path}"
    low = path.lower()
    for prefix in PREFIXES:
        if low.startswith(prefix):
            return f"{language}{prefix}"
    return "/static/" if low.startswith("/static/") else OTHER


class AccessLog:
    """A WSGI application that logs method, shortened address, status and milliseconds.

    It logs no network address, no browser and no referrer.
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
    """Write one line of the access log. `seconds` is the duration."""
    method = method if method in ("GET", "HEAD", "POST") else "OTHER"
    access.info("%s %s %s %.1f", method, shortened(path), status, seconds * 1000)


class Faults(logging.Filter):
    """A log filter: drops answers of 500 and above that a view gives on purpose.

    Django logs them all, also the 503 of feedback while the database is not used, which anybody
    can cause. A fault has an exception.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """False for an answer without an exception."""
        return record.name != "django.request" or bool(record.exc_info)


class Rare(logging.Filter):
    """A log filter: passes records of one kind a few times a minute, so that no fault fills a
    disk.

    A kind is the logger with the line of code that raised, or with the message before values are
    filled in. The next record of the kind that passes has the number of those dropped as
    `left_out`.
    """

    #: Records of one kind that pass in a minute.
    MOST_A_MINUTE = 5
    SECONDS = 60.0
    #: The most kinds that are counted at a time. Far fewer places in the code can raise.
    MOST_KINDS = 200

    def __init__(self, name: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(name)
        self.clock = clock
        self._lock = threading.Lock()
        #: For each kind: when its minute began, and how many records came in it.
        self._seen: OrderedDict[tuple[Any, ...], tuple[float, int]] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """True for a record that passes."""
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
    """The kind of a record. It holds no value of a request."""
    if record.exc_info and record.exc_info[0]:
        fault, _, trace = record.exc_info
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ()
        return (record.name, fault, *where)
    return (record.name, record.pathname, record.lineno)


class Plain(logging.Formatter):
    """A log formatter: one line of JSON, without values of a request.

    Django's messages name the address, and the message of an exception may quote a form. So the
    message is left out of records with a request or an exception.
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
