"""The parts of the time of an outcome that was not requested before.

    parts.py [--root PATH] [--readers NUMBER]       the parts in milliseconds of CPU, median

The application is called in this process, as `cost.py` calls it. The functions below are timed while
they run, each without the others that it calls; the rest is Django's and the middleware's.
"""

import argparse
import gc
import importlib
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: A part and the functions that it is made of, by module and name.
PARTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("the code read, danger signs looked at", (("questionnaire.views", "arrive"),)),
    ("where every option stands, and why", (("questionnaire.views", "narrow"),)),
    (
        "what would change it",
        (("engine.changes", "Changes.__init__"), ("engine.changes", "Changes.of")),
    ),
    (
        "what to ask next",
        (("questionnaire.outcome.page", "open_questions"),),
    ),
    (
        "the codes for the page and for paper",
        (("questionnaire.visit", "encode"), ("questionnaire.outcome.page", "encode")),
    ),
    ("groups and rows joined", (("questionnaire.outcome.sections", "Sections.of"),)),
    ("the rest of the page joined", (("questionnaire.views", "outcome_page"),)),
    ("brotli", (("serving.middleware", "pressed_fast"),)),
)
REST = "Django, middleware, the answer"


class Stopwatch:
    """Adds up the CPU of functions, each without what it calls of the others."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner: list[float] = []

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed under a name."""

        def run(*args: Any, **kwargs: Any) -> Any:
            self._inner.append(0.0)
            began = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                took = time.thread_time() - began
                own = took - self._inner.pop()
                self.seconds[name] = self.seconds.get(name, 0.0) + own
                if self._inner:
                    self._inner[-1] += took

        return run


@contextmanager
def watched(watch: Stopwatch) -> Iterator[None]:
    """The functions of all parts, timed. Ends the run where one of them is gone."""
    put_back = []
    for part, functions in PARTS:
        for module, name in functions:
            owner: Any = importlib.import_module(f"treatment_guide.{module}")
            *classes, last = name.split(".")
            for each in classes:
                owner = getattr(owner, each)
            put_back.append((owner, last, getattr(owner, last)))
            setattr(owner, last, watch.timed(part, getattr(owner, last)))
    try:
        yield
    finally:
        for owner, name, function in put_back:
            setattr(owner, name, function)


def of_each(codes: Sequence[str]) -> tuple[list[dict[str, float]], list[float]]:
    """The seconds of every part for the outcome of each code, and those of hello beside it."""
    from cost import called, hello
    from inputs import Input

    from treatment_guide.wsgi import application

    greeting, found, beside = hello(), [], []
    for code in codes:
        one = Input("GET", f"/whats-next/outcome/{code}/", headers={"HTTP_ACCEPT_ENCODING": "br"})
        watch = Stopwatch()
        with watched(watch):
            seconds, status = called(application, one.environ())
        if not status.startswith("200"):
            raise SystemExit(f"{one} was answered with {status}")
        rest = seconds - sum(watch.seconds.values())
        found.append({**watch.seconds, REST: rest, "all": seconds})
        beside.append(min(called(greeting, Input("GET", "/").environ())[0] for _ in range(5)))
    return found, beside


def table(found: Sequence[dict[str, float]], beside: Sequence[float]) -> Iterator[str]:
    """The lines: every part with its median in milliseconds, and its share."""
    whole = statistics.median(each["all"] for each in found)
    names = [*(part for part, _ in PARTS), REST, "all"]
    for name in names:
        median = statistics.median(each.get(name, 0.0) for each in found)
        yield f"{name:<44}{median * 1000:8.2f} ms{median / whole:7.0%}"
    yield f"\n{whole / statistics.median(beside):.0f} × hello, called the same way"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--readers", type=int, default=400, help="how many, each of them new")
    asked = parser.parse_args()
    sys.path.insert(1, str(asked.root.resolve()))
    os.chdir(asked.root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
    import django

    django.setup()
    from rounds import readers

    codes = readers(asked.readers + 20).codes
    gc.collect()
    gc.freeze()
    of_each(codes[-20:])  # what the first requests of a worker make is made
    for line in table(*of_each(codes[:-20])):
        print(line)


if __name__ == "__main__":
    main()
