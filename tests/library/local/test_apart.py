"""A hospital's words are no part of the guide: its record, its ledgers and its proof never see them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import CommandError, call_command

from tests.local_copy import EXAMPLE, hospital_copy
from treatment_guide.library.content_check import content_is_sound
from treatment_guide.library.problems import BrokenContent
from treatment_guide.library.release.seen import items
from treatment_guide.library.release.stamp import made_from
from treatment_guide.management.commands import release


@pytest.fixture(scope="module")
def with_example():
    """The real guide with the example hospital."""
    return hospital_copy()


def test_the_record_of_a_release_holds_no_word_of_a_hospital(with_example, guide) -> None:
    """But for its clinics, which only a start with the folder has, every item is the same; the
    command that records reads the guide without any folder.
    """
    clinics = {f"clinics/{number}" for number in with_example.clinics if number > 255}
    mine = {
        name: words
        for name, words in items(with_example).items()
        if not any(name.startswith(each) for each in clinics)
    }

    assert mine == items(guide)


def test_the_record_is_written_without_the_folder(settings, monkeypatch) -> None:
    """Whatever LOCAL_DIR says."""
    settings.LOCAL_DIR = EXAMPLE
    given = []

    def reading(root: Path, **more: object) -> None:
        given.append(more)
        raise BrokenContent([])

    monkeypatch.setattr(release, "load_languages", reading)
    with pytest.raises(CommandError):
        call_command("release", "--check")

    assert given == [{}]


def test_the_ledgers_of_the_guide_are_not_written_with_the_folder(settings) -> None:
    """A hospital's codes are promised by the hospital."""
    settings.LOCAL_DIR = EXAMPLE
    with pytest.raises(CommandError, match="LOCAL_DIR"):
        call_command("ledger", "--check")


def test_the_rules_are_the_same(with_example, guide) -> None:
    """What is proved of the guide holds for the hospital."""
    assert with_example.guide == guide.guide
    assert with_example.rules == guide.rules


@pytest.mark.parametrize(
    "change",
    [
        lambda own: (own / "en/options.md").write_text("## prp\nWe do this.\n"),
        lambda own: (own / "logo.svg").unlink(),
        lambda own: (own / "clinics/valley-pain-clinic.yaml").write_bytes(b"x"),
    ],
    ids=["words", "logo", "clinic"],
)
def test_the_stamp_of_a_build_is_made_from_the_folder(tmp_path: Path, change) -> None:
    """A build is out of date when the folder changes, and says so."""
    own = copytree(EXAMPLE, tmp_path / "own")
    few = tmp_path / "content"
    few.mkdir()
    before = made_from(few, few, {}, own)
    change(own)
    after = made_from(few, few, {}, own)

    assert before.stamp != after.stamp
    assert after.changes({**vars(after), "local": before.local}) == [
        "the clinic's own folder (LOCAL_DIR) changed since"
    ]


def test_what_is_not_read_does_not_change_the_stamp(tmp_path: Path) -> None:
    """Hidden files, and files that stop the start anyway."""
    own = copytree(EXAMPLE, tmp_path / "own")
    before = made_from(tmp_path, tmp_path / "none", {}, own).local
    (own / ".git").mkdir()
    (own / ".git/HEAD").write_text("x")

    assert made_from(tmp_path, tmp_path / "none", {}, own).local == before


def test_a_guide_without_a_folder_has_the_stamp_it_had(tmp_path: Path) -> None:
    """No build becomes out of date because folders are now possible."""
    made = made_from(tmp_path, tmp_path, {"PUBLIC_ORIGIN": "https://guide.example"})
    assert made.local == ""


def test_what_no_longer_fits_is_a_warning_of_the_check(monkeypatch, with_example) -> None:
    """`manage.py check` names it, and does not fail."""
    assert with_example.local
    told = replace(with_example, local=replace(with_example.local, told=("options.md:1 gone",)))
    monkeypatch.setattr("treatment_guide.library.content_check.current_library", lambda: told)
    (warning,) = content_is_sound(None)

    assert (warning.msg, warning.is_serious()) == ("options.md:1 gone", False)
