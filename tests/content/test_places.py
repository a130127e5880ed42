"""Every number says whom it is about: its places stand in its record and in its words.

The check at start holds each fact to that; these tests make sure that the check sees, and that the
pages where a reader's place is known keep to it.
"""

import re
from html import escape

import pytest

from tests.for_each import for_each
from treatment_guide.library.content_check import current_library
from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.loading.places import PlaceCheck
from treatment_guide.library.model import Fact

LIBRARY = current_library()
NAMES = PlaceCheck({c: w.named for c, w in LIBRARY.questions[PLACE].choices.items()})
TIED = [fact for fact in LIBRARY.facts.values() if fact.places]
FREE = [fact for fact in LIBRARY.facts.values() if not fact.places]


def about(fact: Fact) -> str:
    """The words of a fact that readers always see with its number."""
    return f"{fact.sentence} {fact.who}"


@for_each("fact", TIED, ids=lambda fact: fact.id)
def test_a_number_of_a_place_names_it_and_cannot_lose_it(fact: Fact) -> None:
    """The words of a fact name each of its places, so a record without the places is a fault."""
    assert NAMES.faults(fact.places, about(fact)) == []
    assert NAMES.faults((), about(fact)) != []


def test_a_number_for_every_place_names_none_or_says_so() -> None:
    """What names a place and holds for all of them is a choice an editor made, and rare."""
    said = [fact.id for fact in FREE if NAMES.about(about(fact))]

    assert 0 < len(said) < len(LIBRARY.facts) // 20


def test_every_place_of_the_body_has_names() -> None:
    """A place that readers can choose is known by words; "several places" and "not sure" are none.
    A new place may have no number yet; every number is about a place that has names.
    """
    question = LIBRARY.guide.questions[PLACE]
    unnamed = set(question.choices) - NAMES.places

    assert unnamed == {"several", "not-sure"}, "add `- named:` in content/en/questions/place.md"
    assert NAMES.places >= {place for fact in TIED for place in fact.places}


@pytest.mark.parametrize("name", list(LIBRARY.situations))
def test_a_page_of_a_situation_shows_numbers_of_its_places(name: str) -> None:
    """Who looks up one place reads no number about another."""
    situation = LIBRARY.situations[name]
    here = {situation.place, *(answers[PLACE] for answers in situation.answers)} & NAMES.places
    strange = [
        fact
        for fact in situation.page.facts
        if here and LIBRARY.facts[fact].places and here.isdisjoint(LIBRARY.facts[fact].places)
    ]

    assert strange == []


def test_words_of_rules_show_only_numbers_for_every_place() -> None:
    """Reasons, notices and questions to ask stand on the outcome and on both pages to take along,
    whatever the place: a number among them holds for all places.
    """
    shown = [
        *LIBRARY.reasons.values(),
        *(notice.html for notice in LIBRARY.notices.values()),
        *LIBRARY.asks.values(),
    ]
    told = re.sub(r"\s+", " ", " ".join(shown))

    assert any(escape(fact.sentence, quote=False) in told for fact in FREE)
    assert [fact.id for fact in TIED if escape(fact.sentence, quote=False) in told] == []
