"""Clinics and diagnosis codes are content: every fault is told with its file, line and field."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copy

import pytest
from django.core.management import call_command

from treatment_guide.library.in_words.opening_hours import opening_words
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.problems import Problem

CLINIC = """\
kind: example
name: A made-up clinic
phone: "+1 202-555-0143"
hours:
  - {days: [monday, tuesday, wednesday], from: "08:00", to: "17:30"}
  - {days: [friday, saturday], from: "00:15", to: "12:00"}
website: https://clinic.example
offers: [sample-option]
wait: 2 weeks
checked: 2026-11-22
check-by: 2027-05-22
"""
DIAGNOSES = """\
icd-10-cm:
  danger: [M00]
  places:
    - {place: knee, codes: [M17]}
  no-place: [M15]
"""

#: The words of clinics' pages are the real ones.
WORDS = Path(__file__).parents[3] / "content/en/ui-clinics.md"

ProblemsIn = Callable[[Path], list[Problem]]


@pytest.fixture
def with_clinic(content: Path) -> Path:
    """The valid folder with a clinic, its number, and diagnosis codes."""
    numbers = content / "guide/numbers.yaml"
    blocks = numbers.read_text().replace("blocks: [", "blocks: [[{field: clinic, bits: 5}], ")
    numbers.write_text(blocks.rstrip() + "\n  clinic: {made-up: 3}\n")
    copy(WORDS, content / "en")
    (content / "clinics").mkdir()
    (content / "clinics/made-up.yaml").write_text(CLINIC)
    (content / "guide/diagnoses.yaml").write_text(DIAGNOSES)
    return content


def test_a_clinic_is_known_by_its_number(with_clinic: Path) -> None:
    """The number that stands in codes leads to what its file says."""
    library = load_library(with_clinic, whole=False)
    clinic = library.clinics[3]

    assert (clinic.id, clinic.made_up, clinic.phone.dial) == ("made-up", True, "+12025550143")
    assert clinic.offers == {"sample-option"}
    assert library.diagnoses["icd-10-cm"]["M00"].danger
    assert library.diagnoses["icd-10-cm"]["M17"].answers == {"place": "knee"}
    assert library.diagnoses["icd-10-cm"]["M15"].answers == {}


def test_hours_are_said_in_words(with_clinic: Path) -> None:
    """Days in a row are a span; noon and midnight are what people call them."""
    library = load_library(with_clinic, whole=False)

    assert opening_words(library.clinics[3], library.ui, library.language) == [
        ("Monday to Wednesday", "8 am to 5:30 pm"),
        ("Friday and Saturday", "12:15 am to 12 pm"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("offers: [sample-option]", "offers: [no-such-option]", "offers"),
        ('phone: "+1 202-555-0143"', "phone: call us", "phone"),
        ("website: https://clinic.example", "website: javascript:alert(1)", "website"),
        ('from: "08:00", to: "17:30"', 'from: "18:00", to: "17:30"', "hours"),
        ("days: [monday,", "days: [mondag,", "hours.0.days.0"),
        ("wait: 2 weeks", "wait: soon", "wait"),
        ("check-by: 2027-05-22", "check-by: 2026-05-22", "check-by"),
        ("kind: example", "kind: example\nfax: 1", "fax"),
        ("kind: example", "kind: other", "kind"),
    ],
)
def test_a_fault_in_a_clinics_file_is_told(
    with_clinic: Path, problems_in: ProblemsIn, old: str, new: str, field: str
) -> None:
    """Its file and its field are named."""
    assert old in CLINIC
    (with_clinic / "clinics/made-up.yaml").write_text(CLINIC.replace(old, new))
    found = problems_in(with_clinic)

    assert ("clinics/made-up.yaml", field) in {(p.file, p.field) for p in found}


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("place: knee", "place: wing", "places"),
        ("place: knee", "place: knee, cause: pox", "places"),
        ("[M17]", "[M17, M00]", "M00"),
        ("[M17]", "[m17]", "icd-10-cm.places.0.codes.0"),
        ("  no-place: [M15]\n", "", "icd-10-cm.no-place"),
    ],
)
def test_a_fault_in_the_table_of_codes_is_told(
    with_clinic: Path, problems_in: ProblemsIn, old: str, new: str, field: str
) -> None:
    """Unknown places and causes, a code twice, a code not as the book prints it, a part left out."""
    assert old in DIAGNOSES
    (with_clinic / "guide/diagnoses.yaml").write_text(DIAGNOSES.replace(old, new))
    found = problems_in(with_clinic)

    assert ("guide/diagnoses.yaml", field) in {(p.file, p.field) for p in found}


def test_a_clinic_without_a_number_and_a_number_without_a_clinic_are_told(
    with_clinic: Path, problems_in: ProblemsIn
) -> None:
    """Both would break a printed code."""
    (with_clinic / "clinics/made-up.yaml").rename(with_clinic / "clinics/other.yaml")
    found = {(problem.file, problem.field) for problem in problems_in(with_clinic)}

    assert {("clinics/other.yaml", ""), ("guide/numbers.yaml", "numbers.clinic")} <= found


def test_a_clinic_to_be_asked_again_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """`manage.py due` names clinics whose check-by day has come."""
    call_command("due", on=date(2040, 1, 1))

    assert "clinic  example-clinic" in capsys.readouterr().out


def test_a_clinic_of_the_guide_has_no_number_of_a_clinics_own_folder(
    with_clinic: Path, problems_in: ProblemsIn
) -> None:
    """Else a hospital could have given the same number to a clinic of its own."""
    numbers = with_clinic / "guide/numbers.yaml"
    text = numbers.read_text().replace("clinic, bits: 5", "clinic, bits: 10")
    numbers.write_text(text.replace("made-up: 3", "made-up: 256"))

    assert any(
        "LOCAL_DIR" in each.message and each.field == "numbers.clinic"
        for each in problems_in(with_clinic)
    )
