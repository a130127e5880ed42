"""The search in Spanish finds what people really type, and danger in it, as the English one does."""

from pathlib import Path

import pytest
import yaml

from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.search.danger_phrases import names_of
from treatment_guide.library.search.index import Index
from treatment_guide.library.search.plain_words import plain

HERE = Path(__file__).parent / "es"


def read(name):
    """One file of queries."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


PAGES = [(query, page) for page, row in read("pages").items() for query in row]
CALM = read("calm")
DANGER = [
    (query, level, sign)
    for level, signs in read("danger").items()
    for sign, row in signs.items()
    for query in row
]


@pytest.fixture(scope="module")
def spanish():
    """The guide in Spanish."""
    return current_library().translations["es"]


@pytest.fixture(scope="module")
def index(spanish):
    """The index of the guide in Spanish."""
    return Index(spanish)


@pytest.mark.parametrize(("query", "page"), PAGES, ids=[query for query, _ in PAGES])
def test_lay_words_and_typing_errors_lead_to_the_page(index, query, page):
    """What a patient types has its page among the first three, and alarms nobody."""
    answer = index.search(query)

    assert page in [each.href for each in answer.found[:3]], "say it in content/es/synonyms.md"
    assert not answer.danger


@pytest.mark.parametrize(
    ("query", "level", "sign"), DANGER, ids=[f"{sign}: {query}" for query, _, sign in DANGER]
)
def test_danger_is_found_however_it_is_typed(index, query, level, sign):
    """With accents or none: the sign is found at its level, and nothing more urgent than that is."""
    found = [(danger.id, danger.level) for danger in index.search(query).danger]

    assert (sign, level) in found
    assert found[0][1] == level


@pytest.mark.parametrize("query", CALM)
def test_calm_words_are_no_alarm(index, query):
    """Words that only look like danger, what is denied, what is past, what is asked in general."""
    assert index.search(query).danger == ()


def test_no_name_that_the_guide_uses_alarms(index, spanish):
    """Titles, terms of the word list, synonyms, brands."""
    assert [name for name in sorted(set(names_of(spanish))) if index.search(name).danger] == []


def test_there_are_queries_of_every_kind(spanish):
    """At least 150 that seek a page, 100 of danger that are no phrase of the content word for word, 60
    calm ones; each sign at its level has some.
    """
    phrases = {tuple(plain(words)) for words, _ in spanish.danger_phrases.phrases}
    asked_for = {(sign, level) for _, level, sign in DANGER}

    assert len(PAGES) >= 150
    assert len([query for query, _, _ in DANGER if tuple(plain(query)) not in phrases]) >= 100
    assert len(CALM) >= 60
    assert asked_for >= set(spanish.danger_phrases.levels.items())


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("fievre en la rodilla", "fiebre en la rodilla"),
        ("infiltrasion de rodilla", "infiltración de rodilla"),
        ("siatica ernia", "ciática hernia"),
        ("anos despues operasion", "años después operación"),
        ("CIRUJIA", "cirugía"),
    ],
)
def test_what_was_read_is_shown_with_its_accents(index, typed, read_as):
    """Words are compared without accents: what is shown has them again, typed or not."""
    assert index.search(typed).corrected == read_as


@pytest.mark.parametrize("query", ["accidente de coche", "dando", "si estuviera", "años", "pús"])
def test_everyday_words_are_never_corrected(index, query):
    """Car is no mistake for night; accents alone are none."""
    assert index.search(query).corrected == ""
