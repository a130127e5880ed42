"""The search finds the right page for what people really type, and danger in it."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.for_each import for_each
from treatment_guide.engine.answers import LEVELS
from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.search.danger_phrases import names_of
from treatment_guide.library.search.index import Answer, Index
from treatment_guide.library.search.plain_words import plain

HERE = Path(__file__).parent


def read(name):
    """One file of queries."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


QUERIES = read("queries")
FIRST = [(query, page) for page, row in read("search/first").items() for query in row]
CALM = read("search/calm")
DANGER = [
    (query, level, sign)
    for level, signs in read("search/danger").items()
    for sign, row in signs.items()
    for query in row
]
LIBRARY = current_library()


@pytest.fixture(scope="module")
def index() -> Index:
    """The index of the real content."""
    return Index(LIBRARY)


def ids(answer: Answer) -> list[tuple[str, str]]:
    """The dangers of an answer, each with its level."""
    return [(danger.id, danger.level) for danger in answer.danger]


@for_each(("query", "page"), QUERIES.items(), ids=list(QUERIES))
def test_lay_words_and_typing_errors_lead_to_the_page(index: Index, query: str, page: str) -> None:
    """What a patient types has its page among the first three."""
    found = [each.href for each in index.search(query).found[:3]]

    assert page in found, "say it on the page, or in content/en/synonyms.md"


@for_each(("query", "page"), FIRST, ids=[query for query, _ in FIRST])
def test_brands_and_lay_names_lead_to_their_page_first(index: Index, query: str, page: str) -> None:
    """A page that the query names stands above all others."""
    assert index.search(query).found[0].href == page


@for_each(("query", "level", "sign"), DANGER, ids=[f"{sign}: {query}" for query, _, sign in DANGER])
def test_danger_is_found_however_it_is_typed(
    index: Index, query: str, level: str, sign: str
) -> None:
    """Any order, any form of the words, spelling slips: the sign is found at its level, and nothing
    more urgent than that is.
    """
    found = ids(index.search(query))

    assert (sign, level) in found
    assert found[0][1] == level


@for_each("query", CALM)
def test_calm_words_are_no_alarm(index: Index, query: str) -> None:
    """Words that only look like danger, what is denied, what is past, what is asked in general."""
    assert ids(index.search(query)) == []


@for_each("name", sorted(set(names_of(LIBRARY))))
def test_no_name_that_the_guide_uses_alarms(index: Index, name: str) -> None:
    """Titles, terms of the word list, synonyms, brands."""
    assert ids(index.search(name)) == []


def test_no_query_of_danger_is_a_phrase_of_the_content() -> None:
    """They show that wordings are found that nobody listed."""
    phrases = {tuple(plain(words)) for words, _ in LIBRARY.danger_phrases.phrases}

    assert [query for query, _, _ in DANGER if tuple(plain(query)) in phrases] == []


def test_there_are_queries_of_every_kind_and_phrases_enough() -> None:
    """At least 300 queries, a third of danger, a quarter calm; 250 phrases; each sign at its level
    has both.
    """
    total = len(QUERIES) + len(FIRST) + len(CALM) + len(DANGER)
    phrases = Counter(sign for _, sign in LIBRARY.danger_phrases.phrases)
    levels = LIBRARY.danger_phrases.levels

    assert total >= 300
    assert len(DANGER) >= total / 3
    assert len(CALM) >= total / 4
    assert phrases.total() >= 250
    assert {(sign, level) for _, level, sign in DANGER} >= set(levels.items())
    assert phrases.keys() >= levels.keys()


@pytest.mark.parametrize(
    ("calm", "more", "level"),
    [
        ("both shoulders stiff", "new headache", "today"),
        ("both shoulders stiff", "jaw pain", "today"),
        ("both shoulders stiff", "scalp sore", "today"),
        ("both shoulders stiff", "suddenly lost my sight", "emergency"),
        ("losing weight without trying", "new headache", "today"),
    ],
)
def test_a_slow_sign_is_more_urgent_beside_some_others(
    index: Index, calm: str, more: str, level: str
) -> None:
    """A new headache alone does not alarm; beside stiff shoulders it is for today."""
    assert index.search(calm).danger[0].level == "days"
    assert index.search(f"{calm}, {more}").danger[0].level == level


@pytest.mark.parametrize(
    "query", ["overdose", "overdosed", "stem cells", "pants", "cell", "tens", "can't", "horses"]
)
def test_a_known_word_is_never_corrected(index: Index, query: str) -> None:
    """A word of danger, of the guide, of everyday English, one under five letters: all stay."""
    assert index.search(query).corrected == ""


@pytest.mark.parametrize("level", LEVELS)
def test_results_are_never_hidden_by_danger(index: Index, level: str) -> None:
    """Help stands above the results, not in their place."""
    query = next(query for query, of, _ in DANGER if of == level)

    assert index.search(f"{query} knee arthritis").found
