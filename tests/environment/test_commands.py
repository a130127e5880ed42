"""What whoever runs the guide sees of a wrong setting: at a check, a build and a start."""

import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import brotli
import pytest
from django.conf import settings
from django.core.management import call_command
from whitenoise.compress import Compressor

from treatment_guide.library.release.stamp import made_from
from treatment_guide.serving.build import built

ROOT = Path(__file__).parents[2]
#: A check of the settings alone, beside content that is read in no time.
SETTINGS = ("--tag", "settings")
SMALL = {"CONTENT_DIR": str(ROOT / "tests/library/files/valid")}
WRONG = {
    "PUBLIC_ORIGIN": "https://guide.example.org/",
    "ALLOWED_HOSTS": "https://guide.example.org",
    "ACCESS_LOG": "flase",
    "HSTS_SECONDS": "abc",
    "DATABASE_URL": "mysql://guide:Geheimwort@db/guide",
    "REGION": "fr",
    "CONTACT": "guide@example.org",
}


def run(*command, **environ):
    """A Python of its own with this environment; its status and all that it said."""
    done = subprocess.run(
        [sys.executable, *command],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "treatment_guide.settings", **environ},
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "check"),
        ("manage.py", "check", "--deploy", *SETTINGS),
        ("manage.py", "build", "none"),
        ("manage.py", "feedback"),
        ("manage.py", "serve"),
        ("-m", "treatment_guide.wsgi"),
    ],
    ids=" ".join,
)
def test_every_wrong_setting_is_named_before_anything_is_done(command):
    """A check, a build and a start name all of them, and no password."""
    status, said = run(*command, **WRONG, **SMALL)

    assert status != 0
    assert [name for name in WRONG if f"{name} is `" not in said] == []
    assert "Geheimwort" not in said
    assert "Traceback" not in said or command[0] == "-m"
    assert not (ROOT / "none").exists()


def test_a_machine_for_readers_passes_with_one_setting():
    """PUBLIC_ORIGIN is what readers need; the hosts follow from it."""
    assert run("manage.py", "check", "--deploy", PUBLIC_ORIGIN="https://guide.example.org")[0] == 0


def test_a_deploy_check_names_what_is_for_a_try_out_alone():
    """What is well on one's own machine is not well for readers."""
    wrong = {"DEBUG": "yes", "ALLOWED_HOST": "x"}
    status, said = run("manage.py", "check", "--deploy", *SETTINGS, **wrong, **SMALL)

    assert status != 0
    assert "PUBLIC_ORIGIN is not set" in said
    assert "DEBUG is `yes`" in said
    assert "Is ALLOWED_HOSTS meant" in said


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A folder with one build of the real content, made by somebody with a strict umask."""
    root = tmp_path_factory.mktemp("builds") / "build"
    proven = SimpleNamespace(findings=(), answer_sets=1)
    before = os.umask(0o077)
    try:
        with (
            patch("treatment_guide.management.commands.build.audit", lambda *of: proven),
            patch.object(Compressor, "compress_brotli", partial(brotli.compress, quality=3)),
        ):
            call_command("build", root, stdout=io.StringIO())
    finally:
        os.umask(before)
    return root


def refused(root, **environ):
    """What a start from that folder says; it has to be refused."""
    status, said = run("-m", "treatment_guide.wsgi", BUILD_DIR=str(root), **environ)
    assert status != 0
    assert f"manage.py build {root}" in said
    return said


def test_the_setting_that_differs_from_the_build_is_named(root):
    """The variable, what it is now, and what it was."""
    said = refused(root, PUBLIC_ORIGIN="https://guide.example.org", PUBLISHER="Example Hospital")

    was = settings.PUBLIC_ORIGIN
    assert f"PUBLIC_ORIGIN is https://guide.example.org now and was {was} when it was made" in said
    assert "PUBLISHER is Example Hospital now and was not set when it was made" in said
    assert "content changed" not in said
    assert "code changed" not in said


def test_our_server_says_so_before_it_starts(root):
    """No crash loop, no traceback: one message, and the end."""
    status, said = run("manage.py", "serve", BUILD_DIR=str(root), SITE_NAME="Another name")

    assert status != 0
    assert "SITE_NAME is Another name now and was not set when it was made" in said
    assert "Traceback" not in said
    assert "granian" not in said


def test_a_try_out_prints_addresses_that_work():
    """Without PUBLIC_ORIGIN links and QR codes lead to where the server listens."""
    code = (
        "import django; django.setup(); from django.test import Client; "
        "print(Client().get('/robots.txt', headers={'host': '127.0.0.1:8123'}).text)"
    )
    status, said = run("-c", code, HOST="0.0.0.0", PORT="8123")

    assert status == 0
    assert "Sitemap: http://127.0.0.1:8123/sitemap.xml" in said


def test_content_that_changed_since_the_build_is_named(root, tmp_path):
    """Not the settings, not the code."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    (content / "README.md").write_text("other words")

    said = refused(root, PUBLIC_ORIGIN=settings.PUBLIC_ORIGIN, CONTENT_DIR=str(content))

    assert "the content changed since" in said
    assert "code changed" not in said
    assert "PUBLIC_ORIGIN is" not in said


def test_a_try_out_that_listens_elsewhere_is_told_why():
    """Without PUBLIC_ORIGIN the address is that of HOST and PORT: another port, other QR codes."""
    now = made_from(ROOT / "deploy", ROOT / "deploy", {"PUBLIC_ORIGIN": "http://127.0.0.1:8001"})

    assert now.changes({"settings": {"PUBLIC_ORIGIN": "http://127.0.0.1:8000"}}) == [
        "PUBLIC_ORIGIN is http://127.0.0.1:8001 now and was http://127.0.0.1:8000 when it was made",
        "the content changed since",
        "the code changed since",
    ]


@pytest.mark.parametrize("field", ["content", "code", "python", "settings"])
def test_each_part_of_a_stamp_is_told_apart(field):
    """One thing changed is one clause, and another stamp."""
    settings_ = {"PUBLIC_ORIGIN": "https://guide.example.org"}
    now = made_from(ROOT / "deploy", ROOT / "deploy", settings_)
    was = {"content": now.content, "code": now.code, "python": now.python, "settings": settings_}
    other = {"SITE_NAME": "Another", **settings_} if field == "settings" else "other"

    assert now.changes(was) == []
    (clause,) = now.changes({**was, field: other})
    assert {"settings": "SITE_NAME", "python": "Python"}.get(field, field) in clause
    assert replace(now, **{field: other}).stamp != now.stamp


def test_a_record_that_cannot_be_read_is_said(tmp_path):
    """A record of nonsense is no traceback."""
    for name, record in (
        ("20260101-a", "{"),
        ("20260102-b", "[]"),
        ("20260103-c", '{"settings": 1}'),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / built.RECORD).write_text(record)
        assert name in built.differences(tmp_path)


def test_an_old_record_is_told_from_what_it_holds(tmp_path):
    """A build of an earlier release has no settings in its record: the code changed."""
    folder = tmp_path / "20260101-old"
    folder.mkdir()
    content = built.made_from_now().content
    (folder / built.RECORD).write_text(json.dumps({"stamp": "old", "content": content}))

    assert "the code changed since" in built.differences(tmp_path)


def test_no_folder_and_no_build_are_told_apart(tmp_path):
    """A path with a typing error is not a build that is missing."""
    assert "no such folder" in built.differences(tmp_path / "none")
    assert "No build is there" in built.differences(tmp_path)


def test_a_build_can_be_read_by_another_user(root):
    """Whoever builds has mostly a strict umask, and the server is another user."""
    assert [path for path in [root, *root.rglob("*")] if not path.stat().st_mode & 0o004] == []
