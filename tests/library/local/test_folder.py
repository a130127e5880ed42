"""What a hospital's own folder may hold: it adds, and changes nothing of the guide."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.library.local.conftest import FaultsIn
from tests.local_copy import read_folder
from treatment_guide.library.local_files import MOST_BYTES, local_files
from treatment_guide.library.model import Library


def test_the_example_is_whole(hospital: Path) -> None:
    """It shows everything that a folder can hold, and has no fault."""
    local, clinics, faults = read_folder(hospital)

    assert faults == []
    assert local and local.made_up and local.logo and local.colors and local.told == ()
    assert local.options and local.situations and len(local.language_help) > 1
    assert sorted(clinics) == [341, 342] and clinics[341].notice
    assert all("555" in clinic.phone.number for clinic in clinics.values())


@pytest.mark.parametrize(
    "name",
    [
        "en/questions/urgent.md",
        "en/get-help-now.md",
        "en/options/prp.md",
        "en/danger-phrases.md",
        "en/ui.md",
        "guide/options/prp.yaml",
        "guide/facts/prp.yaml",
        "guide/numbers.yaml",
        "content/guide/site.yaml",
        "questions/urgent.yaml",
        "static/css/tokens.css",
        "templates/base.html",
        "en/options.md.bak",
        "clinics/Valley.yaml",
        "clinics/deeper/valley.yaml",
        "logo.png",
        "manage.py",
    ],
)
def test_what_the_guide_does_not_read_there_is_refused(
    hospital: Path, faults_in: FaultsIn, name: str
) -> None:
    """A rule, a fact, a danger sign, a page, a style: none can be shadowed. It is told what the
    folder may hold.
    """
    (hospital / name).parent.mkdir(parents=True, exist_ok=True)
    (hospital / name).write_text("words: 1\n")
    (fault,) = faults_in()

    first = name.split("/")[0]
    assert fault.file.startswith(str(hospital / first))
    assert "It may hold" in fault.message


def test_hidden_files_are_left_alone(hospital: Path, faults_in: FaultsIn) -> None:
    """Editors and version control make them."""
    (hospital / ".git").mkdir()
    (hospital / "en/.options.md.swp").write_text("x")

    assert faults_in() == []


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("logo.svg", "/etc/hostname"),
        ("en/options.md", "/etc/passwd"),
        ("clinics", "/etc"),
        ("en", "/usr/share"),
        ("README.md", "../../../outside.md"),
    ],
)
def test_a_link_out_of_the_folder_is_not_followed(
    hospital: Path, faults_in: FaultsIn, name: str, leads_to: str
) -> None:
    """Neither to show a file of the machine nor to let a build hash all of it."""
    path = hospital / name
    if path.is_dir():
        path.rename(hospital.parent / name)
    else:
        path.unlink()
    path.symlink_to(leads_to)

    assert any(fault.file.startswith(str(path)) for fault in faults_in())
    assert path not in local_files(hospital)
    assert all(str(each).startswith(str(hospital)) for each in local_files(hospital))


def test_a_link_within_the_folder_is_followed(hospital: Path, faults_in: FaultsIn) -> None:
    """As Kubernetes lays out the files of a map."""
    (hospital / "..data").mkdir()
    (hospital / "logo.svg").rename(hospital / "..data/logo.svg")
    (hospital / "logo.svg").symlink_to("..data/logo.svg")

    assert faults_in() == []
    assert hospital / "logo.svg" in local_files(hospital)


def test_a_pipe_does_not_stop_a_start(hospital: Path, faults_in: FaultsIn) -> None:
    """A file that is none would be waited for, for ever."""
    (hospital / "README.md").unlink()
    os.mkfifo(hospital / "README.md")

    assert ["plain file" in fault.message for fault in faults_in()] == [True]


def test_a_huge_file_is_not_read(hospital: Path, faults_in: FaultsIn) -> None:
    """It is told with its size."""
    (hospital / "en/options.md").write_text("a" * (MOST_BYTES + 1))

    assert any(f"{MOST_BYTES:,}" in fault.message for fault in faults_in())


@pytest.mark.parametrize("name", ["en/options.md", "hospital.yaml", "language-help.md"])
@pytest.mark.parametrize(
    ("before", "after"), [(b"", b"\r\n"), (b"\xef\xbb\xbf", b"\n"), (b"\xef\xbb\xbf", b"\r\n")]
)
def test_a_byte_order_mark_and_ends_of_lines_of_windows_are_taken(
    hospital: Path, faults_in: FaultsIn, name: str, before: bytes, after: bytes
) -> None:
    """Hospitals write on Windows."""
    path = hospital / name
    path.write_bytes(before + path.read_bytes().replace(b"\n", after))

    assert faults_in() == []


def test_words_in_another_encoding_are_told(hospital: Path, faults_in: FaultsIn) -> None:
    """With the line of the first letter that is none."""
    path = hospital / "language-help.md"
    path.write_bytes(path.read_bytes().replace("español".encode(), "español".encode("latin-1")))
    (fault,) = faults_in()

    assert (fault.file, fault.line) == (str(path), 2)


# --- numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ("clinics: {valley-pain-clinic: 2, riverside-joint-clinic: 342}", "not yours"),
        ("clinics: {valley-pain-clinic: 255, riverside-joint-clinic: 342}", "not yours"),
        ("clinics: {valley-pain-clinic: 512, riverside-joint-clinic: 342}", "not yours"),
        ("clinics: {valley-pain-clinic: 0, riverside-joint-clinic: 342}", "not yours"),
        ("clinics: {valley-pain-clinic: 342, riverside-joint-clinic: 342}", "never given twice"),
        (
            "clinics: {valley-pain-clinic: 341, riverside-joint-clinic: 342}\nretired: [342]",
            "never given twice",
        ),
        (
            "clinics: {valley-pain-clinic: 341, riverside-joint-clinic: 342}\nretired: [1]",
            "not yours",
        ),
        ("clinics: {valley-pain-clinic: 341}", "has no number"),
        (
            "clinics: {valley-pain-clinic: 341, riverside-joint-clinic: 342, gone: 343}",
            "retired: [343]",
        ),
        ("clinics: {valley-pain-clinic: many, riverside-joint-clinic: 342}", "whole number"),
    ],
)
def test_a_number_that_is_not_the_clinics_own_is_refused(
    hospital: Path, faults_in: FaultsIn, numbers: str, says: str
) -> None:
    """The guide's numbers, another clinic's, one that was given before: each once, with what would
    be right.
    """
    (hospital / "numbers.yaml").write_text(f"{numbers}\n")

    assert [says in fault.message for fault in faults_in()] == [True]


def test_a_clinic_of_the_guide_is_not_renamed(
    hospital: Path, faults_in: FaultsIn, guide: Library
) -> None:
    """Its id is taken, so links of the kit could lead to another clinic."""
    (taken,) = [clinic.id for clinic in guide.clinics.values()]
    (hospital / "clinics/valley-pain-clinic.yaml").rename(hospital / f"clinics/{taken}.yaml")
    numbers = hospital / "numbers.yaml"
    numbers.write_text(numbers.read_text().replace("valley-pain-clinic", taken))

    assert any(taken in fault.message for fault in faults_in())


# --- hospital.yaml --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("Example Valley Hospital", "<script>alert(1)</script>", "name"),
        ("Example Valley Hospital", '"{{ site }}"', "name"),
        ("Example Valley Hospital", "A" * 61, "name"),
        ("https://hospital.example", "javascript:alert(1)", "website"),
        ("https://hospital.example", "http://hospital.example", "website"),
        ("#0b4f6c", "red; background: url(x)", "colors.light"),
        ("#0b4f6c", "#f3e9a0", "colors.light"),
        ("#8fd0e8", "#0b4f6c", "colors.dark"),
        ("#0b4f6c", "#8c1c13", "colors.light"),
        ("2027-05-30", "2026-05-30", "check-by"),
        ("2027-05-30", "2028-05-30", "check-by"),
        ("kind: example", "kind: example\nrules: []", "rules"),
        ("+1 202-555-0131", "call us", "language-help-phone"),
    ],
)
def test_a_fault_in_who_the_hospital_is_is_told(
    hospital: Path, faults_in: FaultsIn, old: str, new: str, field: str
) -> None:
    """With its file, its line and its field."""
    path = hospital / "hospital.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    (fault,) = faults_in()

    assert (fault.file, fault.field) == (str(path), field)
    assert fault.line > 1


def test_a_folder_without_who_the_hospital_is_is_told(hospital: Path, faults_in: FaultsIn) -> None:
    """A frame needs a name."""
    (hospital / "hospital.yaml").unlink()

    assert [fault.file for fault in faults_in()] == [str(hospital / "hospital.yaml")]


def test_the_least_folder_is_a_name(hospital: Path) -> None:
    """Everything else may be missing."""
    for path in hospital.rglob("*"):
        if path.is_file() and path.name != "hospital.yaml":
            path.unlink()
    local, clinics, faults = read_folder(hospital)

    assert (faults, clinics) == ([], {})
    assert local and local.options == {} and local.logo == ""


# --- help in languages ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("## Spanish\nLlame.\n", "tag of a language"),
        ("## es\nLlame al 555-0131.\n", "number is typed"),
        ("## ar\nاتصل على ٥٥٥.\n", "number is typed"),
        ("## es\nLlame al <b>hospital</b>.\n", "Plain words"),
        ("## es\nVea https://hospital.example.\n", "Plain words"),
        ("## es\n" + "palabra " * 60 + "\n", "characters"),
        ("## es\n\n## vi\nGọi.\n", "one paragraph"),
        ("## es\nLlame \u202e{phone}.\n", "nobody sees"),
        ("".join(f"## a{chr(97 + n)}\nWords.\n" for n in range(25)), "languages"),
    ],
)
def test_help_in_languages_is_plain_words(
    hospital: Path, faults_in: FaultsIn, text: str, says: str
) -> None:
    """Nobody here can read all of them, so nothing may hide in them."""
    (hospital / "language-help.md").write_text(text, encoding="utf-8")

    assert any(says in fault.message for fault in faults_in())


def test_the_number_for_languages_stands_in_one_piece(hospital: Path) -> None:
    """From left to right also where all else runs from right to left."""
    local, _, _ = read_folder(hospital)
    assert local

    assert all("\u2066+1\u00a0202\u2011555\u20110131\u2069" in h.words for h in local.language_help)
