"""The scorecard itself: every criterion is there, and what is met is backed by a test."""

import re
from pathlib import Path

import pytest

from tests.content.standards.read_pages import LIBRARY, checks_something, fetched, plain
from tests.for_each import for_each
from treatment_guide.library.model import Library, Score
from treatment_guide.reading.about import scorecard

ROOT = Path(__file__).resolve().parents[3]


@for_each("score", LIBRARY.scores, ids=lambda score: score.id)
def test_a_criterion_is_backed(score: Score) -> None:
    """What is met has a test that exists and can fail; what is signed has its day and its pages;
    what is neither says why."""
    assert score.state != "met" or checks_something(score.test)
    assert score.state != "signed" or (score.on and score.shown)
    assert score.state not in ("not-met", "not-asked") or score.note


@pytest.mark.parametrize("name", sorted({score.standard for score in LIBRARY.scores}))
def test_the_pages_say_how_many_criteria_are_met(library: Library, name: str) -> None:
    """The counts on the scorecard are those of its file, on the overview and on the list."""
    standard = next(each for each in scorecard.standards(library) if each.id == name)
    met = sum(score.state in ("met", "signed") for score in standard.scores)
    asked = sum(score.state != "not-asked" for score in standard.scores)
    said = library.ui["score-held"].format(held=met, count=asked)
    row = fetched("/about/scorecard/").partition(f'id="{standard.id}"')[2].partition("</div>")[0]

    assert said in plain(row)
    assert said in plain(fetched(standard.address))
    assert fetched(standard.address).count("<li id=") == len(standard.scores)


@pytest.mark.parametrize(
    ("standard", "met", "asked"),
    [("ipdasi-qualifying", 6, 6), ("ipdasi-certification", 6, 6), ("ipdasi-quality", 15, 23)],
)
def test_the_guide_meets_what_it_promises_of_ipdasi(standard: str, met: int, asked: int) -> None:
    """Six of six, six of six, and fifteen of twenty-three; the other eight need people."""
    found = next(each for each in scorecard.standards(LIBRARY) if each.id == standard)

    assert (found.held, found.asked, found.people) == (met, asked, asked - met)


@pytest.mark.parametrize(
    ("standard", "count"),
    [
        ("ipdasi-qualifying", 6),
        ("ipdasi-certification", 10),
        ("ipdasi-quality", 28),
        ("pemat", 26),
        ("cci-opening", 4),
        ("cci", 20),
        ("discern", 16),
        ("nhs-essential", 17),
        ("nhs-best", 18),
        ("nhs-rules", 11),
        ("his", 12),
        ("washington", 5),
    ],
)
def test_no_criterion_is_left_out(standard: str, count: int) -> None:
    """Every item of a standard stands on the scorecard, the hard ones too."""
    assert sum(score.standard == standard for score in LIBRARY.scores) == count


def test_the_scorecard_claims_no_certificate() -> None:
    """We rated ourselves, and the page says so."""
    shown = plain(fetched("/about/scorecard/"))

    assert "self-rated" in shown
    assert not re.search(r"\b(?:is|are|was) certified\b", shown)
