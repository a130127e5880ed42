"""The ledger of what clinics and record systems hold: diagnosis codes and requests, for ever."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clinics.conftest import every_link
from treatment_guide.clinics.integrator_tables import FHIR, TRIES
from treatment_guide.clinics.record_query import SYSTEMS, TYPES
from treatment_guide.library.content_check import current_library

PUBLISHED = Path(__file__).resolve().parents[1] / "published"
DIAGNOSES = [
    row.split()
    for row in (PUBLISHED / "diagnoses.txt").read_text().splitlines()
    if not row.startswith("#")
]
REQUESTS = [
    row.split()
    for row in (PUBLISHED / "requests.txt").read_text().splitlines()
    if not row.startswith("#")
]


def diagnoses_of_today() -> Iterator[str]:
    """Every line that the ledger of diagnoses needs today."""
    for system, table in current_library().diagnoses.items():
        yield from (f"{system} {code}" for code in table)


def requests_of_today() -> Iterator[str]:
    """Every kind of request that pages of ours print, and every link of the kit."""
    for system, code in TRIES:
        asked = f"mainSearchCriteria.v.c={code}&mainSearchCriteria.v.cs={SYSTEMS[system][0]}"
        for kind in ("", *TYPES):
            answers = f"&knowledgeResponseType={kind}" if kind else ""
            callback = "&callback=show" if kind == "application/javascript" else ""
            yield f"/infobutton?{asked}{answers}{callback}"
    yield from (f"/fhir/{name}" for name in FHIR)
    for link in every_link():
        yield f"/go/{link.code}/"
        for page in (
            "link/{}/",
            "sheet/{}/",
            "sheet/{}/large/",
            "link/{}/qr.svg",
            "link/{}/qr.png",
        ):
            if link.code == "0g4f" or page == "link/{}/":
                yield f"/clinics/{page.format(link.code)}"


@pytest.mark.parametrize("request_", [row[0] for row in REQUESTS])
def test_a_published_request_answers(client, request_):
    """What stands in a record system or on paper leads somewhere, always."""
    assert client.get(request_).status_code in (200, 302, 303)


def test_a_published_diagnosis_code_answers(client):
    """A code that opened something once is never met by nothing."""
    for system, code in DIAGNOSES:
        fields = {
            "mainSearchCriteria.v.c": code,
            "mainSearchCriteria.v.cs": SYSTEMS[system][0],
            "knowledgeResponseType": "application/json",
        }
        assert client.get("/infobutton", fields).json()["feed"]["entry"], (system, code)


def test_the_ledger_holds_the_diagnoses_of_today():
    """A new code enters the ledger in the change that brings it."""
    missing = sorted(set(diagnoses_of_today()) - {" ".join(row) for row in DIAGNOSES})

    assert missing == [], "add them to tests/published/diagnoses.txt"


def test_the_ledger_holds_the_requests_of_today():
    """So do requests, and links of the kit."""
    missing = sorted(set(requests_of_today()) - {row[0] for row in REQUESTS})

    assert missing == [], "add them to tests/published/requests.txt"
