"""A database that is locked, gone or open to all: readers do not wait, the log says why."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import utils

from treatment_guide.feedback.database import cause
from treatment_guide.feedback.private_sqlite.base import keep_private
from treatment_guide.feedback.store import Store

ROOT = Path(__file__).parents[2]
TYPED = "the walrus was paperback"

#: A worker with four threads, as a server runs it, while another program holds the database.
WORKER = """
import json, sqlite3, sys, time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from treatment_guide.wsgi import application
from django.core.management import call_command
from django.db import connection

file, typed = sys.argv[1:]
call_command("migrate", skip_checks=True, verbosity=0)
connection.close()

def ask(path, body=b""):
    began, said = time.monotonic(), []
    environ = {
        "REQUEST_METHOD": "POST" if body else "GET", "PATH_INFO": path, "SCRIPT_NAME": "",
        "QUERY_STRING": "", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
    }
    answer = application(environ, lambda status, headers, *_: said.append(int(status[:3])))
    page = b"".join(answer).decode()
    answer.close()
    return said[0], time.monotonic() - began, typed in page

note = f"page=/options/prp/&yes=1&line={typed}".encode()
ask("/healthz"), ask("/options/prp/")  # whatever is made at the first request is made
holder = sqlite3.connect(file, isolation_level=None)
holder.execute("begin exclusive")
with ThreadPoolExecutor(4) as threads:
    began = time.monotonic()
    notes = [threads.submit(ask, "/feedback/", note) for _ in range(12)]
    health = threads.submit(ask, "/healthz")
    status, _, _ = health.result()
    waited = time.monotonic() - began
    notes = [each.result() for each in notes]
holder.execute("rollback")
print(json.dumps({
    "healthz": status,
    "waited": waited,
    "notes": sorted({each[0] for each in notes}),
    "given back": all(each[2] for each in notes),
    "longest": max(each[1] for each in notes),
}))
"""


def test_nobody_waits_for_a_locked_database(tmp_path):
    """Twelve notes in four threads, and the database held by another program: health is told
    within a second, all notes are given back, and the log names the cause once, without a note.
    """
    file = tmp_path / "feedback.sqlite3"
    done = subprocess.run(
        [sys.executable, "-c", WORKER, str(file), TYPED],
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{file}",
            "DJANGO_SETTINGS_MODULE": "treatment_guide.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    lines = [json.loads(line) for line in done.stderr.splitlines()]

    assert (found["healthz"], found["notes"], found["given back"]) == (200, [503], True)
    assert found["waited"] < 1
    assert found["longest"] < 1
    assert [line["message"] for line in lines] == [
        "Feedback is not kept: OperationalError: database is locked"
    ]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def mode(file):
    """Who may do what with a file."""
    return stat.S_IMODE(file.stat().st_mode)


def test_a_new_database_is_its_owners_alone(tmp_path):
    """Whatever the machine's habit: what readers wrote is for editors."""
    file = tmp_path / "feedback.sqlite3"
    before = os.umask(0)
    try:
        keep_private(str(file))
        with sqlite3.connect(file) as base:
            base.execute("pragma journal_mode = wal")
            base.execute("create table t (x)")
            modes = {each.name: mode(each) for each in tmp_path.iterdir()}
    finally:
        os.umask(before)
        base.close()

    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


def test_an_old_database_is_closed_to_others(tmp_path):
    """One that stands there from an earlier release, with what stands beside it."""
    files = [tmp_path / f"feedback.sqlite3{end}" for end in ("", "-journal", "-wal", "-shm")]
    for file in files:
        file.touch()
        file.chmod(0o644)
    files[0].write_bytes(b"kept")

    keep_private(str(files[0]))

    assert {mode(file) for file in files} == {0o600}
    assert files[0].read_bytes() == b"kept"


@pytest.mark.parametrize("name", [":memory:", "file:x?mode=memory", "{0}/none/feedback.sqlite3"])
def test_what_is_no_file_is_left_alone(tmp_path, monkeypatch, name):
    """A database in memory, or one that cannot be made: SQLite says what it has to say."""
    monkeypatch.chdir(tmp_path)

    keep_private(name.format(tmp_path))

    assert list(tmp_path.iterdir()) == []


SECRET = "hunter2"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            utils.OperationalError(
                'connection to server at "db", port 5432 failed: refused\nIs it?'
            ),
            'OperationalError: connection to server at "db", port 5432 failed: refused',
        ),
        (
            utils.OperationalError(f"bad password {SECRET}"),
            "OperationalError: bad password [password]",
        ),
        (utils.OperationalError(f"near {TYPED}"), "OperationalError"),
        (utils.OperationalError(), "OperationalError"),
        (utils.IntegrityError(f"Failing row contains ({TYPED})."), "IntegrityError"),
        (utils.DataError(f"value too long: {TYPED}"), "DataError"),
        (
            utils.InterfaceError("connection already closed"),
            "InterfaceError: connection already closed",
        ),
        (
            utils.ProgrammingError(f"no table\nLINE 1: INSERT ... '{TYPED}'"),
            "ProgrammingError: is the table there? Run: manage.py migrate",
        ),
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
    ],
)
def test_the_log_names_the_cause_and_nothing_of_a_reader(settings, monkeypatch, error, told):
    """The kind of fault, and the words of the database: no note, no password."""
    monkeypatch.setitem(settings.DATABASES["default"], "PASSWORD", SECRET)

    assert cause(error, f"  {TYPED}  ") == told


@pytest.mark.parametrize("fault", [utils.OperationalError, utils.InterfaceError, OSError])
@pytest.mark.django_db
def test_a_database_that_fails_is_told_of_once_in_a_while(monkeypatch, caplog, fault):
    """One line for each time that it is tried, and it is left alone in between."""
    now = [0.0]
    store = Store(lambda: now[0])

    def fail(*args, **fields):
        raise fault("it is gone")

    monkeypatch.setattr("treatment_guide.feedback.store.Feedback.objects.count", fail)

    def send():
        return store.keep("/options/prp/", True, "", "2026-11-24", "r")

    assert {send() for _ in range(20)} == {"not-kept"}
    assert len(caplog.records) == 1
    now[0] = 31.0
    assert {send() for _ in range(20)} == {"not-kept"}
    assert len(caplog.records) == 2
