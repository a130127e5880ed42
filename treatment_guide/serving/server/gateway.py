"""Turns a request of RSGI into a WSGI environment, and a WSGI response into a whole answer.

RSGI is Granian's interface (its `docs/spec/RSGI.md`). Unlike WSGI it lets the server wait for a
body without a thread. Django is still called by WSGI.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple, Protocol

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]


class Answer(NamedTuple):
    """A whole answer: its status, its headers, its body."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True)
class Refusals:
    """The answers to requests that are refused before Django is called."""

    too_large: Answer
    too_slow: Answer
    too_busy: Answer
    unreadable: Answer
    needs_length: Answer
    fault: Answer


class RequestHeaders(Protocol):
    """The headers of a request; names in lower case."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Each name with its value; a name sent twice is there twice."""

    def get(self, name: str, default: str | None = None) -> str | None:
        """One value of a name."""

    def get_all(self, name: str) -> list[str]:
        """Every value of a name, in order."""


class Scope(Protocol):
    """RSGI's description of a request without its body. `path` is percent-decoded."""

    proto: str
    http_version: str
    client: str
    server: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> RequestHeaders:
        """The headers of the request."""


def environ_of(scope: Scope, body: bytes) -> Environ:
    """WSGI's environment of a request whose body has been read (PEP 3333).

    Text is UTF-8 bytes decoded as Latin-1, as PEP 3333 requires. A header with an underscore in
    its name is dropped: WSGI cannot tell it from one with a hyphen. Content-Length is that of the
    body.
    """
    address, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _wsgi(scope.path),
        "QUERY_STRING": _wsgi(scope.query_string),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": address,
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = f"HTTP_{name.upper().replace('-', '_')}"
        before = environ.get(key)
        environ[key] = value if before is None else f"{before},{value}"
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority  # RFC 9112, 3.2.2: the request line goes first
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    kind = environ.pop("HTTP_CONTENT_TYPE", None)
    if body or scope.method == "POST":
        environ["CONTENT_LENGTH"] = str(len(body))
        if kind is not None:
            environ["CONTENT_TYPE"] = kind
    return environ


def _wsgi(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("latin-1")


def ask(application: Application, environ: Environ) -> Answer:
    """The whole answer of a WSGI application. Raises whatever the application raises."""
    said: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
        said.append((status, headers))

    result = application(environ, start_response)
    try:
        body = b"".join(result)
    finally:
        close = getattr(result, "close", None)
        if close:
            close()
    status, headers = said[-1]
    return Answer(int(status[:3]), headers, body)
