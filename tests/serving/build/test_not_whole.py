"""A build that is cut short, harmed or in the way is never served, and is made again."""

import io
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from tests.serving.build.shared import DAY
from treatment_guide.library.content_check import current_library
from treatment_guide.library.release import library_file
from treatment_guide.serving.build import built
from treatment_guide.serving.build.built import find_build
from treatment_guide.serving.build.front import Front
from treatment_guide.serving.build.making import (
    make_build,
    unwritten,
)


def test_a_build_cut_off_half_way_is_no_build(root, build, tmp_path):
    """What is written beside and not yet put in place is never found."""
    shutil.copytree(build.folder, tmp_path / ".draft-abc")

    with pytest.raises(library_file.BrokenBuild):
        find_build(tmp_path)


HALVES = {
    "a page cut short": lambda build: shorten(build.pages / "options" / "index.html"),
    "a compressed page cut short": lambda build: shorten(build.pages / "options" / "index.html.br"),
    "a page of zeros": lambda build: zeros(build.pages / "index.html"),
    "a page missing": lambda build: (build.pages / "index.html").unlink(),
    "the library cut short": lambda build: shorten(build.library),
    "the library missing": lambda build: build.library.unlink(),
    "the record cut short": lambda build: shorten(build.folder / built.RECORD),
    "the record missing": lambda build: (build.folder / built.RECORD).unlink(),
    "a record of something else": lambda build: (build.folder / built.RECORD).write_text("{}"),
}


def shorten(file):
    """Half of a file, as a copy leaves it that was cut off."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def zeros(file):
    """The right length and nothing in it, as some disks leave a file after a power cut."""
    file.write_bytes(bytes(file.stat().st_size))


@pytest.fixture
def half(build, tmp_path, request):
    """A folder with a copy of the build that is not whole."""
    copy = replace(build, folder=tmp_path / build.folder.name)
    shutil.copytree(build.folder, copy.folder)
    HALVES[request.param](copy)
    return tmp_path


@pytest.mark.parametrize("half", HALVES, indirect=True)
def test_a_build_that_is_not_whole_is_never_served(half):
    """Every file is looked at before the first reader comes; the fault names the command."""
    with pytest.raises(library_file.BrokenBuild, match=r"is not whole.*manage\.py build"):
        find_build(half)


@pytest.mark.parametrize("half", ["a page cut short", "the record missing"], indirect=True)
def test_a_build_that_is_not_whole_is_made_again(half, build):
    """The command mends it: nobody has to find and remove the folder."""
    made = make_build(half, current_library(), 1_000, DAY)

    assert made.hashes == build.hashes
    assert find_build(half) == made


@pytest.mark.parametrize("half", ["a page cut short"], indirect=True)
def test_a_whole_build_is_served_rather_than_a_newer_half(half, build):
    """A copy that was cut off does not stop a start that can be made."""
    shutil.copytree(build.folder, half / f"20261121-{build.stamp}")

    assert find_build(half).folder.name.startswith("20261121")


def test_a_build_of_a_day_to_come_is_not_preferred(root, build, tmp_path):
    """A clock that was wrong once leaves a build of another year: the next true one is served."""
    shutil.copytree(build.folder, tmp_path / f"20991231-{build.stamp}")
    shutil.copytree(build.folder, tmp_path / build.folder.name)

    assert find_build(tmp_path).folder.name == build.folder.name


def test_the_build_just_made_is_never_taken_away(build, tmp_path):
    """Three builds by a wrong clock do not push out the one that is right."""
    for year in (2097, 2098, 2099):
        shutil.copytree(build.folder, tmp_path / f"{year}1231-{build.stamp}")

    made = make_build(tmp_path, current_library(), 1_000, DAY)

    assert find_build(tmp_path) == made
    assert len(list(tmp_path.iterdir())) == 3


def test_content_that_changes_during_a_build_stops_it(tmp_path):
    """A build is of one state of the content, never of two halves; nothing is left behind."""
    with pytest.raises(library_file.BrokenBuild, match="changed during the build"):
        make_build(tmp_path, current_library(), 1, DAY, made_from="the stamp before")

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_stops_a_build_and_leaves_nothing_behind(tmp_path, monkeypatch):
    """What cannot be written whole is not there at all; the build before it goes on."""

    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)

    with pytest.raises(OSError, match="No space left"):
        make_build(tmp_path, current_library(), 1, DAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["build", "site"])
def test_a_full_disk_is_said_in_one_plain_line(tmp_path, command, monkeypatch):
    """Whoever builds reads what is wrong and that nothing was lost, not a traceback."""
    proven = SimpleNamespace(findings=(), answer_sets=1)
    monkeypatch.setattr("treatment_guide.management.commands.build.audit", lambda *of: proven)
    file = tmp_path / "file"
    file.write_text("where a folder should go")

    with pytest.raises(CommandError, match="Nothing was made: .*still stands"):
        call_command(command, file / "below", stdout=io.StringIO())


def test_a_copy_that_runs_out_of_room_is_said_alike():
    """Copying collects its faults in a list; the first is told, as the system words it."""
    full = shutil.Error([("from", "to", "[Errno 28] No space left on device")])

    assert "Nothing was made: [Errno 28] No space left" in unwritten(full)


def gone(copy):
    """The folder is taken away."""
    shutil.rmtree(copy.folder)


def cut_short(copy):
    """Every file is half of what it was."""
    for file in copy.pages.rglob("*"):
        if file.is_file():
            shorten(file)


def overwritten(copy):
    """Every page says something else."""
    for file in copy.pages.rglob("*.html*"):
        file.write_text("another page")


@pytest.mark.parametrize("harm", [gone, cut_short, overwritten])
@pytest.mark.parametrize(
    ("coding", "ending"), [("br", ".br"), ("gzip", ".gz"), ("", "")], ids=["br", "gzip", "plain"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_build_harmed_under_a_worker_changes_no_page(
    tmp_path, build, harm, coding, ending, method
):
    """A worker holds what it started with: no file is opened for a reader."""
    copy = replace(build, folder=tmp_path / "copy")
    shutil.copytree(build.folder, copy.folder)
    front = Front(lambda environ, start_response: [b"Django"], copy)
    harm(copy)
    asked = {"REQUEST_METHOD": method, "PATH_INFO": "/options/", "HTTP_ACCEPT_ENCODING": coding}
    asked |= {"HTTP_RANGE": "bytes=0-9", "HTTP_IF_NONE_MATCH": '"of another build"'}
    started = []

    body = front(asked, lambda status, headers: started.append((status, dict(headers))))

    page = (build.pages / "options" / f"index.html{ending}").read_bytes()
    ((status, headers),) = started
    assert b"".join(body) == (page if method == "GET" else b"")
    assert (status, headers.get("Content-Encoding", "")) == ("200 OK", coding)
    assert headers["Content-Length"] == str(len(page))


def test_a_kept_library_that_is_not_whole_is_refused(build, tmp_path):
    """A disk that was full, or a copy cut short, stops the start."""
    short = tmp_path / "short"
    short.write_bytes(build.library.read_bytes()[:-10])

    with pytest.raises(library_file.BrokenBuild, match="not whole"):
        library_file.read_library(short)
