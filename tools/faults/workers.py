"""Workers that die, that run out of memory, that are replaced, that are stopped."""

import http.client
import os
import resource
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guide import Failed, Guide, NotHere, Place, is_outcome_of, new_outcomes, stop

#: Granian gives up when a worker dies sooner than this after its start.
CRASH_LOOP = 6
KILLS = 3


def killed(place: Place) -> str:
    """A worker dies at once, in the middle of requests; the other answers until it is back."""
    with place.guide({"cut off"}) as guide:
        for number in range(KILLS):
            victim = guide.workers()[number % 2]
            os.kill(victim, signal.SIGKILL)
            guide.wait_for_workers(without={victim})
            time.sleep(CRASH_LOOP)
    return f"{KILLS} killed, {KILLS} back; readers saw {dict(guide.readers.seen)}"


def hungry(guide: Guide, count: int = 250) -> Counter[str]:
    """What readers with answers that nobody gave before see: each costs a worker memory."""
    seen: Counter[str] = Counter()
    asked = iter(new_outcomes(count))
    lock = threading.Lock()

    def read() -> None:
        while True:
            with lock:
                request = next(asked, None)
            if request is None:
                return
            answer = guide.ask(request)
            if answer.status == 200:
                seen["right" if is_outcome_of(request, answer.body) else "WRONG"] += 1
            elif answer.status:
                code = request.path.split("/")[3].encode()
                seen["LEAK" if code in answer.body else f"honest {answer.status}"] += 1
            else:
                seen["cut off"] += 1

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if seen["WRONG"] or seen["LEAK"]:
        raise Failed(f"readers without memory saw {dict(seen)}")
    return seen


def without_memory(place: Place) -> str:
    """The system gives a worker no more memory, just when readers come; then it does again."""
    allowed = {"cut off", "honest 500", "honest 503"}
    with place.guide(readers=0) as guide:
        starved = min(guide.workers())
        before = limited(starved, 2**20)
        guide.readers.start()
        seen = hungry(guide)
        died = starved not in guide.workers()
        if not died:
            limited(starved, before)
        guide.wait_for_workers()
        guide.readers.wait_for(50)
        guide.readers.stop()
        guide.check(allowed)
        if set(seen) | set(guide.readers.seen) == {"right"} and not died:
            raise Failed("no request met the limit")
    came = "the worker died and is back" if died else "the worker lived and answers right again"
    return f"new outcomes {dict(seen)}; {came}; readers saw {dict(guide.readers.seen)}"


def limited(pid: int, memory: int) -> int:
    """Let a process have so much memory and, unless it has more already, no more; what it was.

    RLIMIT_AS alone is not felt for long: the C library asks for address space well ahead.
    """
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        before, hard = resource.prlimit(pid, kind)
        resource.prlimit(pid, kind, (memory, hard))
    return before


@contextmanager
def group_of(pid: int, megabytes: float) -> Iterator[Path]:
    """A control group below ours, this process in it, with so much memory beside what it has.

    Raises NotHere.
    """
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    ours = {kind: path for _, kind, path in (line.split(":", 2) for line in lines)}
    root = Path("/sys/fs/cgroup")
    old = "memory" in ours and (root / "memory").is_dir()
    above = root / "memory" / ours["memory"].lstrip("/") if old else root / ours[""].lstrip("/")
    group = above / f"guide-faults-{os.getpid()}"
    limit = "memory.limit_in_bytes" if old else "memory.max"
    try:
        group.mkdir()
        try:
            (group / limit).write_text(str(int(megabytes * 2**20)))
            (group / "cgroup.procs").write_text(str(pid))
        except OSError:
            group.rmdir()
            raise
    except OSError as error:
        raise NotHere(f"no control group with a limit of memory can be made ({error})") from error
    try:
        yield group
    finally:
        for line in (group / "cgroup.procs").read_text().split():
            (above / "cgroup.procs").write_text(line)
        group.rmdir()


def killed_for_memory(place: Place) -> str:
    """The kernel kills a worker that outgrows its control group, in the middle of requests."""
    with place.guide({"cut off"}) as guide:
        victim = min(guide.workers())
        with group_of(victim, 4) as group:
            seen = hungry(guide)
            events = group / "memory.events"
            told = events if events.exists() else group / "memory.oom_control"
            kills = dict(line.split() for line in told.read_text().splitlines())["oom_kill"]
        guide.wait_for_workers(without={victim})
        if kills == "0":
            raise Failed("the kernel killed nobody")
    return (
        f"killed by the kernel: {kills}; new outcomes {dict(seen)}; "
        f"a new worker came; readers saw {dict(guide.readers.seen)}"
    )


def replaced(place: Place) -> str:
    """New workers take over on SIGHUP, as after a new build; no request is dropped."""
    with place.guide() as guide:
        for _ in range(2):
            before = set(guide.workers())
            guide.process.send_signal(signal.SIGHUP)
            guide.readers.wait_for(20)
            guide.wait_for_workers(without=before, seconds=60)
    return f"2 times 2 new workers; readers saw {dict(guide.readers.seen)}"


def stopped(place: Place) -> str:
    """SIGTERM while readers wait, and one stalls in a form: what a worker has begun is finished,
    and the guide ends.
    """
    with place.guide(readers=0) as guide:
        stalled = socket.create_connection(("127.0.0.1", guide.port))
        stalled.sendall(
            b"POST /feedback/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\npage"
        )
        asked = new_outcomes(16)
        connections = [
            http.client.HTTPConnection("127.0.0.1", guide.port, timeout=30) for _ in asked
        ]
        for connection in connections:  # known to a worker by now
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            connection.getresponse().read()
        for connection, request in zip(connections, asked, strict=True):
            connection.request("GET", request.path, headers=request.headers)
        time.sleep(0.05)
        guide.process.send_signal(signal.SIGTERM)
        finished = 0
        for connection, request in zip(connections, asked, strict=True):
            try:
                answer = connection.getresponse()
                finished += answer.status == 200 and is_outcome_of(request, answer.read())
            except (OSError, http.client.HTTPException):
                pass
            connection.close()
        began = time.monotonic()
        ended = stop(guide.process)
        seconds = time.monotonic() - began
        stalled.close()
    if finished != len(asked) or ended not in (0, -signal.SIGTERM):
        raise Failed(f"{finished} of {len(asked)} were finished; it ended with {ended}")
    return f"{finished} of {len(asked)} begun requests finished right; it ended with {ended} {seconds:.0f} s later"
