"""How much CPU each kind of request costs, the slowest first, with the worst input a search found.

    cost.py [--root PATH] [--build DIR] [--kind NAME]      the rows of a checkout, as lines of JSON

The application is called in this process through WSGI, without a server, and only the CPU time of
the process counts: a busy machine changes it little. What an input costs is the least of several
calls, each after the limits of feedback were forgotten. The search is bounded: random inputs
of a kind first, then changes of the dearest, with seeded chance.
"""

import argparse
import gc
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from inputs import Input

#: The most that a kind of request may cost, in multiples of hello.
LIMIT = 60
#: How many random inputs are tried, and how many changes of the dearest.
RANDOM, CHANGES = 40, 80
#: Seconds of CPU after which the search within one kind ends.
PATIENCE = 6.0
#: How often a kind above the limit is measured again.
AGAIN = 4

Application = Callable[..., Any]


def called(application: Application, environ: dict[str, Any]) -> tuple[float, str]:
    """Seconds of CPU that one request takes, and its status."""
    status: list[str] = []
    began = time.process_time()
    answer = application(environ, lambda said, headers, *rest: status.append(said))
    for _ in answer:
        pass
    close = getattr(answer, "close", None)
    if close:
        close()
    return time.process_time() - began, status[0]


def hello() -> Application:
    """Django's "hello, world" beside the guide in one process: its own handler without middleware,
    and its own address.

    In one process, and called between the others, it meets the same machine as they do: on a busy
    one both get slower, and the ratio stays.
    """
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
    from django.http import HttpResponse
    from django.urls import path

    class Request(WSGIRequest):
        urlconf = (path("", lambda request: HttpResponse("Hello, world!")),)

    class Handler(WSGIHandler):
        request_class = Request

    middleware, settings.MIDDLEWARE = settings.MIDDLEWARE, []
    try:
        return Handler()
    finally:
        settings.MIDDLEWARE = middleware


def forgetting() -> Callable[[], None]:
    """A function that forgets who sent feedback, as far as this checkout limits that."""
    steps: list[Callable[[], None]] = []
    try:
        from treatment_guide.feedback import store as feedback_store

        steps.append(lambda: setattr(feedback_store, "store", feedback_store.Store()))
    except (ImportError, AttributeError):
        pass

    def forget() -> None:
        for step in steps:
            step()

    return forget


class Search:
    """Looks for the slowest input of a kind."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.hello = hello()
        self.forget = forgetting()

    def cost(self, one: Any, times: int) -> float:
        """The least CPU of several calls, in seconds. Ends the run on a fault of the guide."""
        least = float("inf")
        for _ in range(times):
            self.forget()
            seconds, status = called(self.application, one.environ())
            if status.startswith("500"):
                raise SystemExit(f"a fault: {status} for {one}")
            least = min(least, seconds)
        return least

    def dearest(self, shape: Any) -> dict[str, Any]:
        """The row of a kind."""
        chance = Random(shape.name)
        until = time.process_time() + PATIENCE
        tried = [shape.make(chance)]
        self.cost(tried[0], 1)  # what is made at the first request of a worker is made
        best, most = tried[0], self.cost(tried[0], 3)
        for number in range(RANDOM + CHANGES):
            if time.process_time() > until:
                break
            other = shape.make(chance) if number < RANDOM else shape.change(chance, best)
            if self.cost(other, 1) > most:
                seconds = self.cost(other, 3)
                if seconds > most:
                    best, most = other, seconds
        return {
            "name": shape.name,
            "input": str(best),
            **self.held(best),
        }

    def held(self, one: Any) -> dict[str, float]:
        """The cost of an input in seconds and in multiples of hello, measured in turn with it; a
        ratio above the limit is looked at again, because a busy machine can add and never take.
        """
        found = []
        for _ in range(AGAIN):
            hello = self.of_hello()
            seconds = self.cost(one, 9)
            hello = min(hello, self.of_hello())
            found.append({"seconds": seconds, "hello": hello, "times": seconds / hello})
            if found[-1]["times"] <= LIMIT:
                break
        return min(found, key=lambda each: each["times"])

    def of_hello(self) -> float:
        """The least CPU of hello, in seconds, over some batches."""
        environ = Input("GET", "/").environ

        def batch() -> float:
            return sum(called(self.hello, environ())[0] for _ in range(20)) / 20

        return min(batch() for _ in range(10))


def rows(root: Path, build: str | None, only: str) -> Iterator[dict[str, Any]]:
    """The rows of the guide in a checkout; with a build, those that it answers from memory."""
    sys.path.insert(1, str(root))
    os.chdir(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "treatment_guide.settings"
    os.environ.pop("BUILD_DIR", None)
    if build:
        os.environ["BUILD_DIR"] = build
    from django.core.management import call_command

    from treatment_guide.wsgi import application

    logging.disable()
    call_command("migrate", verbosity=0, skip_checks=True)
    from kinds import built_kinds, kinds

    gc.collect()
    gc.freeze()
    search = Search(application)
    for shape in built_kinds() if build else kinds():
        if only in shape.name:
            yield search.dearest(shape)


def main() -> None:
    """Measure what is asked for, and print it as JSON, a line for each row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--build", help="the folder of the builds of that checkout")
    parser.add_argument("--kind", default="", help="only kinds whose name holds this")
    asked = parser.parse_args()
    for row in rows(asked.root.resolve(), asked.build, asked.kind):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
