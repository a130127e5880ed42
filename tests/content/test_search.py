"""The search finds the right page for what people really type."""

import statistics
import time
from pathlib import Path

import pytest
import yaml

from treatment_guide.library.content_check import current_library
from treatment_guide.library.search.index import Index

QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text())


@pytest.fixture(scope="module")
def index() -> Index:
    """The index of the real content."""
    return Index(current_library())


@pytest.mark.parametrize(("query", "page"), QUERIES.items(), ids=list(QUERIES))
def test_lay_words_and_typing_errors_lead_to_the_page(index: Index, query: str, page: str) -> None:
    """What a patient types has its page among the first three."""
    found = [each.href for each in index.search(query).found[:3]]

    assert page in found, "say it on the page, or in content/en/synonyms.md"


@pytest.mark.parametrize(
    "query", ["fever after injection", "hot red joint", "can't pee", "numb between my legs", "pus"]
)
def test_words_of_danger_are_noticed(index: Index, query: str) -> None:
    """A query that may mean danger puts help first."""
    assert index.search(query).danger


@pytest.mark.parametrize("query", ["knee", "prp", "how many injections"])
def test_ordinary_words_are_no_alarm(index: Index, query: str) -> None:
    """Words without danger raise no alarm."""
    assert not index.search(query).danger


def test_a_search_takes_milliseconds(index: Index, capsys: pytest.CaptureFixture[str]) -> None:
    """Every query is answered, and the time it takes is printed."""
    took = []
    for query in QUERIES:
        started = time.perf_counter()
        assert index.search(query).found
        took.append(1000 * (time.perf_counter() - started))
    with capsys.disabled():
        print(  # noqa: T201 (the issue asks for the numbers)
            f"\nsearch: {len(took)} queries, median {statistics.median(took):.2f} ms, "
            f"slowest {max(took):.2f} ms"
        )
