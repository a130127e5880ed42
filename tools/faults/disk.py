"""A disk that is full, or may not be written: feedback and builds suffer, readers do not."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

from guide import TYPED, Failed, Guide, NotHere, Place, Seen, feedback, manage

#: The words that let a command run where it may mount, without harm to the machine.
ALONE = ("unshare", "--mount", *(() if os.geteuid() == 0 else ("--map-root-user",)))
MARK = "GUIDE_FAULTS_MAY_MOUNT"
#: As long as the guide leaves a database alone that has failed (feedback/store.py), and a bit.
REST = 31
#: One page takes ten notes at once; what is tried here needs more.
PAGES = (
    "/options/prp/",
    "/options/prolotherapy/",
    "/options/pain-medicines/",
    "/options/nerve-tests/",
)


def go_where_mounting_is_allowed() -> None:
    """Start this script again in a namespace of its own for mounts, where that can be done."""
    if MARK in os.environ or not shutil.which("unshare"):
        return
    tried = [*ALONE, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"]
    may = subprocess.run(tried, capture_output=True, check=False).returncode == 0
    os.environ[MARK] = "yes" if may else ""
    if may:
        os.execvp(ALONE[0], [*ALONE, sys.executable, *sys.orig_argv[1:]])


@contextmanager
def small_disk(place: Place) -> Iterator[Path]:
    """A disk in memory, a little larger than a build; it holds a build and a place for feedback.

    Raises NotHere.
    """
    if not os.environ.get(MARK):
        raise NotHere("this machine does not let us mount; a limit on the size of files is tried")
    disk = place.scratch / "disk"
    disk.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=14m", "tmpfs", str(disk)], check=True)
    try:
        shutil.copytree(place.build, disk / "build")
        migrate(disk)
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def database(folder: Path) -> str:
    """The address of the feedback database in a folder."""
    return f"sqlite:///{folder}/feedback.sqlite3"


def migrate(folder: Path) -> None:
    """Make the table of feedback."""
    code, said = manage("migrate", "--skip-checks", DATABASE_URL=database(folder))
    if code:
        raise Failed(said)


def rows(folder: Path) -> int:
    """The number of rows in the database. Raises Failed if it is damaged."""
    with sqlite3.connect(f"file:{folder}/feedback.sqlite3?mode=ro", uri=True) as base:
        if base.execute("pragma integrity_check").fetchone() != ("ok",):
            raise Failed("the database is broken")
        return int(base.execute("select count(*) from feedback_feedback").fetchone()[0])


def fill(disk: Path) -> None:
    """Leave not one byte."""
    with (disk / "filled").open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                pass


def not_kept(seen: Seen) -> bool:
    """True when the page says that feedback was not stored, and shows what was typed."""
    return seen.status == 503 and f'value="{TYPED}"' in unescape(seen.body.decode())


def send_until(guide: Guide, wanted: str, most: int = 25) -> int:
    """How often feedback was stored until a page said that it was not. Raises Failed."""
    kept = 0
    for number in range(most):
        seen = guide.ask(feedback(PAGES[number % len(PAGES)]))
        if seen.status == 303:
            kept += 1
        elif not_kept(seen):
            return kept
        else:
            raise Failed(f"feedback on a {wanted} disk is answered with {seen.status}")
    raise Failed(f"feedback is kept on a {wanted} disk")


def kept_again(guide: Guide) -> None:
    """Feedback is stored again once the disk has space. Raises Failed."""
    time.sleep(REST)
    statuses = [guide.ask(feedback("/options/shockwave/")).status for _ in range(4)]
    if set(statuses) != {303}:
        raise Failed(f"feedback is answered with {statuses} on a disk that is well again")


def build_fails(root: Path, why: str, **environment: str) -> str:
    """What `manage.py build` of something new says where it cannot be written. Raises Failed."""
    before = sorted(root.rglob("*"))
    code, said = manage("build", str(root), SITE_NAME="Another name", **environment)
    if code == 0 or why not in said or "Traceback" in said:
        raise Failed(f"a build into a {why} ended with {code}: {said[-500:]}")
    if sorted(root.rglob("*")) != before:
        raise Failed("something is left of a build that failed")
    return said.strip().splitlines()[-1].partition(":")[0]


def full(place: Place) -> str:
    """The disk with the build and the feedback fills up while the guide runs."""
    try:
        with small_disk(place) as disk:
            with place.guide(BUILD_DIR=str(disk / "build"), DATABASE_URL=database(disk)) as guide:
                if guide.ask(feedback()).status != 303:
                    raise Failed("feedback is not kept on a disk with room")
                fill(disk)
                kept = 1 + send_until(guide, "full")
                build_fails(disk / "build", "No space left on device")
                (disk / "filled").unlink()
                kept_again(guide)
                kept += 4
                if rows(disk) != kept:
                    raise Failed(f"{rows(disk)} rows, and {kept} readers were thanked")
            return (
                f"{kept} thanked, {kept} in the table; on the full disk told kindly, what was "
                f"typed given back; a build said so and left the old one; "
                f"readers saw {dict(guide.readers.seen)}"
            )
    except NotHere as why:
        return f"not run here: {why}; {no_larger_files(place)}"


def no_larger_files(place: Place) -> str:
    """What a full disk does to programs, without a disk: no file may grow (RLIMIT_FSIZE)."""
    folder = place.scratch / "no-larger"
    folder.mkdir(exist_ok=True)
    migrate(folder)
    with place.guide(DATABASE_URL=database(folder)) as guide:
        for pid in guide.workers():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4_096, resource.RLIM_INFINITY))
        kept = send_until(guide, "limited")
        if rows(folder) != kept:
            raise Failed(f"{rows(folder)} rows, and {kept} readers were thanked")
        for pid in guide.workers():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        kept_again(guide)
    limited = ("prlimit", "--fsize=20000", "--")
    root = place.scratch / "no-larger-builds"
    code, said = manage("build", str(root), within=limited, SITE_NAME="Another name")
    if code == 0 or "Nothing was made" not in said or list(root.iterdir()):
        raise Failed(f"a build that may not write ended with {code}: {said[-500:]}")
    return (
        f"no file may grow: {kept} kept, then told kindly; readers saw {dict(guide.readers.seen)}"
    )


def read_only(place: Place) -> str:
    """The disk with the build and the feedback turns read-only while the guide runs, and back."""
    with (
        small_disk(place) as disk,
        place.guide(BUILD_DIR=str(disk / "build"), DATABASE_URL=database(disk)) as guide,
    ):
        if guide.ask(feedback()).status != 303:
            raise Failed("feedback is not kept on a disk that may be written")
        remount(disk, "ro")
        kept = 1 + send_until(guide, "read-only")
        build_fails(disk / "build", "Read-only file system")
        remount(disk, "rw")
        kept_again(guide)
        if rows(disk) != kept + 4:
            raise Failed(f"{rows(disk)} rows, and {kept + 4} readers were thanked")
    return (
        f"{kept + 4} thanked, {kept + 4} in the table; told kindly meanwhile, what was typed given "
        f"back; a build said so; readers saw {dict(guide.readers.seen)}"
    )


def remount(disk: Path, how: str) -> None:
    """Let a disk be written, or not; it cannot be frozen in the middle of a write, so try again."""
    command = ["mount", "-o", f"remount,{how}", str(disk)]
    for _ in range(50):
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.1)
    subprocess.run(command, check=True)


def all_read_only(place: Place) -> str:
    """The guide starts where not one file of the machine may be written, and reads on."""
    if not os.environ.get(MARK):
        raise NotHere("this machine does not let us mount")
    folder = place.scratch / "read-only"
    folder.mkdir(exist_ok=True)
    migrate(folder)
    frozen = 'for at in $(findmnt -rno TARGET -t ext4,xfs,btrfs,tmpfs,overlay); do mount -o remount,bind,ro "$at" 2>/dev/null; done; ! touch "$0" 2>/dev/null && exec "$@"'
    within = (*ALONE, "sh", "-c", frozen, str(folder / "probe"))
    with place.guide(within=within, DATABASE_URL=database(folder)) as guide:
        kept = send_until(guide, "read-only")
        if kept:
            raise Failed("feedback was kept where nothing may be written")
    return f"feedback told kindly, given back; readers saw {dict(guide.readers.seen)}"


def locked(place: Place) -> str:
    """Another program holds the database of feedback locked, and readers send feedback."""
    folder = place.scratch / "locked"
    folder.mkdir(exist_ok=True)
    migrate(folder)
    with place.guide(DATABASE_URL=database(folder)) as guide:
        base = sqlite3.connect(folder / "feedback.sqlite3", isolation_level=None)
        base.execute("begin exclusive")
        stop = threading.Event()
        statuses: list[int] = []

        def send() -> None:
            while not stop.is_set():
                statuses.append(guide.ask(feedback()).status)

        threads = [threading.Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        slowest = 0.0
        until = time.monotonic() + 5
        while time.monotonic() < until:
            began = time.monotonic()
            if guide.ask("/healthz").status != 200:
                raise Failed("/healthz is not 200")
            slowest = max(slowest, time.monotonic() - began)
        stop.set()
        for thread in threads:
            thread.join()
        base.execute("rollback")
        base.close()
        if set(statuses) - {429, 503}:
            raise Failed(f"feedback is answered with {set(statuses)}")
        if slowest > 1:
            raise Failed(f"/healthz took {slowest:.1f} s")
    return (
        f"{len(statuses)} sent, all told kindly; /healthz took {slowest * 1000:.0f} ms at worst; "
        f"readers saw {dict(guide.readers.seen)}"
    )
