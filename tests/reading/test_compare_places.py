"""The comparison shows a reader the numbers of their place, and nobody a number without a place."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.site_fixtures import TODAY, words
from treatment_guide.engine.code import encode
from treatment_guide.library.content_check import current_library
from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.model import Fact, OptionPage
from treatment_guide.library.text.blocks import Html
from treatment_guide.questionnaire import what_matters
from treatment_guide.questionnaire.visit import Visit
from treatment_guide.reading.comparison import TAGS, blocks, cell, facts_in, lines, place_names

LIBRARY = current_library()
OPTIONS = list(LIBRARY.options.values())
NAMES = place_names(LIBRARY)
PLACES = sorted(NAMES.places)
NO_PLACE = sorted(set(LIBRARY.guide.questions[PLACE].choices) - NAMES.places)


def for_others(fact: Fact, place: str) -> bool:
    return bool(fact.places) and place not in fact.places


def cells(option: OptionPage, place: str | None):
    """What the comparison says of an option, part by part, with the blocks of the whole part."""
    for name in LIBRARY.compare:
        part = option.page.part(name)
        shown = blocks(LIBRARY, option.page, part)
        yield part, shown, cell(LIBRARY, option, part, shown, place)


def answers_of(place: str | None) -> dict[str, frozenset[str]]:
    """Somebody without a danger sign who named this place, or none."""
    given = {"urgent": "none", "urgent-here": "none", **({PLACE: place} if place else {})}
    return {question: frozenset((choice,)) for question, choice in given.items()}


@settings(max_examples=40, deadline=None)
@given(
    place=st.sampled_from(PLACES),
    options=st.lists(st.sampled_from(OPTIONS), min_size=2, max_size=3, unique_by=lambda o: o.id),
)
def test_no_number_of_another_place_is_shown(site, place, options):
    """Whatever is compared, somebody who named a place reads no number about another place."""
    code = encode(LIBRARY.layout, answers_of(place), day=TODAY)
    query = "&".join(f"option={option.id}" for option in options)
    response, page = site(f"/whats-next/compare/{code}/?{query}")

    assert response.status_code == 200
    assert page.find("table") != []
    others = [fact for fact in LIBRARY.facts.values() if for_others(fact, place)]
    assert [fact.id for fact in others if escape(fact.sentence) in page.text] == []
    assert [fact.id for fact in others if escape(fact.sentence, quote=False) in page.text] == []


@pytest.mark.parametrize("place", PLACES)
def test_every_number_of_the_place_that_was_shown_stays(place):
    """Only numbers of other places leave: what a plain comparison shows of this place is there."""
    lost = [
        (option.id, part.id, fact)
        for option in OPTIONS
        for part, shown, made in cells(option, place)
        for block in lines(shown)
        if not any(for_others(LIBRARY.facts[fact], place) for fact in facts_in(block))
        for fact in facts_in(block)
        if fact not in {each for line in made["lines"] for each in facts_in(line)}
    ]

    assert lost == []


@pytest.mark.parametrize("place", PLACES)
def test_no_number_for_your_place_is_true(place):
    """Where the page says that there is no number for a place, the whole part has none, and it has
    one for others.
    """
    for option in OPTIONS:
        for part, shown, made in cells(option, place):
            here = [fact for block in shown for fact in facts_in(block)]
            own = [fact for fact in here if place in LIBRARY.facts[fact].places]
            if made["elsewhere"]:
                assert (option.id, part.id, own) == (option.id, part.id, [])
                assert any(for_others(LIBRARY.facts[fact], place) for fact in here)


@pytest.mark.parametrize("place", PLACES)
def test_no_part_is_left_without_words(place):
    """Each cell says something: numbers or words, or else that the numbers are for other places."""
    assert all(
        made["lines"] or made["elsewhere"]
        for option in OPTIONS
        for _, _, made in cells(option, place)
    )


@pytest.mark.parametrize("place", PLACES)
def test_words_that_stand_in_are_about_this_place_or_none(place):
    """Where numbers left, no words about another place alone take their room."""
    for option in OPTIONS:
        for part, shown, made in cells(option, place):
            for block in made["lines"]:
                if block not in lines(shown) and not facts_in(block):
                    about = NAMES.about(TAGS.sub("", block.html))
                    assert not about or place in about, (option.id, part.id)


@pytest.mark.parametrize("place", PLACES)
def test_harm_is_told_in_words_where_there_are_any(place):
    """No harm is left to a link while the page has words on it that hold for every place."""
    for option in OPTIONS:
        for part, shown, made in cells(option, place):
            if part.id == "harms" and not made["lines"]:
                plain = [b for b in shown if isinstance(b, Html) and not facts_in(b)]
                assert [b for b in plain if not NAMES.about(TAGS.sub("", b.html))] == []


@pytest.mark.parametrize("place", [None, *NO_PLACE])
def test_who_named_no_place_sees_every_number(client, html, code, place):
    """With several places, not sure or no answer, the comparison is the one without a code."""
    given = {q: " ".join(chosen) for q, chosen in answers_of(place).items()}
    query = "option=exercise-program&option=joint-replacement&option=radiofrequency-ablation"
    coded = html(client.get(f"/whats-next/compare/{code(given)}/?{query}"))
    plain = html(client.get(f"/compare/?{query}"))

    assert [words(each) for each in coded.find("dd")] == [words(each) for each in plain.find("dd")]
    assert LIBRARY.ui["compare-place"] not in coded.text


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.id)
def test_without_a_place_each_number_says_its_own(option):
    """In a plain comparison no number about one place stands without naming it: in its sentence,
    in who was studied, or in its paragraph.
    """
    unsaid = []
    for part, _, made in cells(option, None):
        for block in made["lines"]:
            for name in facts_in(block):
                fact = LIBRARY.facts[name]
                is_prose = isinstance(block, Html)
                said = TAGS.sub("", block.html) if is_prose else f"{fact.sentence} {fact.who}"
                if fact.places and NAMES.about(said).isdisjoint(fact.places):
                    unsaid.append((part.id, name))

    assert unsaid == []


def test_the_way_to_other_numbers_leads_to_the_part(client, html, code):
    """A part without a number for a place links to where the numbers for others are."""
    given = {q: " ".join(chosen) for q, chosen in answers_of("back").items()}
    address = f"/whats-next/compare/{code(given)}/?option=prp&option=exercise-program"
    page = html(client.get(address))

    assert LIBRARY.ui["compare-elsewhere"] in page.text
    assert LIBRARY.questions[PLACE].choices["back"].label in page.text
    assert "/options/prp/#gains" in page.links
    assert "gains" in html(client.get("/options/prp/")).ids


@pytest.mark.parametrize("place", ["knee", "several", None])
def test_the_place_of_a_reader_is_the_one_they_named(place):
    """A place in the body counts; "several places" is none that numbers could be about."""
    here = Visit(LIBRARY, answers_of(place), TODAY, None, None)

    assert what_matters.place_of(here) == (place if place in PLACES else None)
