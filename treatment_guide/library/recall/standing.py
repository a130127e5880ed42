"""The recalls that are there now, in the content and in RECALLS_DIR.

A fault in one of their files stops a build, a command and the start of a server. It must not stop
a worker that starts anew while readers are there, and must not lift a recall: that worker takes
the file as it was when the server last read it without a fault, and logs what is wrong.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from treatment_guide.library.model import Recall
from treatment_guide.library.problems import Problem
from treatment_guide.library.recall.reading import FOLDER, recalls_in, texts_of

#: The texts by file as they were last read without a fault, in a process that starts workers (they
#: get a copy of its memory); and when that process first read them (seconds). Empty in others.
_sound: dict[str, str] = {}
_started: list[float] = []
#: For so many seconds a new worker belongs to the start of its server, and a fault stops it.
STARTING = 10

Found = tuple[tuple[Recall, ...], list[Problem]]


def places() -> Iterator[tuple[Path, str]]:
    """The folders with recalls, each with what its files are called by in faults."""
    yield settings.CONTENT_DIR / FOLDER, FOLDER
    if settings.RECALLS_DIR:
        yield settings.RECALLS_DIR, str(settings.RECALLS_DIR)


def texts_now() -> tuple[dict[str, str], list[Problem]]:
    """The text of every file that is there now, and the faults of what cannot be read."""
    texts: dict[str, str] = {}
    faults: list[Problem] = []
    for folder, shown in places():
        try:
            if folder == settings.RECALLS_DIR and not folder.is_dir():
                raise NotADirectoryError("there is no such folder")
            found, wrong = texts_of(folder, shown)
        except OSError as error:
            faults.append(Problem(shown, 1, "RECALLS_DIR", f"It cannot be read ({error})."))
            continue
        texts |= found
        faults += wrong
    return texts, faults


def remember() -> list[Problem]:
    """In the process that starts workers: keep what is there now, if it has no fault. Returns the
    faults.
    """
    texts, faults = texts_now()
    faults += recalls_in(texts)[1]
    if not faults:
        _sound.clear()
        _sound.update(texts)
        if not _started:
            _started.append(time.monotonic())
    return faults


def running() -> bool:
    """True in a worker that is started anew while its server runs."""
    return bool(_started) and time.monotonic() - _started[0] > STARTING


def recalls_now() -> Found:
    """The recalls that are there now, and the faults. In a worker of a running server a faulty file
    is taken as it was when it had no fault.
    """
    texts, faults = texts_now()
    recalls, wrong = recalls_in(texts)
    faults += wrong
    if faults and running():
        broken = {fault.file for fault in faults}
        kept = {
            name: text
            for name, text in _sound.items()
            if name in broken or any(name.startswith(f"{each}/") for each in broken)
        }
        recalls, _ = recalls_in({**texts, **kept})
    return recalls, faults
