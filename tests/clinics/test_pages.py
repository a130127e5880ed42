"""The pages for clinics: each is reached from the kit, and says what is so."""

import re
from pathlib import Path

import pytest

from treatment_guide.clinics.integrator_tables import IGNORED, READ, TRIES
from treatment_guide.library.content_check import current_library

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = current_library()
#: WCAG has so many criteria at these levels; 2.2 took 4.1.1 out, and added six.
CRITERIA = {"2.1": {"A": 30, "AA": 20}, "2.2": {"A": 31, "AA": 24}}


@pytest.mark.parametrize(
    "address",
    [
        *(page.address for page in LIBRARY.clinic_pages.values()),
        "/clinics/integrator-sheet/",
        "/clinics/test-your-link/",
        "/clinics/accessibility-report/",
    ],
)
def test_the_kit_leads_to_every_page_for_clinics(client, address):
    """One tap away."""
    assert f'href="{address}"' in client.get("/clinics/").text
    assert client.get(address).status_code == 200


def test_every_page_leads_to_the_clinics(client):
    """From the foot of the home page."""
    assert 'href="/clinics/"' in client.get("/").text


def test_the_sheet_for_integrators_names_every_parameter(client):
    """What is read, what is not, the code systems, the requests to try."""
    text = client.get("/clinics/integrator-sheet/").text

    for name in (*IGNORED, *(name for names, _ in READ for name in names.split(", "))):
        assert name in text
    for _, code in TRIES:
        assert code in text
    assert 'href="/clinics/openapi.json">https://whatsnext.example/clinics/openapi.json<' in text


def test_what_the_sheet_calls_read_is_read_and_the_rest_is_not(client):
    """Every parameter that is read changes the answer or is asked for; no ignored one does."""
    known = {"mainSearchCriteria.v.cs": "2.16.840.1.113883.6.90", "mainSearchCriteria.v.c": "M17"}
    plain = client.get("/infobutton", {**known, "knowledgeResponseType": "application/json"}).json()
    for name in IGNORED:
        fields = {**known, "knowledgeResponseType": "application/json", name: "PROV"}
        other = client.get("/infobutton", fields).json()
        for feed in (plain, other):
            feed["feed"]["updated"] = None
        assert other == plain, name


def test_every_request_to_try_answers(client):
    """With a page, or on to one."""
    text = client.get("/clinics/test-your-link/").text
    addresses = re.findall(r'href="(/infobutton\?[^"]+)"', text)
    assert len(addresses) >= len(TRIES)
    for address in addresses:
        assert client.get(address.replace("&amp;", "&"), follow=True).status_code == 200


def test_the_test_form_sends_what_a_record_system_sends(client, html):
    """Its fields have the names of the standard."""
    form = html(client.get("/clinics/test-your-link/")).find("form", action="/infobutton")[0]
    names = {field.get("name") for field in form.iter() if field.get("name")}

    assert names == {
        "mainSearchCriteria.v.c",
        "mainSearchCriteria.v.cs",
        "mainSearchCriteria.v.dn",
        "informationRecipient",
        "knowledgeResponseType",
        "callback",
    }


def test_the_accessibility_report_leaves_no_criterion_out():
    """Every criterion of WCAG 2.1 and of 2.2 at A and AA, once, and each was looked at: buyers'
    forms leave "not evaluated" to level AAA.
    """
    numbers = [row.number for row in LIBRARY.conformance]

    assert len(numbers) == len(set(numbers))
    for version, levels in CRITERIA.items():
        rows = [row for row in LIBRARY.conformance if row.only in ("", version)]
        assert {level: sum(row.level == level for row in rows) for level in levels} == levels
    assert all(row.state != "not-evaluated" for row in LIBRARY.conformance)


def test_the_report_counts_each_version(client, html):
    """The counts by version are those of the rows, and no row is folded away."""
    page = html(client.get("/clinics/accessibility-report/"))

    for version, levels in CRITERIA.items():
        rows = [row for row in LIBRARY.conformance if row.only in ("", version)]
        said = LIBRARY.ui["report-standard"].format(
            version=version,
            count=sum(levels.values()),
            supports=sum(row.state == "supports" for row in rows),
            other=sum(row.state == "not-applicable" for row in rows),
        )
        assert said in page.words("main")
    assert not page.find("details", **{"class": "fold"})


@pytest.mark.parametrize("test", sorted({row.test for row in LIBRARY.conformance if row.test}))
def test_a_test_that_the_accessibility_report_names_exists(test):
    """What is said to be decided by a test is."""
    file, _, name = test.partition("::")

    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_the_report_says_what_was_not_done(client):
    """No audit from outside, and a row for each state."""
    text = client.get("/clinics/accessibility-report/").text

    assert LIBRARY.ui["report-missing"] in text
    for state in ("supports", "partly", "does-not", "not-applicable", "not-evaluated"):
        assert LIBRARY.ui[f"conformance-{state}"] in text
