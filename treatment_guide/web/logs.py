"""Logs that tell what went wrong and nothing about who read what.

No access log is written unless ACCESS_LOG is set. Then an address that may hold answers loses
everything after its prefix, a query is never written, and an address that is no page of ours is
not written at all. A fault is one line of JSON: what broke and where in the code, without values.
"""

import json
import logging
import time
import traceback
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

#: Below these stand answer codes, or what a record system knows.
PREFIXES = ("/whats-next/", "/go/", "/infobutton", "/fhir/", "/clinics/", "/feedback/")
OTHER = "(other)"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
access = logging.getLogger("treatment_guide.access")


@lru_cache(maxsize=1)
def _public() -> frozenset[str]:
    # Here, because every start makes the formatter and few need the addresses.
    from treatment_guide.library.checks import current_library
    from treatment_guide.web.machines import every_address

    return frozenset(every_address(current_library()))


def shortened(path: str) -> str:
    """An address as it may be logged: a page's own, a prefix, or `(other)`."""
    if path in _public():
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

        def noted(status: str, headers: Any, *rest: Any) -> Any:
            spent = (time.perf_counter() - began) * 1000
            method = environ["REQUEST_METHOD"]
            method = method if method in ("GET", "HEAD", "POST") else "OTHER"
            path = shortened(environ.get("PATH_INFO", ""))
            access.info("%s %s %s %.1f", method, path, status[:3], spent)
            return start_response(status, headers, *rest)

        return self.application(environ, noted)


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
            line["address"] = shortened(request.path)
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
        return json.dumps(line)
