"""The home page: one button, and each place starts the questions with that place answered."""

import re

import pytest

from treatment_guide.engine.code import decode
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
PLACES = LIBRARY.guide.questions["place"].real_choices


def places_of(page):
    """The links of the list of places, in order."""
    (section,) = page.find("section", id="places")
    return [link.get("href") for link in section.iter("a") if "/go/" in link.get("href")]


@pytest.mark.parametrize("number", range(len(PLACES)), ids=PLACES)
def test_a_place_starts_the_questions_there(site, client, number):
    """The danger signs come first, and the place is in the code: it is not asked again."""
    link = places_of(site("/")[1])[number]

    there = client.get(link)["Location"]

    page, code = re.fullmatch(r"/whats-next/([a-z-]+)/([0-9a-z]+)/", there).groups()
    answers = decode(LIBRARY.layout, LIBRARY.guide.questions, code).answers
    assert (page, answers) == ("urgent", {"place": frozenset((PLACES[number],))})


def test_the_home_page_has_one_place_a_link(site):
    """Every place, in the order of the question."""
    assert len(places_of(site("/")[1])) == len(PLACES)


@pytest.mark.parametrize("address", ["/", "/get-help-now/"])
def test_a_mark_of_a_source_leads_to_where_it_is_never_folded(site, address):
    """The sources of these pages are behind a tap, so their numbers lead to the page of all."""
    _, page = site(address)
    marks = [a.get("href") for sup in page.find("sup") for a in sup.iter("a")]

    assert marks
    assert all(re.fullmatch(r"/sources/#[a-z0-9-]+", mark) for mark in marks)
