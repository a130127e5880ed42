"""The page of a search: help stands above the results, with the numbers of the region."""

import re
from typing import Any

import pytest
from django.test import Client

from treatment_guide.library.content_check import current_library
from treatment_guide.library.search.plain_words import LONGEST_TEXT

LIBRARY = current_library()
PHONES = LIBRARY.site.phones


def page(query: str) -> str:
    """The HTML of a search, as it arrives: no script has run."""
    answer: Any = Client().get("/search/", {"q": query})
    assert answer.status_code == 200
    return str(answer.content.decode())


def boxes(html: str) -> list[str]:
    """The ids of the boxes of danger, in their order."""
    return re.findall(r'<section class="danger-box[^"]*" id="([a-z-]+)"', html)


def test_thoughts_of_self_harm_show_the_crisis_card_itself() -> None:
    """Its words and its button with the number, the same as on "get help now"."""
    html = page("want to die")
    card = re.search(r'<section class="danger-box for-days crisis".*?</section>', html, re.DOTALL)
    there = str(Client().get("/get-help-now/").content.decode())  # type: ignore[attr-defined]

    assert card
    assert card[0] in there
    assert f'href="tel:{PHONES["crisis"].dial}"' in card[0]
    assert PHONES["crisis"].number in re.sub(r"<[^>]+>", "", card[0])
    assert boxes(html) == ["crisis"]


def test_an_emergency_shows_the_sign_and_the_button_to_call() -> None:
    """The sign that was typed, and no other."""
    html = page("my chest hurts, chest pain")

    assert boxes(html) == ["emergency"]
    assert f'class="button call" href="tel:{PHONES["emergency"].dial}"' in html
    assert "Trouble breathing, chest pain" in html
    assert "vomiting blood" not in html


@pytest.mark.parametrize(
    ("query", "box"), [("fever since my shot", "today"), ("lump that grows", "days")]
)
def test_other_levels_say_what_to_do(query: str, box: str) -> None:
    """Today, or within days: the box of that level with the card of the sign."""
    assert boxes(page(query)) == [box]


def test_the_most_urgent_stands_first() -> None:
    """Thoughts of self-harm first of all, then emergencies, then the rest."""
    html = page("suicidal, chest pain, fever, lump growing")

    assert boxes(html) == ["crisis", "emergency", "today", "days"]


def test_a_danger_without_a_sign_has_words_of_its_own() -> None:
    """An overdose is no question of the guide, and 911 is the answer all the same."""
    html = page("took too many tablets")

    assert boxes(html) == ["emergency"]
    assert "Too much of a medicine" in html


@pytest.mark.parametrize("query", ["want to die knee", "knee chest pain", "knee fever"])
def test_help_stands_above_the_results(query: str) -> None:
    """The results stay, below."""
    html = page(query)

    assert html.index("danger-box") < html.index('class="detail-list"')


@pytest.mark.parametrize("query", ["", "knee", "no chest pain in the knee"])
def test_without_danger_there_is_no_box(query: str) -> None:
    """A calm search is a list of pages."""
    assert boxes(page(query)) == []


def test_danger_is_found_at_the_end_of_a_long_query() -> None:
    """Whoever is afraid writes sentences: all that is read of a query is looked at."""
    words = (
        "i had an injection last week and it did not do much at all for the knee that i have and "
    )
    query = f"{words * 2}"[: LONGEST_TEXT - 12] + " chest pain"

    assert boxes(page(query)) == ["emergency"]
    assert boxes(page("knee " * 60 + "chest pain")) == []
