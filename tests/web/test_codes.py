"""A code on paper says for ever what it said, however it is typed."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from treatment_guide.engine.code import decode, grouped
from treatment_guide.library.checks import current_library

LEDGER = Path(__file__).parent.parent / "published/codes.yaml"
BY_RELEASE = yaml.safe_load(LEDGER.read_text(encoding="utf-8"))
ROWS = [row for rows in BY_RELEASE.values() for row in rows]
LIBRARY = current_library()

every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])


@every_row
def test_a_published_code_says_what_it_said(row: dict[str, Any]) -> None:
    """The answers it was given for, and the clinic, whatever choices were added since."""
    decoded = decode(LIBRARY.layout, LIBRARY.guide.questions, row["code"])

    assert {question: set(chosen) for question, chosen in decoded.answers.items()} == {
        question: set(chosen) for question, chosen in row["answers"].items()
    }
    assert decoded.clinic == row.get("clinic")


@every_row
def test_a_published_code_opens_at_the_danger_signs(row: dict[str, Any]) -> None:
    """Typed, scanned in capitals or followed as a link: the danger signs come first."""
    plain = row["code"].replace("-", "")
    first = next(iter(LIBRARY.guide.questions))
    for address in (f"/go/{plain}/", f"/GO/{plain.upper()}/", f"/go/?code={row['code']}"):
        response = Client().get(address)

        assert response.status_code == 302
        assert response["Location"] == f"/whats-next/{first}/{plain}/"


@every_row
def test_a_published_code_is_printed_as_the_guide_prints_codes(row: dict[str, Any]) -> None:
    """Lower case, in fours, so that the ledger finds a code given out twice."""
    assert row["code"] == grouped(row["code"].replace("-", "").lower())
    assert [each["code"] for each in ROWS].count(row["code"]) == 1


def test_every_release_has_codes_in_the_ledger() -> None:
    """A release enters the ledger with codes that it gives out."""
    assert all(BY_RELEASE.values())
    assert LIBRARY.site.release in {str(release) for release in BY_RELEASE}


def test_the_codes_of_the_ledger_name_every_choice_that_paper_can_hold() -> None:
    """A number that changed its meaning is found, whichever it is."""
    named = {(q, c) for row in ROWS for q, chosen in row["answers"].items() for c in chosen}
    numbered = {
        (field.name, choice)
        for field in LIBRARY.layout.fields
        if not field.now and field.name in LIBRARY.guide.questions
        for choice in field.numbers
    }

    assert sorted(numbered - named) == []
