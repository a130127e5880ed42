"""Connections that are cut, clients that stall, codes without end."""

import resource
import socket
import struct
import threading
import time
from contextlib import suppress

from guide import Failed, Guide, Place, Request, feedback

CUTS = 4_000
SLOW_CLIENTS = 10_000
CODES = 3_000
#: Closes a connection at once, and lets the other side know by a reset.
AT_ONCE = struct.pack("ii", 1, 0)


def cut(connection: socket.socket) -> None:
    """Cut a connection off."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    connection.close()


class Proxy:
    """A proxy that cuts every connection: after so many bytes of the request, or of the answer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cut_in_request = self.cut_in_answer = 0
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.at = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more."""
        self._listening.close()

    def _accept(self) -> None:
        number = 0
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                number += 1
                threading.Thread(target=self._pass, args=(near, number), daemon=True).start()

    def _pass(self, near: socket.socket, number: int) -> None:
        with suppress(OSError):
            asked = near.recv(65_536)
            far = socket.create_connection(("127.0.0.1", self.port), timeout=20)
            far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if number % 2:
                far.sendall(asked[: number % len(asked)])
                if number % 4 == 1:
                    time.sleep(0.003)  # long enough for a worker to begin
                with self._lock:
                    self.cut_in_request += 1
            else:
                far.sendall(asked)
                near.sendall(far.recv(1 + number * 7 % 4_000))
                with self._lock:
                    self.cut_in_answer += 1
            cut(far)
        with suppress(OSError):
            cut(near)


def through(proxy: Proxy, requests: list[Request], count: int) -> None:
    """So many readers go through the proxy; each is cut off."""

    def read(first: int) -> None:
        for number in range(first, count, 8):
            request = requests[number % len(requests)]
            lines = [f"{request.method} {request.path} HTTP/1.1"]
            headers = {**request.headers, "Content-Length": str(len(request.body))}
            lines += [f"{name}: {value}" for name, value in headers.items()]
            with suppress(OSError), socket.create_connection(("127.0.0.1", proxy.at)) as asking:
                asking.sendall(("\r\n".join(lines) + "\r\n\r\n" + request.body).encode())
                asking.settimeout(20)
                while asking.recv(65_536):
                    pass

    threads = [threading.Thread(target=read, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def settled(guide: Guide, handles: int, seconds: float = 15) -> int:
    """How many files and connections stay open; waits until they are few. Raises Failed."""
    until = time.monotonic() + seconds
    while (now := guide.handles()) > handles:
        if time.monotonic() > until:
            raise Failed(f"{now} open files and connections, before it were {handles}")
        time.sleep(0.2)
    return now


def proxy_cuts(place: Place) -> str:
    """A proxy cuts connections in the middle of requests and of answers, thousands of times."""
    with place.guide() as guide:
        before = set(guide.workers())
        quiet = guide.handles() + 20  # readers come and go
        proxy = Proxy(guide.port)
        requests = [*place.right, feedback(), Request("/whats-next/place/0/", "POST", "place=knee")]
        through(proxy, requests, CUTS // 4)
        memory = guide.memory()
        through(proxy, requests, CUTS - CUTS // 4)
        proxy.close()
        grown = guide.memory() - memory
        open_now = settled(guide, quiet)
        if set(guide.workers()) != before:
            raise Failed("a worker was lost")
        if grown > 25:
            raise Failed(f"a worker grew by {grown:.0f} MB")
        done = proxy.cut_in_request + proxy.cut_in_answer
        if min(proxy.cut_in_request, proxy.cut_in_answer) < CUTS * 0.4:
            raise Failed(f"only {done} were cut")
    return (
        f"cut in the request {proxy.cut_in_request}, in the answer {proxy.cut_in_answer}; the same "
        f"workers, grown by {grown:.0f} MB, {open_now} open files (at most {quiet}); "
        f"readers saw {dict(guide.readers.seen)}"
    )


def slow(place: Place) -> str:
    """Ten thousand clients send half a request and then nothing."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * SLOW_CLIENTS), hard))
    with place.guide() as guide:
        quiet = guide.handles() + 20
        held, refused = [], 0
        for _ in range(SLOW_CLIENTS):
            try:
                asking = socket.create_connection(("127.0.0.1", guide.port), timeout=5)
                asking.sendall(b"GET / HTTP/1.1\r\nHost: loc")
                held.append(asking)
            except OSError:
                refused += 1
        answered = guide.readers.seen["right"]
        time.sleep(3)
        answered = guide.readers.seen["right"] - answered
        if not answered or len(held) < SLOW_CLIENTS * 0.9:
            raise Failed(f"{answered} answers while {len(held)} slow clients were held")
        settled(guide, quiet, 30)  # the guide closes them, not the clients
        for asking in held:
            asking.close()
    return (
        f"{len(held)} held, {refused} refused; meanwhile {answered} answers in 3 s; all closed by "
        f"the guide; readers saw {dict(guide.readers.seen)}"
    )


def flooded(place: Place) -> str:
    """Thousands of codes, none of them twice, right and wrong ones."""
    with place.guide() as guide:
        for number in range(CODES // 4):
            guide.ask(f"/whats-next/place/{number:x}/")
        before = guide.memory()
        seen: dict[int, int] = {}
        for number in range(CODES // 4, CODES):
            for path in (f"/go/{number:x}/", f"/whats-next/place/{number:x}/"):
                status = guide.ask(path).status
                seen[status] = seen.get(status, 0) + 1
        grown = guide.memory() - before
        if grown > 40:
            raise Failed(f"a worker grew by {grown:.0f} MB")
        if set(seen) - {200, 302, 404}:
            raise Failed(f"codes were answered with {seen}")
    return f"answered {seen}; grown by {grown:.0f} MB; readers saw {dict(guide.readers.seen)}"
