"""The comparison shows the numbers of one place, and none of another."""

import re
from itertools import combinations

import pytest

from tests.site_fixtures import TODAY
from treatment_guide.library.content_check import current_library
from treatment_guide.library.in_words.places import PLACE
from treatment_guide.questionnaire import what_matters
from treatment_guide.questionnaire.visit import Visit
from treatment_guide.reading import comparison
from treatment_guide.reading.comparison_cells import (
    cells_of_today,
    facts_in,
    holds_for,
    plain,
    said,
    words,
)
from treatment_guide.reading.comparison_numbers import (
    SIDES,
    comparable,
    named_places,
    places_compared,
    scale_of,
)
from treatment_guide.reading.page_parts import blocks, places_named

LIBRARY = current_library()
OPTIONS = list(LIBRARY.options.values())
PLACES = named_places(LIBRARY)
NO_PLACE = sorted(set(LIBRARY.guide.questions[PLACE].choices) - set(PLACES))
#: A number on a scale, as its words say it.
SAID = re.compile(r"\d (?:points? out )?of ([\d,]+)\b")


def rows_of(options, place):
    """The rows with numbers for these options, with the scale of the numbers in each."""
    cells = cells_of_today(LIBRARY)
    return [
        row
        for side in SIDES
        for row in comparison.number_rows(LIBRARY, cells, list(options), side, place)
    ]


@pytest.fixture(scope="module")
def number_of():
    """The id of the number whose HTML a cell has, by the HTML."""
    return {
        str(html): (side, fact) for (side, fact), html in cells_of_today(LIBRARY).numbers.items()
    }


@pytest.mark.parametrize("place", PLACES)
def test_no_row_has_numbers_of_two_scales(place, number_of):
    """Whatever two options are compared, for any place: a row has points or people, never both."""
    mixed = []
    for pair in combinations(OPTIONS, 2):
        for row in rows_of(pair, place):
            shown = {
                scale_of(LIBRARY.facts[fact])
                for cell in row["cells"]
                for html, (_, fact) in number_of.items()
                if html in str(cell["html"])
            }
            if not shown <= {row["scale"]}:
                mixed.append((*[option.id for option in pair], row["id"], shown))

    assert mixed == []


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.id)
def test_all_numbers_stand_on_a_scale_of_a_hundred(option):
    """The words of a number speak of points or people of 100, of nothing finer or coarser."""
    strange = {
        (fact.id, of)
        for side in SIDES
        for fact in comparable(LIBRARY, option, side)
        for of in SAID.findall(said(LIBRARY, fact))
        if of != "100" and fact.value != 0 and f"of {of}" not in fact.difference
    }

    assert strange == set()


def test_no_number_of_another_place_is_shown():
    """For any place, a number under gains or harms is about that place or about none."""
    cells = cells_of_today(LIBRARY)
    shown = [
        (place, fact) for (_, _, place), found in cells.chosen.items() for fact in found.values()
    ]
    shown += [(place, fact) for (_, place), fact in cells.worst.items() if fact]

    assert [(p, fact.id) for p, fact in shown if fact.places and p not in fact.places] == []


@pytest.mark.parametrize("place", PLACES)
def test_words_have_no_number_of_another_place(place):
    """Nor do the cells in words, and those that stand in are about this place or about none."""
    for option in OPTIONS:
        for name in LIBRARY.compare:
            part = option.page.part(name)
            shown = blocks(LIBRARY, option.page, part)
            made = words(LIBRARY, option, part, place)
            assert all(holds_for(LIBRARY, block, place) for block in made["lines"])
            for block in plain(LIBRARY, shown, place):
                about = places_named(LIBRARY, block.html)
                assert not about or place in about or block.html.startswith("<ol")


@pytest.mark.parametrize("place", PLACES)
def test_no_part_is_left_without_words(place):
    """Each cell says something: a number, words, or that nobody has counted."""
    cells = cells_of_today(LIBRARY)

    assert all(
        cells.words[option.id, name, place].strip() or cells.chosen[option.id, name, place]
        for option in OPTIONS
        for name in LIBRARY.compare
    )


@pytest.mark.parametrize("place", PLACES)
def test_no_number_for_this_place_is_true(place):
    """Where the page says that there is no number for a place, the part has none, and one for
    others.
    """
    for option in OPTIONS:
        for side in SIDES:
            part = option.page.part(side)
            made = words(LIBRARY, option, part, place)
            here = [fact for b in blocks(LIBRARY, option.page, part) for fact in facts_in(b)]
            if made["elsewhere"]:
                assert not [f for f in here if place in LIBRARY.facts[f].places]
                assert any(LIBRARY.facts[f].places for f in here)


def test_an_open_number_never_stands_where_a_careful_one_does():
    """A number against a fake treatment is not passed over for an open one about the same thing, not
    even to bring all options onto one scale.
    """
    passed = [
        (option, side, place, other.id)
        for (option, side, place), found in cells_of_today(LIBRARY).chosen.items()
        for best in [next(iter(found.values()), None)]
        for other in found.values()
        if best
        and best.controlled
        and not other.controlled
        and comparison.common_scale([found]) == scale_of(other)
    ]

    assert passed == []


@pytest.mark.parametrize(
    "pair", [("prp", "exercise-program"), ("joint-replacement", "hands-on-and-needles")]
)
def test_the_place_is_one_that_the_options_share(pair):
    """Without a reader's place the numbers are for one for which the most options have a gain."""
    options = [LIBRARY.options[name] for name in pair]
    shared = places_compared(LIBRARY, options)
    values = comparison.comparison_values(LIBRARY, list(pair), LIBRARY.compare, None)

    assert values["place"] == LIBRARY.questions[PLACE].choices[shared[0]].label
    assert all(
        any(place in f.places for f in comparable(LIBRARY, o, "gains"))
        for o in options
        for place in shared
    )


@pytest.mark.parametrize("place", [None, *NO_PLACE])
def test_who_named_no_place_sees_the_plain_comparison(client, html, code, place):
    """With several places, not sure or no answer, the comparison is the one without a code."""
    given = {"urgent": "none", "urgent-here": "none", **({PLACE: place} if place else {})}
    query = "option=exercise-program&option=joint-replacement&option=radiofrequency-ablation"
    coded = html(client.get(f"/whats-next/compare/{code(given)}/?{query}"))
    plain_page = html(client.get(f"/compare/?{query}"))

    assert [each.itertext() for each in coded.find("dd")] != []
    assert ["".join(e.itertext()) for e in coded.find("dd")] == [
        "".join(e.itertext()) for e in plain_page.find("dd")
    ]


def test_another_place_is_one_link_away(client, html):
    """Where the options share several places, each is an address, and its numbers are shown."""
    address = "/compare/?option=exercise-program&option=joint-replacement"
    plain_page = html(client.get(f"{address}&place=hip"))

    assert LIBRARY.questions[PLACE].choices["hip"].label in plain_page.text
    assert client.get(f"{address}&place=nowhere").content == client.get(address).content


def test_the_way_to_other_numbers_leads_to_the_part(client, html, code):
    """A part without a number for a place links to where the numbers for others are."""
    given = {"urgent": "none", "urgent-here": "none", PLACE: "back"}
    address = f"/whats-next/compare/{code(given)}/?option=prp&option=exercise-program"
    page = html(client.get(address))

    assert LIBRARY.ui["compare-elsewhere"] in page.text
    assert LIBRARY.questions[PLACE].choices["back"].label in page.text
    assert "/options/prp/#gains" in page.links
    assert "gains" in html(client.get("/options/prp/")).ids


@pytest.mark.parametrize("place", ["knee", "several", None])
def test_the_place_of_a_reader_is_the_one_they_named(place):
    """A place in the body counts; "several places" is none that numbers could be about."""
    given = {"urgent": "none", "urgent-here": "none", **({PLACE: place} if place else {})}
    answers = {question: frozenset((choice,)) for question, choice in given.items()}
    here = Visit(LIBRARY, answers, TODAY, None, None)

    assert what_matters.place_of(here) == (place if place in PLACES else None)


@pytest.mark.parametrize("place", PLACES)
def test_a_row_says_people_only_where_all_its_numbers_count_people(place, number_of):
    """Some count joints, injections or treated spots: then the row says of what the number is, no more."""
    wrong = [
        (row["id"], fact)
        for pair in combinations(OPTIONS, 2)
        for row in rows_of(pair, place)
        if row["unit"] == "people"
        for cell in row["cells"]
        for html, (_, fact) in number_of.items()
        if html and html in str(cell["html"]) and LIBRARY.facts[fact].counted != "people"
    ]

    assert wrong == []
