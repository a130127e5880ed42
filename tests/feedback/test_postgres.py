"""Feedback in a real PostgreSQL: kept, read, and survived when it fails."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.feedback.postgres import NotHere, postgres

ROOT = Path(__file__).parents[2]

#: What a worker does, in a process of its own, before, during and after a failure.
WORKER = """
import json, os, sys
import django
django.setup()
from datetime import date
from django.db import connection
from treatment_guide.feedback.models import Feedback
from treatment_guide.feedback.store import Store

def keep(line):
    return Store().keep("/options/prp/", True, line, date(2026, 11, 24), "r")

said = {"vendor": connection.vendor}
said["well"] = keep("Dr. Jane Smith helped")
said["line"] = Feedback.objects.values_list("line", flat=True).get()
connection.cursor().execute("alter role current_user set default_transaction_read_only = on")
said["read-only"] = keep("x")
connection.cursor().execute("set default_transaction_read_only = off")
connection.cursor().execute("alter role current_user reset default_transaction_read_only")
print("stop", flush=True); sys.stdin.readline()
said["gone"] = keep("x")
print("start", flush=True); sys.stdin.readline()
said["back"] = keep("again")
said["count"] = Feedback.objects.count()
print(json.dumps(said), flush=True)
"""


@pytest.fixture(scope="module")
def server():
    """A running PostgreSQL. Only where none can be had is it skipped, and never in CI."""
    try:
        if not find_spec("psycopg"):
            raise NotHere("psycopg is not installed: make test installs it")
        with postgres() as running:
            yield running
    except NotHere as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


@pytest.fixture
def environment(server):
    """The environment of a worker that keeps feedback there."""
    return {
        **os.environ,
        "DATABASE_URL": server.url,
        "DJANGO_SETTINGS_MODULE": "treatment_guide.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
    }


def test_postgres_keeps_feedback_and_may_fail_at_any_time(server, environment):
    """Read-only or gone: the note is not kept, and it is said; once well again, notes are kept.

    The log names each cause.
    """
    manage = [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity", "0"]
    subprocess.run(manage, cwd=ROOT, env=environment, check=True)
    pipe = subprocess.PIPE
    pipes = {"stdin": pipe, "stdout": pipe, "stderr": pipe, "text": True}
    with subprocess.Popen([sys.executable, "-c", WORKER], env=environment, **pipes) as worker:
        for said, act in (("stop", server.stop), ("start", server.start)):
            assert worker.stdout.readline().strip() == said
            act()
            worker.stdin.write("\n")
            worker.stdin.flush()
        found = json.loads(worker.stdout.readline())
        logged = [json.loads(line)["message"] for line in worker.stderr.read().splitlines()]

    assert found == {
        "vendor": "postgresql",
        "well": "kept",
        "line": "[removed] helped",
        "read-only": "not-kept",
        "gone": "not-kept",
        "back": "kept",
        "count": 2,
    }
    assert len(logged) == 2
    assert "cannot execute INSERT in a read-only transaction" in logged[0]
    assert "OperationalError" in logged[1]
    assert f"port {server.port}" in logged[1]
