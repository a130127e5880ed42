"""The real server, started by `manage.py serve`, under attack and with a worker that hangs.

One server with one worker serves all tests here, without a build: what it says is not the matter.
"""

import os
import signal
import socket
import threading
import time
from contextlib import suppress

import pytest

from tests.serving.server.running import started
from treatment_guide import settings
from treatment_guide.serving.server import limits

#: A form whose body never comes.
HALF = (
    b"POST /feedback/ HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\npage="
)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """What the server writes."""
    return tmp_path_factory.mktemp("serving") / "log"


@pytest.fixture(scope="module")
def guide(log):
    """The guide, as `make serve` starts it."""
    if not os.path.exists("/proc/self/task"):
        pytest.fail("these tests read /proc: run them on Linux")
    with started(log) as running:
        yield running


@pytest.fixture
def slow_forms(guide):
    """Opens so many forms that never come, and keeps so many open until the test ends."""
    stop = threading.Event()
    held: list[socket.socket] = []

    def keep(count: int) -> None:
        open_now: list[socket.socket] = []
        while not stop.is_set():
            for connection in [*open_now]:
                with suppress(BlockingIOError):
                    with suppress(OSError):
                        connection.recv(65_536)
                    connection.close()
                    open_now.remove(connection)
            while len(open_now) < count and not stop.is_set():
                connection = socket.create_connection(("127.0.0.1", guide.port), timeout=5)
                connection.sendall(HALF)
                connection.setblocking(False)
                open_now.append(connection)
            held[:] = open_now
            stop.wait(0.1)
        for connection in open_now:
            connection.close()

    threads = []

    def begin(count: int) -> None:
        threads.append(threading.Thread(target=keep, args=(count,)))
        threads[0].start()
        until = time.monotonic() + 20
        while len(held) < count and time.monotonic() < until:
            time.sleep(0.05)
        assert len(held) >= count

    yield begin
    stop.set()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("count", [100, 1000])
def test_slow_forms_stop_nobody(guide, slow_forms, count):
    """While so many forms never come: pages, health and other people's forms in 8 s.

    The promise is for a server without a proxy in front.
    """
    slow_forms(count)
    took = {"GET": 0.0, "POST": 0.0}
    until = time.monotonic() + limits.BODY_SECONDS + 2  # past the first deadline
    while time.monotonic() < until:
        for method, path, body in (
            ("GET", "/options/prp/", None),
            ("GET", "/healthz", None),
            ("POST", "/whats-next/place/0/", "place=knee"),
        ):
            began = time.monotonic()
            assert guide.ask(method, path, body) in (200, 302)
            took[method] = max(took[method], time.monotonic() - began)

    assert max(took.values()) < 8


def test_a_form_that_never_comes_is_given_up(guide):
    """408 with a kind page at the deadline, and the connection is closed."""
    got, seconds = guide.raw(HALF, limits.BODY_SECONDS + 10)

    assert got.startswith(b"HTTP/1.1 408 ")
    assert b"content-security-policy" in got
    assert limits.BODY_SECONDS - 1 < seconds < limits.BODY_SECONDS + 5


def test_a_form_that_breaks_off_gets_an_answer(guide):
    """A client that sends no more, and reads on, is told that its form came in part: 400."""
    with socket.create_connection(("127.0.0.1", guide.port), timeout=20) as connection:
        connection.sendall(HALF)
        connection.shutdown(socket.SHUT_WR)
        got = connection.makefile("rb").read()

    assert got.startswith(b"HTTP/1.1 400 ")
    assert b"content-security-policy" in got


def test_a_form_that_is_too_large_is_refused_unread(guide):
    """413 with a kind page as soon as the length is known; nothing is kept on a disk."""
    head = HALF.replace(b"Content-Length: 100", b"Content-Length: 40000000")
    got, seconds = guide.raw(head)

    assert got.startswith(b"HTTP/1.1 413 ")
    assert seconds < 5


def test_http2_is_not_spoken(guide):
    """The connection of a client that begins with HTTP/2 is closed; others are answered."""
    got, seconds = guide.raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 200)

    assert b"HTTP/1.1 200" not in got
    assert seconds < limits.HEADER_MILLISECONDS / 1000 + 3
    assert guide.ask("GET", "/healthz") == 200


@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\nHost: loc", b"\x16\x03\x01"])
def test_a_silent_connection_is_closed(guide, sent):
    """Whoever says nothing, or stops in the first lines, is let go after five seconds."""
    _, seconds = guide.raw(sent)

    assert seconds < limits.HEADER_MILLISECONDS / 1000 + 3


def test_a_kept_connection_that_says_nothing_is_closed(guide):
    """After an answer a connection may stay for the next request, but not for ever."""
    got, seconds = guide.raw(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")

    assert got.startswith(b"HTTP/1.1 200 ")
    assert seconds < limits.HEADER_MILLISECONDS / 1000 + 3


def test_a_worker_that_hangs_is_replaced(guide, log):
    """A worker that was stopped says nothing more; another takes its place, and a line says so."""
    before = guide.worker()
    os.kill(before, signal.SIGSTOP)
    until = time.monotonic() + limits.SILENT_SECONDS + 20
    while guide.ask("GET", "/healthz", timeout=1) != 200:
        assert time.monotonic() < until, "nobody took its place"
        time.sleep(0.5)

    assert guide.worker() != before
    assert f"Worker {before} hangs and is replaced" in log.read_text()


def test_a_server_whose_worker_hangs_can_be_stopped(tmp_path):
    """SIGTERM ends it all the same."""
    with started(tmp_path / "log") as guide:
        os.kill(guide.worker(), signal.SIGSTOP)
        guide.process.send_signal(signal.SIGTERM)

        assert guide.process.wait(settings.STOP_SECONDS + 10) in (0, -signal.SIGTERM)


def test_workers_end_with_a_server_that_was_killed(tmp_path):
    """No worker stays behind that nobody could replace or stop."""
    with started(tmp_path / "log") as guide:
        worker = guide.worker()
        guide.process.kill()
        until = time.monotonic() + settings.STOP_SECONDS
        with suppress(ProcessLookupError):
            while time.monotonic() < until:
                os.kill(worker, 0)
                time.sleep(0.2)
            pytest.fail("the worker goes on")


def test_no_picture_of_memory_is_left_on_a_disk(guide):
    """A process that dies dumps no core: what readers answered is in its memory."""
    for pid in (guide.process.pid, guide.worker()):
        with open(f"/proc/{pid}/limits") as file:
            line = next(line for line in file if line.startswith("Max core file size"))
        assert line.split()[4:6] == ["0", "0"]
