"""Nothing made from a reader's answers is kept: not a page, not a row, not a number."""

import functools
import gc
import os
import random
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode

import django
import pytest

import treatment_guide
from tests.site_fixtures import TODAY
from treatment_guide.clinics.clinic_link import KNOWN
from treatment_guide.engine.answers import NONE
from treatment_guide.engine.code import encode
from treatment_guide.library.content_check import current_library
from treatment_guide.management.commands.numbers import everything, knows

LIBRARY = current_library()
#: The folders of the packages whose functions make a page. Not their names: a checkout may stand
#: in a folder of that name, and then the functions of pytest and Hypothesis would count too.
OURS = tuple(str(Path(package.__file__).parent) + os.sep for package in (treatment_guide, django))
PAGES = ("outcome", "take", "clinician", "record", "response", "matters")
KIT = ("link/{}", "sheet/{}", "link/{}/qr.png", "link/{}/qr.svg")


@pytest.fixture
def ask(wsgi):
    """Everything that is made from the answers of a made-up reader, a new one for each number."""

    def asked(number):
        answers = dict(everything(LIBRARY.guide, knows(random.Random(number))))
        for question in LIBRARY.guide.danger:
            answers[question.id] = frozenset((NONE,))
        code = encode(LIBRARY.layout, answers, day=TODAY)
        paper = encode(LIBRARY.layout, answers, paper=True)
        lines = {"HTTP_ACCEPT_ENCODING": "br"}
        for page in PAGES:
            wsgi(path=f"/whats-next/{page}/{code}/", **lines)
        known = {question: answers[question] for question in KNOWN if question in answers}
        link = encode(LIBRARY.layout, known, paper=True)
        for path in (
            f"/whats-next/urgent/{paper}/",
            f"/whats-next/outcome/{paper}/",  # leads to the danger signs
            f"/whats-next/calendar/{code}/",
            f"/whats-next/calendar/{code}/exercise-program/",
            f"/go/{paper}/",
            f"/go/{paper}",
            f"/clinics/sheet/{paper}/",  # leads to its own address
            *(f"/clinics/{each.format(link)}/" for each in KIT),
        ):
            wsgi(path=path, **lines)
        wsgi(path="/go/", query=f"code={paper}".encode(), **lines)
        wsgi(path=f"/whats-next/compare/{code}/", query=b"option=prp&option=gel", **lines)
        tried = random.Random(number).choice(LIBRARY.guide.questions["impact"].choices)
        for htmx in ("true", ""):
            wsgi(
                "POST",
                f"/whats-next/impact/{code}/",
                body=urlencode({"impact": tried}).encode(),
                content_type="application/x-www-form-urlencoded",
                HTTP_HX_REQUEST=htmx,
                **lines,
            )

    return asked


def sizes() -> dict[str, int]:
    """How much every cache of `functools` holds, and all containers of the process together."""
    gc.collect()
    found: dict[str, int] = {"objects": 0, "entries": 0}
    for each in gc.get_objects():
        if type(each) is functools._lru_cache_wrapper:  # an instance check would call lazy values
            name = repr(each.__wrapped__)  # it may wrap what has no name
            found[name] = found.get(name, 0) + each.cache_info().currsize
        found["objects"] += 1
        if type(each) in (dict, list, set):
            found["entries"] += len(each)
    return found


def test_nothing_in_the_process_grows_with_readers(ask):
    """Forty readers, none of them seen before: no cache and no container holds one entry more."""
    for number in range(20):
        ask(number)
    sizes()  # what this looks at is made itself
    before = sizes()

    for number in range(100, 140):
        ask(number)

    after = sizes()
    grown = {name: (size, after[name]) for name, size in before.items() if after[name] != size}
    slack = 20  # a thread, a compiled pattern: less than one entry for each reader
    assert {n: s for n, s in grown.items() if n not in ("objects", "entries")} == {}
    assert after["objects"] - before["objects"] < slack
    assert after["entries"] - before["entries"] < slack


def test_the_second_request_takes_the_same_way_as_the_first(ask):
    """Nobody can tell from the time of an answer whether somebody had it before."""
    for number in range(20):
        ask(number)

    def functions(number: int) -> Counter[tuple[str, str]]:
        called = Counter[tuple[str, str]]()

        def note(frame: FrameType, event: str, _: object) -> None:
            code = frame.f_code
            if event == "call" and code.co_filename.startswith(OURS):
                called[code.co_filename, code.co_qualname] += 1

        sys.setprofile(note)
        try:
            ask(number)
        finally:
            sys.setprofile(None)
        return called

    gc.collect()
    gc.disable()  # what other tests left behind, and what a request leaves, is not taken away
    callbacks = gc.callbacks[:]
    gc.callbacks.clear()  # Hypothesis has one called whenever it runs
    try:
        functions(200)  # the profiler itself
        first, second = functions(300), functions(300)
    finally:
        gc.callbacks[:] = callbacks
        gc.enable()

    assert first.total() > 10_000
    assert (first - second, second - first) == (Counter(), Counter())
