"""A code on paper says for ever what it said, however it is typed."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from treatment_guide.engine.answers import EARLIER
from treatment_guide.engine.code import decode, grouped
from treatment_guide.library.content_check import current_library
from treatment_guide.serving.ledgers import by_release, unnamed

BY_RELEASE = by_release(Path(__file__).parent.parent / "published")
ROWS = [row for rows in BY_RELEASE.values() for row in rows]
LIBRARY = current_library()

every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])


@every_row
def test_a_published_code_says_what_it_said(row: dict[str, Any]) -> None:
    """The answers it was given for, and the clinic, whatever choices were added since. Ticks of an
    earlier edition are marked as such.
    """
    decoded = decode(LIBRARY.layout, LIBRARY.guide.questions, row["code"])

    assert {question: set(chosen) - {EARLIER} for question, chosen in decoded.answers.items()} == {
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


#: What people make of a code on paper: from a line of the ledger to what they type.
HANDS = {
    "as printed": lambda code: code,
    "in capitals": lambda code: code.upper(),
    "without hyphens": lambda code: code.replace("-", ""),
    "with spaces": lambda code: f" {code.replace('-', ' ')} ",
    "with a long dash": lambda code: code.replace("-", "\u2013"),
    "with hyphens that a word processor made": lambda code: code.replace("-", "\u2011"),
    "with spaces around hyphens": lambda code: code.replace("-", " - "),
    "O for zero": lambda code: code.replace("0", "O"),
    "o for zero": lambda code: code.replace("0", "o"),
    "l for one": lambda code: code.replace("1", "l"),
    "I for one": lambda code: code.upper().replace("1", "I"),
    "with a full stop": lambda code: f"{code}.",
    "in quotation marks": lambda code: f"\u201c{code}\u201d",
    "after a word and a colon": lambda code: f"Your code: {code}",
    "in wide letters": lambda code: "".join(chr(ord(c) + 0xFEE0) if c != "-" else c for c in code),
    "the address": lambda code: f"https://whatsnext.example/go/{code.replace('-', '')}/",
    "the address, short": lambda code: f"whatsnext.example/go/{code}",
}


@pytest.mark.parametrize("hand", HANDS)
def test_a_code_is_read_however_it_is_typed(hand: str) -> None:
    """Nobody has to type it again for a dash or a capital."""
    first = next(iter(LIBRARY.guide.questions))
    for row in ROWS:
        typed = HANDS[hand](row["code"])
        response = Client().get("/go/", {"code": typed})

        assert (response.status_code, typed) == (302, typed)
        assert response["Location"] == f"/whats-next/{first}/{row['code'].replace('-', '')}/"


@pytest.mark.parametrize(
    "address",
    [
        "https://whatsnext.example/go/0g4f/?r=2026.1",
        "HTTPS://WHATSNEXT.EXAMPLE/GO/0G4F/2026.1/",
        "see whatsnext.example/go/0g4f?r=2026.1 please",
    ],
)
def test_a_pasted_address_keeps_its_release(address: str) -> None:
    """What changed since can be told however somebody comes back."""
    assert Client().get("/go/", {"code": address})["Location"].endswith("/0g4f/?r=2026.1")


@pytest.mark.parametrize("typed", ["0g4e", "zzzz-zzzz", "knee", "!?", "0g4f" * 60, "go/", "/go//"])
def test_a_code_that_was_never_given_out_is_said_kindly(typed: str) -> None:
    """No guess: another code would be somebody else's answers."""
    response = Client().get("/go/", {"code": typed})

    assert response.status_code == 422
    assert LIBRARY.ui["fault-title"] in response.content.decode()


def test_every_release_has_codes_in_the_ledger() -> None:
    """A release enters the ledger with codes that it gives out."""
    assert all(BY_RELEASE.values())
    assert LIBRARY.site.release in set(BY_RELEASE)


def test_the_codes_of_the_ledger_name_every_choice_that_paper_can_hold() -> None:
    """A number that changed its meaning is found, whichever it is."""
    assert unnamed(LIBRARY, ROWS) == [], "run `manage.py ledger`"
