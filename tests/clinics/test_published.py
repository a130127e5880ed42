"""The ledger of what clinics and record systems hold: diagnosis codes and requests, for ever."""

from pathlib import Path

from tests.for_each import for_each
from treatment_guide.clinics.record_query import SYSTEMS
from treatment_guide.library.content_check import current_library
from treatment_guide.serving import ledgers
from treatment_guide.serving.ledgers import lines_of, missing

PUBLISHED = Path(__file__).resolve().parents[1] / "published"
DIAGNOSES = [row.split() for row in lines_of(PUBLISHED, ledgers.DIAGNOSES)]
REQUESTS = lines_of(PUBLISHED, ledgers.REQUESTS)


@for_each("request_", REQUESTS)
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
    assert missing(current_library(), PUBLISHED, ledgers.DIAGNOSES) == [], "run `manage.py ledger`"


def test_the_ledger_holds_the_requests_of_today():
    """So do requests, and links of the kit."""
    assert missing(current_library(), PUBLISHED, ledgers.REQUESTS) == [], "run `manage.py ledger`"
