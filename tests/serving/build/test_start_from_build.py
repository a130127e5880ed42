"""What a start takes a build for: its stamp, its library, its day."""

import os
import pickle
from datetime import date
from pathlib import Path

import pytest

from tests.serving.build.shared import BUILT, DAY, start
from treatment_guide.http.html import fragments
from treatment_guide.library.content_check import current_library
from treatment_guide.library.release import library_file
from treatment_guide.library.release.stamp import made_from
from treatment_guide.questionnaire.asking.choices import choice_parts
from treatment_guide.questionnaire.asking.live_list import list_parts
from treatment_guide.serving.build import built
from treatment_guide.serving.build.built import find_build
from treatment_guide.serving.build.making import (
    make_build,
    standing,
)
from treatment_guide.serving.prepared import prepare


@pytest.mark.parametrize("changed", ["content", "treatment_guide", "templates", "static"])
def test_another_content_or_code_has_another_stamp(tmp_path, changed):
    """A start with a build of something else is refused: the stamp covers all that shows."""
    for folder in ("content", "treatment_guide", "templates", "static"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "file").write_text("before")
    before = made_from(tmp_path, tmp_path / "content", {}).stamp

    (tmp_path / changed / "file").write_text("after")

    assert made_from(tmp_path, tmp_path / "content", {}).stamp != before


def test_another_setting_has_another_stamp(tmp_path):
    """The public origin stands in pages."""
    one, other = (made_from(tmp_path, tmp_path, {"PUBLIC_ORIGIN": o}) for o in ("one", "other"))

    assert one.stamp != other.stamp


def test_the_next_build_changes_nothing_for_a_worker_that_runs(ask, root, monkeypatch):
    """Content replaced while running: a worker serves what it started with until it is restarted."""
    before = ask("/options/")
    monkeypatch.setattr("treatment_guide.serving.build.making.stamp_now", lambda: "another")
    monkeypatch.setattr(built, "stamp_now", lambda: "another")
    make_build(root, current_library(), 1, date(2026, 11, 25))

    assert ask("/options/") == before


def test_the_build_of_another_day_is_made_again(root):
    """Numbers past their day turn into words by building daily."""
    assert standing(root, DAY) is not None
    assert standing(root, date(2026, 11, 23)) is None


def test_the_kept_library_is_the_library(build):
    """What is served from a build is what was checked."""
    assert library_file.read_library(build.library) == current_library()


def test_a_kept_library_brings_the_parts_of_pages(build, monkeypatch):
    """A server of a build renders none of them at its start, and they are the same."""
    kept = library_file.read_library(build.library)
    monkeypatch.delattr(fragments, "get_template")
    prepare(kept)

    assert vars(list_parts(kept)) == vars(list_parts(current_library()))
    assert choice_parts(kept).made == choice_parts(current_library()).made


def test_a_kept_library_can_call_nothing(tmp_path):
    """A file that names anything but our own values is refused before it is made."""

    class Harm:
        def __reduce__(self):
            return (os.system, ("true",))

    path = tmp_path / "harm"
    library_file.write_library(Harm(), path)

    with pytest.raises(library_file.BrokenBuild, match="has no place"):
        library_file.read_library(path)


def test_a_value_that_is_no_library_is_refused(tmp_path):
    """The right checksum around the wrong thing does not pass."""
    path = tmp_path / "other"
    library_file.write_library(["a list"], path)

    with pytest.raises(library_file.BrokenBuild, match="no library"):
        library_file.read_library(path)


def test_a_start_from_a_build_serves_it(root, build):
    """One environment variable turns built pages on, and no content is read again."""
    started = start(BUILD_DIR=str(root))

    assert (started.returncode, started.stderr) == (0, "")
    assert int(started.stdout) > len(BUILT)


def test_a_build_may_be_named_from_where_one_stands(root, build, monkeypatch):
    """`BUILD_DIR=.build`, as `make serve` says it, leads to the same pages as the whole path."""
    monkeypatch.chdir(root.parent)

    assert find_build(Path(root.name)) == build


def test_only_the_first_workers_take_the_build_as_it_was_found(root, build, monkeypatch):
    """A worker that is forked at once need not hash every file again; one that comes later does."""
    monkeypatch.setattr(built, "_looked", [])
    built.look_ahead(root)
    looks = []
    monkeypatch.setattr(built, "find_build", lambda root: looks.append(root) or build)

    assert (built.build_to_serve(root), looks) == (build, [])
    monkeypatch.setattr(built, "JUST_FOUND", 0)
    assert (built.build_to_serve(root), looks) == (build, [root])


def test_a_start_without_its_build_fails(tmp_path):
    """Old pages are never served under new code or content: the start says what to run."""
    started = start(BUILD_DIR=str(tmp_path))

    assert started.returncode != 0
    assert "manage.py build" in started.stderr


def test_a_library_is_made_of_values_alone():
    """The library can be kept: it holds nothing that is tied to one process."""
    assert pickle.loads(pickle.dumps(current_library())) == current_library()
