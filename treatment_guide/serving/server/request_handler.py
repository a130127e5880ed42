"""The RSGI application of a worker: it receives every request.

Built pages are answered at once from memory. The body of a form is awaited in the event loop,
under a limit and a deadline, before a thread takes the request, so that slow clients block no
thread. Then Django is called, in one of a few threads.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol as Interface

from granian.rsgi import ProtocolClosed, ProtocolError

from treatment_guide.serving.server import limits
from treatment_guide.serving.server.gateway import (
    Answer,
    Application,
    Headers,
    Refusals,
    RequestHeaders,
    Scope,
    ask,
    environ_of,
)

log = logging.getLogger("treatment_guide.serving")


#: Called for each page that is answered here: method, path, status ("200"), seconds.
Note = Callable[[str, str, str, float], None]


class Reply(Interface):
    """The protocol object of RSGI: gives the body, and takes the answer."""

    def __call__(self) -> Awaitable[bytes]:
        """The whole body. It is shorter than stated when the client disconnected."""

    def response_empty(self, status: int, headers: Headers) -> None:
        """Answer without a body."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer."""


class Pages(Interface):
    """Pages and files that are held in memory."""

    def answer(self, method: str, path: str, asked: "Lines") -> Answer | None:
        """The answer to a request for a page in memory; None where Django has to be called."""


class Lines:
    """The headers of a request, with lines of the same name joined (RFC 9110, 5.3)."""

    __slots__ = ("_headers",)

    def __init__(self, headers: RequestHeaders) -> None:
        self._headers = headers

    def get(self, name: str, default: str) -> str:
        """The value of a header, or the default."""
        return ", ".join(self._headers.get_all(name)) or default


class Refused(Exception):
    """A body is refused. Holds the answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class RequestHandler:
    """An RSGI application: pages from memory, all else from a WSGI application in threads."""

    def __init__(
        self,
        application: Application,
        pages: Pages,
        refusals: Refusals,
        notes: tuple[Note, ...] = (),
        *,
        threads: int = limits.THREADS,
        body_bytes: int = limits.BODY_BYTES,
        body_seconds: float = limits.BODY_SECONDS,
    ) -> None:
        self.application = application
        self.pages = pages
        self.notes = notes
        self.refusals = refusals
        self.body_bytes = body_bytes
        self.body_seconds = body_seconds
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._most = threads + limits.WAITING
        self._asked = 0  # requests that wait for a thread, or are in one
        self._began: dict[int, float] = {}  # when each request that is in a thread came there

    async def __rsgi__(self, scope: Scope, reply: Reply) -> None:
        """Answer one request."""
        answer = self.held(scope) or await self._asked_for(scope, reply)
        if scope.method == "HEAD":
            reply.response_empty(answer.status, answer.headers)
        else:
            reply.response_bytes(answer.status, answer.headers, answer.body)

    def held(self, scope: Scope) -> Answer | None:
        """The page, if it is in memory.

        Logs and counts it: Django's WSGI application does so only for its own answers.
        """
        began = time.perf_counter()
        found = self.pages.answer(scope.method, scope.path, Lines(scope.headers))
        if found is not None:
            for note in self.notes:
                note(scope.method, scope.path, str(int(found.status)), time.perf_counter() - began)
        return found

    async def _asked_for(self, scope: Scope, reply: Reply) -> Answer:
        """Django's answer, or a refusal."""
        # Only a POST has a body that is used here; other bodies are not awaited.
        try:
            body = await self.body(scope, reply) if scope.method == "POST" else b""
        except Refused as refused:
            return refused.answer
        if self._asked >= self._most:
            return self.refusals.too_busy
        self._asked += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._ask, scope, body)
        except Exception:
            log.exception("A request failed outside Django")
            return self.refusals.fault
        finally:
            self._asked -= 1

    def _ask(self, scope: Scope, body: bytes) -> Answer:
        """Ask Django, in a thread."""
        job = id(scope)
        self._began[job] = time.monotonic()
        try:
            return ask(self.application, environ_of(scope, body))
        finally:
            del self._began[job]

    async def body(self, scope: Scope, reply: Reply) -> bytes:
        """The whole body. Raises Refused when it is too long, comes too slowly, or breaks off."""
        stated = scope.headers.get("content-length")
        if stated is None:
            if scope.headers.get("transfer-encoding") is not None:
                # Granian does not tell a body in chunks that broke off from one that ended.
                raise Refused(self.refusals.needs_length)
            return b""
        if not (stated.isascii() and stated.isdecimal()):
            raise Refused(self.refusals.unreadable)
        # As text first: Python reads no number of thousands of digits.
        size = int(stated) if len(stated) < 20 else self.body_bytes + 1
        if size > self.body_bytes:
            raise Refused(self.refusals.too_large)
        try:
            async with asyncio.timeout(self.body_seconds):
                body = await reply()  # the server reads no more than was stated
        except TimeoutError:
            raise Refused(self.refusals.too_slow) from None
        except (ProtocolError, ProtocolClosed):
            body = b""
        if len(body) != size:
            # The client disconnected, or ended the body early. In the second case it still reads,
            # and Granian would answer 500.
            raise Refused(self.refusals.unreadable)
        return body

    def longest(self) -> float:
        """For how many seconds the oldest request has been in its thread; 0 without any."""
        began = min(list(self._began.values()), default=None)
        return 0.0 if began is None else time.monotonic() - began
