"""A server of a build starts and answers without what reads the content files."""

import os
import subprocess
import sys

from treatment_guide import settings
from treatment_guide.library.release.library_file import write_library

#: Takes a stored library as `wsgi.py` takes that of a build, answers, and prints what was imported.
SERVED = """
import sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from treatment_guide.library.content_check import take_library
from treatment_guide.library.release.library_file import read_library
take_library(read_library(Path(sys.argv[1])))
from treatment_guide.serving.server import start, worker, request_handler, refusals
import treatment_guide.wsgi
print("\\n".join(sys.modules), end="\\n---\\n")
from django.test import Client
from tests.stories import choices_of
from treatment_guide.engine.code import days_since_2026, encode
from treatment_guide.http.clock import today
answers = choices_of({"urgent": "none", "place": "knee", "urgent-here": "none"})
code = encode(treatment_guide.wsgi.library.layout, answers, day=days_since_2026(today()))
for address in sys.argv[2:]:
    assert Client().get(address.format(code=code)).status_code in (200, 303), address
print("\\n".join(sys.modules))
"""
#: The loader and the shapes of files, and what they read with: a fifth of a second, 20 MB.
NEVER = (
    "treatment_guide.library.loading",
    "treatment_guide.library.schema",
    "pydantic",
    "yaml",
    "markdown_it",
    "textstat",
)
#: What one kind of request needs at its first time.
NOT_AT_START = ("rapidfuzz", "unittest")


def test_a_server_of_a_build_never_imports_what_reads_the_content(tmp_path, library):
    """Neither at its start nor while it answers: pages, answers, a search, a comparison."""
    write_library(library, tmp_path / "library")
    addresses = (
        "/",
        "/options/prp/",
        "/about/scorecard/",
        "/search/?q=arthritis",
        "/compare/?option=prp&option=exercise-program",
        "/whats-next/cause/{code}/",
        "/whats-next/outcome/{code}/",
        "/whats-next/clinician/{code}/",
        "/clinics/",
        "/clinics/integrator-sheet/",
        "/infobutton?mainSearchCriteria.v.c=M17&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90",
    )
    command = [sys.executable, "-c", SERVED, str(tmp_path / "library"), *addresses]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    run = subprocess.run(
        command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    at_start, later = (part.split() for part in run.stdout.split("\n---\n"))
    assert [name for name in later if name.startswith(NEVER)] == []
    assert [name for name in at_start if name.startswith(NOT_AT_START)] == []
