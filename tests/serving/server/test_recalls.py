"""A recall acts on a server that runs: noticed, never half, never lifted by a mistake."""

import json
import time
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from tests.serving.server.running import Running, started
from treatment_guide.library import content_check
from treatment_guide.library.problems import BrokenContent
from treatment_guide.library.recall import standing
from treatment_guide.serving.server.recall_watch import RecallWatch

RECALL = """
withdraws = "option:prp"
day = 2026-11-20
by = "The pharmacy"
[en]
why = "The kit was found to be unclean."
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """RECALLS_DIR, empty, of a process that has read nothing yet."""
    monkeypatch.setattr(settings, "RECALLS_DIR", tmp_path)
    monkeypatch.setattr(standing, "_sound", {})
    monkeypatch.setattr(standing, "_started", [])
    return tmp_path


@pytest.fixture
def replaced() -> list[int]:
    """How often the workers were replaced: once for each item."""
    return []


@pytest.fixture
def watch(folder: Path, replaced: list[int]) -> RecallWatch:
    """The watch of a server that has just started."""
    assert standing.remember() == []
    return RecallWatch(lambda: replaced.append(1))


def names() -> list[str]:
    """What a worker that starts now would withdraw."""
    return [each.name for each in standing.recalls_now()[0]]


def test_a_file_that_came_replaces_the_workers_once(folder, watch, replaced):
    """The second look that finds it the same acts: the first may see half of it."""
    (folder / "prp.toml").write_text(RECALL)

    assert [watch.look() for _ in range(4)] == [False, True, False, False]
    assert (replaced, names()) == ([1], ["prp"])


def test_a_file_that_went_replaces_the_workers(folder, watch, replaced):
    (folder / "prp.toml").write_text(RECALL)
    [watch.look() for _ in range(2)]
    (folder / "prp.toml").unlink()

    assert [watch.look() for _ in range(3)] == [False, True, False]
    assert names() == []


def test_a_file_that_is_still_being_written_waits(folder, watch, replaced):
    for end in (20, 60, len(RECALL)):
        (folder / "prp.toml").write_text(RECALL[:end])
        assert not watch.look()

    assert replaced == []


def test_a_fault_replaces_nobody_and_is_logged(folder, watch, replaced, caplog):
    (folder / "prp.toml").write_text(RECALL.replace('"The kit', "The kit"))
    [watch.look() for _ in range(3)]

    assert replaced == []
    assert "not in effect" in caplog.text and "prp.toml:6" in caplog.text


@pytest.mark.parametrize("harm", ["half", "unreadable", "gone"])
def test_a_mistake_does_not_lift_a_recall(folder, watch, harm, monkeypatch):
    """A worker that starts anew takes the file as it was when it had no fault."""
    (folder / "prp.toml").write_text(RECALL)
    [watch.look() for _ in range(2)]
    if harm == "half":
        (folder / "prp.toml").write_text(RECALL[:60])
    elif harm == "unreadable":
        (folder / "prp.toml").write_bytes(b"\xff\xfe")
    else:  # the disk with the folder is no longer there
        monkeypatch.setattr(settings, "RECALLS_DIR", folder / "prp.toml")
        monkeypatch.setattr(standing, "_sound", {f"{folder}/prp.toml/prp.toml": RECALL})
    standing._started[:] = [time.monotonic() - standing.STARTING - 1]
    recalls, faults = standing.recalls_now()

    assert [each.name for each in recalls] == ["prp"]
    assert faults


def test_a_fault_stops_a_start(folder, monkeypatch):
    """Before any reader is there, whoever starts it is told, with file and line."""
    (folder / "prp.toml").write_text(RECALL.replace("option:prp", "option:prpp"))
    content_check.current_library.cache_clear()
    try:
        with pytest.raises(BrokenContent, match=r"prp\.toml:1 \[withdraws\].*Is `prp` meant"):
            content_check.current_library()
    finally:
        content_check.current_library.cache_clear()


def test_words_of_a_recall_are_read_as_an_editor_reads_them_and_never_wait(folder):
    """The check warns with file, line and field; the recall acts all the same."""
    hard = "We recommend that every patient undergo immediate radiological reassessment by multidisciplinary specialists."
    (folder / "prp.toml").write_text(RECALL + f'do = "{hard}"\n')
    content_check.current_library.cache_clear()
    try:
        assert "prp" in content_check.current_library().withdrawn
        told = [str(each.msg) for each in content_check.content_is_sound(None)]
    finally:
        content_check.current_library.cache_clear()
    assert all(f"{folder}/prp.toml:7 [en.do]" in each for each in told)
    assert any("is not ours to say" in each for each in told)
    assert any("reads at" in each for each in told)


def test_a_recall_acts_in_every_language_and_leaves_the_released_library(folder):
    """A build stores the released library with its translations, so that a recall can be lifted."""
    (folder / "prp.toml").write_text(RECALL)
    content_check.current_library.cache_clear()
    try:
        library = content_check.current_library()
        for each in (library, *library.translations.values()):
            assert "prp" not in each.options and "prp" not in each.guide.options
        released = content_check.released_library()
        for each in (released, *released.translations.values()):
            assert "prp" in each.options and "prp" in each.guide.options
    finally:
        content_check.current_library.cache_clear()


def withdrawn(guide: Running) -> str:
    """What the server says is withdrawn; `…` while no worker listens."""
    with suppress(OSError), urlopen(f"http://127.0.0.1:{guide.port}/healthz", timeout=20) as answer:
        return json.load(answer)["withdrawn"]
    return "…"


def test_a_recall_acts_on_a_guide_that_runs(tmp_path):
    """A file is copied into the folder, and within a minute nobody is offered the option. When the
    file goes, it is offered again.

    This guide reads its content whenever a worker starts, which may take longer than the old worker
    stays; with a build it takes a second.
    """
    recalls = tmp_path / "recalls"
    recalls.mkdir()
    with started(tmp_path / "log", RECALLS_DIR=str(recalls)) as guide:
        for text, said in ((RECALL, "option:prp"), ("", "")):
            file = recalls / "prp.toml"
            if text:
                file.write_text(text)
            else:
                file.unlink()
            until = time.monotonic() + 60
            while withdrawn(guide) != said:
                assert time.monotonic() < until, (tmp_path / "log").read_text()
                time.sleep(0.2)
            assert guide.ask("GET", "/options/prp/") == 200
