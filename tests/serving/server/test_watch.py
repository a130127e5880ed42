"""A worker that hangs is noticed and killed; one that is well, or only slow, is not."""

import multiprocessing
import os
import signal

import pytest

from tests import looping
from treatment_guide.serving.server.watch import ROOM, Beats, Watch, keep_beating


class Processes:
    """Processes that note which signals they get, and die of SIGKILL."""

    def __init__(self, *pids: int) -> None:
        self.alive = set(pids)
        self.got: list[tuple[int, int]] = []

    def kill(self, pid: int, number: int) -> None:
        if pid not in self.alive:
            raise ProcessLookupError
        if number:
            self.got.append((pid, number))
        if number == signal.SIGKILL:
            self.alive.remove(pid)


@pytest.fixture
def beats(monkeypatch):
    """The counters of two workers, 7 and 8, and what raises each."""
    made, raising = Beats(), {}
    for pid in (7, 8):
        monkeypatch.setattr(os, "getpid", lambda pid=pid: pid)
        raising[pid] = made.join()
        raising[pid]()
    return made, raising


def test_a_silent_worker_is_killed(beats):
    """After three looks without a beat it goes; the one that beats stays."""
    made, raising = beats
    processes = Processes(7, 8)
    watch = Watch(made, silent=3, kill=processes.kill)
    killed = []
    for _ in range(4):
        raising[8]()
        killed += watch.look()

    assert killed == [7]
    assert processes.got == [(7, signal.SIGABRT), (7, signal.SIGKILL)]
    assert processes.alive == {8}


def test_a_worker_that_beats_now_and_then_stays(beats):
    """Silence is counted anew after each beat."""
    made, raising = beats
    watch = Watch(made, silent=3, kill=Processes(7, 8).kill)
    for number in range(20):
        if number % 3 == 0:
            raising[7]()
            raising[8]()
        assert watch.look() == []


def test_the_place_of_a_dead_worker_is_given_to_the_next(beats, monkeypatch):
    """Workers come and go for ever; there is always room for the next one."""
    made, raising = beats
    watch = Watch(made, kill=Processes(8).kill)
    for number in range(2 * ROOM):
        raising[8]()
        watch.look()
        assert set(made.counts()) == {8}
        monkeypatch.setattr(os, "getpid", lambda number=number: 1000 + number)
        made.join()


def test_a_worker_beats_only_while_it_is_well():
    """A stuck request stops the beats, whatever else goes on."""
    beaten = []
    well = iter([True, False, True])

    async def run():
        with pytest.raises(RuntimeError):  # the iterator has ended
            await keep_beating(lambda: beaten.append(1), lambda: next(well), pause=0)

    looping.run(run())

    assert len(beaten) == 2


def test_a_worker_ends_with_its_main_process(monkeypatch):
    """Nobody would replace or stop the workers of a main process that was killed."""
    parents = iter([1000, 1000, 1])
    told = []
    monkeypatch.setattr(os, "getppid", lambda: next(parents))

    def kill(pid, number):
        told.append((pid, number))
        raise RuntimeError

    monkeypatch.setattr(os, "kill", kill)
    with pytest.raises(RuntimeError):
        looping.run(keep_beating(lambda: None, lambda: True, pause=0))

    assert told == [(os.getpid(), signal.SIGTERM)]


def test_a_worker_that_loads_is_given_time(beats, monkeypatch):
    """Until its first beat a worker reads content; only far too long a silence is taken for ill."""
    made, raising = beats
    monkeypatch.setattr(os, "getpid", lambda: 9)
    made.join()
    watch = Watch(made, silent=2, loading=5, kill=Processes(7, 8, 9).kill)
    killed = []
    for _ in range(6):
        raising[7]()
        raising[8]()
        killed.append(watch.look())

    assert killed == [[], [], [], [], [], [9]]


def test_workers_share_their_counters_with_the_main_process():
    """What a child process counts is seen here."""
    made = Beats()

    def work():
        beat = made.join()
        beat()
        beat()

    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join()

    assert made.counts() == {child.pid: 2}
