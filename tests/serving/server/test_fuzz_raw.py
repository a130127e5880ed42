"""Whatever bytes a network can bring, sent to a real server: the same worker goes on, as it was.

The suite holds three hundred conversations; `make fuzz` holds a tenth as many as it sends requests.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings as stated

from tests.fuzzing import FUZZ, a_build, flat, say
from tests.made_up.bytes import conversations, half_body, http2, whole
from tests.serving.server.running import started
from tests.serving.server.talking import LIMIT, SOON, Seen, answers_of, first_is_whole, play
from treatment_guide import settings

#: How many conversations with each server.
CONVERSATIONS = max(150, FUZZ // 20)
#: What stands in a log after a fault of ours, or of the server's.
FAULTS = ("Traceback", '"level": "error"', "[ERROR]", "panicked", "Worker", "exited")
#: Files that a worker may open for itself meanwhile, such as the database.
OWN_FILES = 8
#: Of a processor's time, what a worker may take in a second in which nobody asks.
IDLE = 0.3


def from_a_build():
    """What a server needs to be told so that it starts from the build: where it is, and its origin.

    Readers here ask `localhost`, so that host is allowed as well.
    """
    origin = stated.PUBLIC_ORIGIN
    hosts = f"localhost,127.0.0.1,{urlsplit(origin).hostname}"
    return {"BUILD_DIR": str(a_build()), "PUBLIC_ORIGIN": origin, "ALLOWED_HOSTS": hosts}


def database(folder):
    """A new database for feedback, so that what is posted is kept."""
    url = f"sqlite:///{folder / 'feedback.sqlite3'}"
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--skip-checks"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "treatment_guide.settings",
        },
        capture_output=True,
        check=True,
    )
    return url


def hold(guide, log, made, limit=LIMIT):
    """Hold these conversations, and look at the server afterwards: all that is wrong is told."""
    guide.ask("GET", "/search/?q=knee")  # the index is made for the first search, and stays
    before = len(log.read_text())
    worker, files = guide.worker(), guide.open_files()

    def resident():
        try:
            return guide.resident()
        except (IndexError, OSError):
            return 0.0  # between two workers

    seen = play(guide.port, made, resident, Seen(limit))
    guide.wait_until_up()
    if guide.worker() != worker:
        seen.fault("another worker answers than before")
    else:
        look_at_rest(guide, files, seen, limit)
    if not flat(seen.megabytes):
        seen.fault(f"memory grows: {seen.megabytes}")
    written = log.read_text()[before:].lower()
    leaked = {word for word in seen.words | seen.markers if word in written}
    if leaked:
        seen.fault(f"a log holds {leaked}")
    for fault in FAULTS:
        if fault.lower() in written:
            seen.fault(f"a fault is in the log: {written[written.index(fault.lower()) :][:800]}")
    return seen


def look_at_rest(guide, files, seen, limit):
    """Nobody asks any more: every connection is closed, and the worker has nothing to do."""
    until = time.monotonic() + limit
    while guide.open_files() > files + OWN_FILES:
        if time.monotonic() > until:
            seen.fault(f"{guide.open_files() - files} connections stay open")
            return
        time.sleep(0.2)
    spent = guide.spent()
    time.sleep(1)
    if guide.spent() - spent > IDLE:
        seen.fault(f"the worker is busy with nothing: {guide.spent() - spent:.1f} s in a second")


@pytest.mark.parametrize("logged", [False, True], ids=["pages from memory", "with an access log"])
def test_no_bytes_bring_a_fault_or_keep_an_honest_reader_waiting(tmp_path, logged):
    """10,000 conversations in `make fuzz`, with half bodies, HTTP/2 and junk among them.

    Each answer is below 500, sets no cookie and says no header again; no log holds a word of what
    was sent; every connection is ended within the limits; the worker is the same, its memory flat;
    honest readers got every page, and soon. Then the server can be stopped.
    """
    log = tmp_path / "log"
    more = {"ACCESS_LOG": "1", "METRICS_DIR": str(tmp_path)} if logged else {}
    made = conversations(CONVERSATIONS, first=logged * 10**9)
    url = database(tmp_path)
    began = time.monotonic()
    more |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.serving.server.fixed_day"}
    with started(log, **from_a_build(), **more) as guide:
        seen = hold(guide, log, made)
        guide.process.send_signal(signal.SIGTERM)
        ended = guide.process.wait(settings.STOP_SECONDS + 10)

    say(
        f"{seen.done:,} conversations in {time.monotonic() - began:.0f} s: "
        f"{seen.statuses.row('all')}\n"
        f"{seen.honest:,} answers to honest readers, the slowest after {seen.slowest:.2f} s\n"
        f"{len(seen.words | seen.markers):,} words that no log may hold; "
        f"{log.read_text().count(chr(10)):,} lines were logged\n"
        f"memory at ten marks: {' '.join(f'{held:.0f}' for held in seen.megabytes)} MB\n"
        f"{seen.tally.table()}"
    )
    assert not seen.faults, "\n".join(seen.faults[:20])
    assert ended == 0
    assert seen.honest > 20
    assert seen.tally.kinds.keys() >= {"HTTP/2", "no request", "a body shorter than said"}
    assert "access" in log.read_text() or not logged


@pytest.fixture(scope="module")
def harmed(tmp_path_factory):
    """A server with a harm in it, which can be chosen."""
    with planted(tmp_path_factory.mktemp("planted")) as running:
        yield running


@contextmanager
def planted(folder, **more):
    """A guide with the settings of `planted.py`; its log; the file that names the harm."""
    log, harm = folder / "log", folder / "harm"
    harm.write_text("")
    settings_ = {"DJANGO_SETTINGS_MODULE": "tests.serving.server.planted", "HARM_FILE": str(harm)}
    with started(log, **from_a_build(), **settings_, **more) as guide:
        yield guide, log, harm


@pytest.fixture(scope="module")
def usual():
    """Some requests, as they should be, whose answers are read."""
    return conversations(120, whole)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("a 500 for a charset", "a fault: 500"),
        ("a cookie", "a cookie"),
        ("a header said again", "says a header again"),
        ("a header said again in the page", "says a header again"),
        ("a line in the log", "a log holds"),
        ("memory that grows", "memory grows"),
        ("a worker that dies", "another worker"),
        ("a worker that hangs", "an honest reader got no answer"),
    ],
)
def test_a_planted_harm_is_found(harmed, usual, harm, words):
    """Each harm that the run looks for is found when somebody builds it in."""
    guide, log, file = harmed
    file.write_text(harm)
    try:
        seen = hold(guide, log, usual, limit=SOON + 1)
    finally:
        file.write_text("")
        guide.wait_until_up()

    assert any(words in fault for fault in seen.faults), seen.faults


def test_a_server_that_keeps_connections_or_speaks_http2_is_found(tmp_path):
    """Half bodies that are awaited for ten minutes, and answers in HTTP/2."""
    with planted(tmp_path, LAX="1") as (guide, log, _):
        kept = hold(guide, log, conversations(10, half_body))
        spoken = hold(guide, log, conversations(10, http2), limit=SOON)

    assert any("is left open" in fault for fault in kept.faults), kept.faults
    assert any("is not HTTP/1.1" in fault for fault in spoken.faults), spoken.faults


def test_answers_are_read_as_a_client_reads_them():
    """Two answers in a row, the second one cut; a length is what counts."""
    data = (
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: y\r\n\r\nab"
        b"HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\n\r\nab"
    )

    assert [(got.status, got.body) for got in answers_of(data)] == [
        (100, b""),
        (200, b"ab"),
        (404, b"ab"),
    ]
    assert answers_of(data)[1].headers == {"content-length": "2", "x": "y"}
    assert not first_is_whole(data[:30], b"GET")
    assert not first_is_whole(data[:65], b"GET")
    assert first_is_whole(data, b"GET")
    assert first_is_whole(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n", b"HEAD")
