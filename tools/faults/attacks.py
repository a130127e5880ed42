"""Clients who mean harm with few bytes: forms that never come, silence, HTTP/2, a worker that hangs.

Each attack goes to the guide itself, without a proxy; `behind_nginx` says what nginx does with it.
"""

import os
import resource
import signal
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from guide import WORKERS, Failed, Guide, Place, Request, feedback

#: A form whose body never comes; of HTTP/2, the same four times on one connection.
HALF = (
    b"POST /feedback/ HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\npage="
)
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SLOW_FORMS = 1_000
#: More than two workers hold at once, where the machine lets us open as many.
SILENT = 17_000
UNREAD = 1_500
HTTP2_CLIENTS = 200
#: Seconds in which other people's forms are answered, whatever goes on.
PROMISED = 8.0


def frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    """A frame of HTTP/2 (RFC 9113, 4.1)."""
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def half_forms_of_http2() -> bytes:
    """HTTP/2 with prior knowledge: settings, then four POSTs with five of a hundred bytes each."""
    sent = PREFACE + frame(4, 0, 0, b"")
    for stream in (1, 3, 5, 7):
        # HPACK (RFC 7541): POST, http, then path, authority and length written out.
        block = b"\x83\x86\x04\x0a/feedback/\x01\x09localhost\x0f\x0d\x03100"
        sent += frame(1, 4, stream, block) + frame(0, 0, stream, b"page=")
    return sent


def connected(port: int, data: bytes, source: str) -> socket.socket:
    """A connection that has sent these bytes."""
    found = socket.create_connection(("127.0.0.1", port), timeout=5, source_address=(source, 0))
    found.sendall(data)
    found.setblocking(False)
    return found


@contextmanager
def attack(
    port: int, count: int, data: Callable[[int], bytes], source: str = "127.0.0.2"
) -> Iterator[dict[bytes, int]]:
    """So many connections that have sent these bytes and say no more; what is closed comes anew.

    Gives what came back, by the first line of the answer.
    """
    came: dict[bytes, int] = {}
    held: list[socket.socket] = []
    stop = threading.Event()

    def keep() -> None:
        number = 0
        while not stop.is_set():
            for connection in [*held]:
                try:
                    line = connection.recv(4_096).partition(b"\r\n")[0]
                except BlockingIOError:
                    continue
                except OSError:
                    line = b""
                came[line] = came.get(line, 0) + 1
                connection.close()
                held.remove(connection)
            while len(held) < count and not stop.is_set():
                number += 1
                try:
                    held.append(connected(port, data(number), source))
                except OSError:
                    break
            stop.wait(0.1)

    thread = threading.Thread(target=keep)
    thread.start()
    try:
        until = time.monotonic() + 30
        while len(held) < count * 0.9 and time.monotonic() < until:
            time.sleep(0.1)
        came[b"held"] = len(held)
        yield came
    finally:
        stop.set()
        thread.join()
        for connection in held:
            connection.close()


def slowest(guide: Guide, seconds: float, port: int = 0) -> dict[str, float]:
    """How long a page, `/healthz`, a form and feedback take at worst, asked again and again.
    Raises Failed.
    """
    asked = {
        "page": Request("/options/prp/"),
        "health": Request("/healthz"),
        "form": Request("/whats-next/place/0/", "POST", "place=knee"),
        "feedback": feedback(),
    }
    worst = dict.fromkeys(asked, 0.0)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for name, request in asked.items():
            began = time.monotonic()
            seen = guide.ask(request)
            took = time.monotonic() - began
            worst[name] = max(worst[name], took)
            if not seen.status or took > PROMISED:
                raise Failed(f"{name}: {seen.status or 'cut off'} after {took:.1f} s")
    return worst


def said(worst: dict[str, float]) -> str:
    """The longest waits in words."""
    return ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in worst.items())


def slow_forms(place: Place) -> str:
    """A hundred, then a thousand forms whose bodies never come, and come anew when refused."""
    told = []
    with place.guide() as guide:
        before = set(guide.workers())
        for count in (SLOW_FORMS // 10, SLOW_FORMS):
            with attack(guide.port, count, lambda number: HALF) as came:
                worst = slowest(guide, 13)
            refused = sum(n for line, n in came.items() if b" 408" in line)
            if came[b"held"] < count * 0.9 or not refused:
                raise Failed(f"no attack: {came}")
            told.append(f"{count} held, {refused} refused with 408, longest waits {said(worst)}")
        if set(guide.workers()) != before:
            raise Failed("a worker was lost")
    return f"{'; '.join(told)}; readers saw {dict(guide.readers.seen)}"


def silent(place: Place) -> str:
    """More connections than the guide may hold send no byte, one byte, or half a line."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    count = min(SILENT, hard - 2_000)
    pieces = (b"", b"G", b"GET / HT")  # what is no HTTP at all is closed at once in any case
    with place.guide() as guide:
        quiet = guide.handles() + 20
        with attack(guide.port, count, lambda number: pieces[number % 3]) as came:
            worst = slowest(guide, 15)
            closed = sum(came.values()) - came[b"held"]
        if came[b"held"] < count * 0.9:
            raise Failed(f"no attack: {came}")
        if closed < came[b"held"] * 0.9:
            raise Failed(f"{closed} of {came[b'held']} were closed by the guide in 15 s")
        until = time.monotonic() + 30
        while guide.handles() > quiet:
            if time.monotonic() > until:
                raise Failed(f"{guide.handles()} connections stay open")
            time.sleep(0.2)
    return (
        f"{came[b'held']} held at once, {closed} closed by the guide; longest waits {said(worst)}; "
        f"readers saw {dict(guide.readers.seen)}"
    )


def unread(place: Place) -> str:
    """Clients ask for the longest page, as often as a connection takes it, and read nothing."""
    asked = b"GET /sources/ HTTP/1.1\r\nHost: localhost\r\n\r\n" * 5
    with place.guide() as guide:
        before, quiet = set(guide.workers()), guide.handles() + 20
        memory = guide.memory()
        held = []
        for _ in range(UNREAD):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
            connection.bind(("127.0.0.2", 0))
            connection.connect(("127.0.0.1", guide.port))
            connection.sendall(asked)
            held.append(connection)
        worst = slowest(guide, 20)
        grown = guide.memory() - memory
        until = time.monotonic() + 90
        while guide.handles() > quiet:
            if time.monotonic() > until:
                raise Failed(f"{guide.handles()} connections stay open")
            time.sleep(0.2)
        for connection in held:
            connection.close()
        if set(guide.workers()) != before:
            raise Failed("a worker was lost")
        if grown > UNREAD * 0.4:  # the page itself, once for each of them, and no more
            raise Failed(f"a worker grew by {grown:.0f} MB")
    return (
        f"{UNREAD} came, all closed by the guide; a worker grew by {grown:.0f} MB; "
        f"longest waits {said(worst)}; readers saw {dict(guide.readers.seen)}"
    )


def http2(place: Place) -> str:
    """HTTP/2 with prior knowledge: four half forms on a connection, and away; again and again."""
    with place.guide(readers=0) as guide:
        guide.readers.start()
        before = set(guide.workers())
        for _ in range(HTTP2_CLIENTS):
            with suppress(OSError):
                connected(guide.port, half_forms_of_http2(), "127.0.0.1").close()
        with attack(guide.port, HTTP2_CLIENTS, lambda number: half_forms_of_http2()) as came:
            worst = slowest(guide, 8)
        # Closed without a word, or an error of HTTP/1: a frame of HTTP/2 means that it is spoken.
        spoken = {line for line in came if line not in (b"", b"held")}
        if not all(line.startswith(b"HTTP/1.1 4") for line in spoken):
            raise Failed(f"it was answered: {spoken}")
        guide.readers.stop()
        guide.check(frozenset())
        spent = busy(guide, 3)
        if spent > 0.5:
            raise Failed(f"workers are busy for {spent:.1f} of one core with nobody there")
        if set(guide.workers()) != before:
            raise Failed("a worker was lost")
    return (
        f"{2 * HTTP2_CLIENTS} came, none was answered; longest waits {said(worst)}; "
        f"readers saw {dict(guide.readers.seen)}"
    )


def busy(guide: Guide, seconds: float) -> float:
    """How many cores the workers use without requests."""
    before = ticks(guide)
    time.sleep(seconds)
    return (ticks(guide) - before) / os.sysconf("SC_CLK_TCK") / seconds


def ticks(guide: Guide) -> int:
    """The time that the workers have used so far, in ticks of the system's clock."""
    used = 0
    for pid in guide.workers():
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used


def wait_until_serving(guide: Guide, count: int) -> None:
    """Until so many workers have begun to serve since the start: before that they are given time
    to load. Raises Failed.
    """
    until = time.monotonic() + 60
    while guide.log.read_text().count("runtime-1") < count:
        if time.monotonic() > until:
            raise Failed("workers do not begin")
        time.sleep(0.1)


def hung(place: Place) -> str:
    """A worker is stopped (SIGSTOP), then the one that took its place; and a third while the
    guide is told to end.
    """
    waited = []
    with place.guide(readers=0) as guide:
        guide.readers.start()
        for replaced in range(2):
            wait_until_serving(guide, WORKERS + replaced)
            victim = guide.workers()[0]
            began = time.monotonic()
            os.kill(victim, signal.SIGSTOP)
            guide.wait_for_workers(without={victim}, seconds=60)
            waited.append(time.monotonic() - began)
            time.sleep(6)  # Granian ends when a worker dies sooner than this after its start
        if "hangs and is replaced" not in guide.log.read_text():
            raise Failed("the log says nothing of it")
        wait_until_serving(guide, WORKERS + 2)
        guide.readers.wait_for(200)
        guide.readers.stop()
        guide.check({"cut off"})
        os.kill(guide.workers()[0], signal.SIGSTOP)
        began = time.monotonic()
        guide.process.send_signal(signal.SIGTERM)
        ended = guide.process.wait(60)
        seconds = time.monotonic() - began
    return (
        f"replaced after {' and '.join(f'{w:.0f}' for w in waited)} s; SIGTERM with a third one "
        f"stopped: ended with {ended} after {seconds:.0f} s; "
        f"readers saw {dict(guide.readers.seen)}"
    )
