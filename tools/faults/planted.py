"""The guide with one thing wrong, named by PLANTED: a check that cannot fail is worth nothing.

`tools/faults --planted` runs this in place of `manage.py serve`, and each fault has to be caught.
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")

NAME = "PLANTED"
#: Each fault, and the scenarios that have to see it.
CAUGHT_BY = {
    "now and then the page of the reader before": [
        "a worker is killed",
        "workers are replaced (SIGHUP)",
        "a worker gets no more memory",
        "a graceful stop (SIGTERM)",
        "a proxy cuts connections",
        "10,000 slow clients",
    ],
    "pages cut short": ["a graceful stop (SIGTERM)", "a flood of codes"],
    "addresses in the log": ["a flood of codes"],
    "nothing is ever forgotten": ["a flood of codes", "a proxy cuts connections"],
    "files are left open": ["a proxy cuts connections"],
    "a worker dies of some requests": ["a proxy cuts connections", "workers are replaced (SIGHUP)"],
    "thanks for what is not kept": [
        "the disk is full",
        "no file may grow",
        "the disk turns read-only",
        "a start where all is read-only",
    ],
    "what was typed is lost": ["the disk is full"],
    "numbers never give way": ["the clock is years wrong"],
    "danger signs hold for ever": ["the clock is years wrong"],
    "any build is taken for whole": ["builds are half-written"],
    "the build of the latest day is served": ["builds of a clock that was wrong"],
    "pages are read from the folder": ["builds are half-written"],
    "bodies are waited for in a thread": ["slow forms"],
    "silence is borne for ever": ["silent connections"],
    "answers wait for ever to be read": ["answers that nobody reads"],
    "HTTP/2 is spoken": ["HTTP/2 that breaks off"],
    "nobody watches the workers": ["a worker hangs"],
    "what is left in a build is served": ["a stray file in a build"],
    "feedback waits for the database": ["the database is locked"],
}

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
plant = os.environ.get(NAME, "")

if plant == "numbers never give way":
    from treatment_guide.library import model

    model.Fact.overdue = lambda self, on: False  # type: ignore[method-assign]
if plant == "danger signs hold for ever":
    from treatment_guide.engine import code

    code.still_today = lambda decoded, today: decoded is not None
if plant == "any build is taken for whole":
    from treatment_guide.serving.build import built

    built.hash_of = lambda data: type("Any", (str,), {"__ne__": lambda *_: False})()
if plant == "the build of the latest day is served":
    from treatment_guide.serving.build import built

    built.age = lambda folder: (True, folder.name)

count = 0
before: list[bytes] = [b""]
kept: list[Any] = []


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The guide's answer, with the one thing wrong."""
    from treatment_guide.wsgi import application as guide

    global count
    count += 1
    path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
    if plant == "thanks for what is not kept" and method == "POST" and path == "/feedback/":
        start_response("303 See Other", [("Location", "/feedback/"), ("Content-Length", "0")])
        return [b""]
    if plant == "addresses in the log":
        print(path, file=sys.stderr, flush=True)
    if plant == "nothing is ever forgotten":
        kept.append(bytearray(50_000))
    if plant == "files are left open" and count % 20 == 0:
        kept.append(os.open(__file__, os.O_RDONLY))
    if plant == "a worker dies of some requests" and count % 900 == 0:
        os._exit(1)
    if plant == "feedback waits for the database" and method == "POST" and path == "/feedback/":
        time.sleep(3)
    if plant == "what is left in a build is served" and path.startswith("/."):
        start_response("200 OK", [("Content-Length", "1")])
        return [b"x"]
    if path == "/healthz":
        return guide(environ, start_response)
    began: list[Any] = []
    body = b"".join(guide(environ, lambda status, headers, *_: began.extend((status, headers))))
    if environ.get("HTTP_ACCEPT_ENCODING", "identity") == "identity":
        body = changed(path, body)
    status, headers = began
    headers = [line for line in headers if line[0].lower() != "content-length"]
    start_response(status, [*headers, ("Content-Length", str(len(body)))])
    return [body]


def changed(path: str, body: bytes) -> bytes:
    """A page, as the fault leaves it."""
    if plant == "now and then the page of the reader before":
        mine, before[0] = before[0], body
        return mine if count % 5 == 0 and len(mine) > 1_000 else body
    if plant == "pages cut short" and path.startswith("/whats-next/"):
        return body[: len(body) // 2]
    if plant == "what was typed is lost":
        return body.replace(b' value="the walrus', b' value="')
    if plant == "pages are read from the folder":
        from treatment_guide.wsgi import front

        return front.files[path].path.read_bytes() if path in front.files else body
    return body


def load(beats: Any) -> Any:
    """What Granian serves: the planted guide, all of it through the application above."""
    from treatment_guide import wsgi
    from treatment_guide.serving.server.refusals import refusals
    from treatment_guide.serving.server.request_handler import RequestHandler
    from treatment_guide.serving.server.start import worker

    class Waiting(RequestHandler):
        """A handler that takes a thread first, and then waits for the body."""

        async def body(self, scope: Any, reply: Any) -> bytes:
            loop = asyncio.get_running_loop()
            body = super().body(scope, reply)
            wait = asyncio.run_coroutine_threadsafe(body, loop).result
            return await loop.run_in_executor(self._threads, wait)

    if plant == "numbers never give way":
        wsgi.front.stale_from = {}
    kind = Waiting if plant == "bodies are waited for in a thread" else RequestHandler
    nothing = SimpleNamespace(answer=lambda *asked: None)
    return worker.Watched(kind(application, nothing, refusals(wsgi.library)), beats.join())


def main() -> None:
    """Serve, or with `--could-start` only load what would be served."""
    import django

    django.setup()
    from treatment_guide import settings
    from treatment_guide.serving.server import limits, watch
    from treatment_guide.serving.server.start import start as server

    if "--could-start" in sys.argv:
        import treatment_guide.wsgi  # noqa: F401 - loads the build, or says what is wrong

        return
    if plant == "silence is borne for ever":
        limits.HEADER_MILLISECONDS = 3_600_000
    if plant == "answers wait for ever to be read":
        limits.UNREAD_MILLISECONDS = 0
    if plant == "nobody watches the workers":
        watch.Watch.start = lambda self: None
    if plant == "HTTP/2 is spoken":
        server.HTTPModes = SimpleNamespace(http1=server.HTTPModes.auto)
    server.serve(settings.HOST, settings.PORT, settings.WORKERS, settings.STOP_SECONDS, load)


if __name__ == "__main__":
    main()
