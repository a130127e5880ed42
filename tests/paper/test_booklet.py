"""A booklet of one situation, for readers without a screen."""

from __future__ import annotations

from typing import Any

import pytest

from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
every_situation = pytest.mark.parametrize("situation", LIBRARY.situations)


@every_situation
def test_a_booklet_tells_of_the_options_that_fit_for_place_and_cause(
    client: Any, html: Any, situation: str
) -> None:
    """Those and no other, in their order, each with its first sentences and its fact table."""
    fitting = set()
    for given in LIBRARY.situations[situation].answers:
        answers = {question: frozenset((choice,)) for question, choice in given.items()}
        outcome = narrow(Reader(LIBRARY.guide, answers))
        assert isinstance(outcome, Outcome)
        fitting |= {each.option for each in outcome.group("fits")}
    page = html(client.get(f"/clinics/booklets/{situation}/"))
    told = page.find("section", class_="booklet-option flow")

    assert [each.get("id") for each in told] == [o for o in LIBRARY.options if o in fitting]
    assert all(len(list(each.iter("dl"))) == 1 for each in told)


@every_situation
def test_a_booklet_says_when_to_get_help_before_anything_else(
    client: Any, html: Any, situation: str
) -> None:
    """Danger first, on paper too; no number of a source points to a page that is not there."""
    page = html(client.get(f"/clinics/booklets/{situation}/"))
    words = page.words("article")
    part = LIBRARY.situations[situation].page.part("when-to-get-help")

    assert page.root.get("lang") == LIBRARY.site.language
    assert part is not None
    ask_next = LIBRARY.situations[situation].page.part("what-people-ask-next")
    assert ask_next is not None
    assert 0 < words.index(part.title) < words.index(ask_next.title)
    assert not [link for link in page.links if link.startswith("#s")]


def test_no_booklet_for_what_is_no_situation(client: Any) -> None:
    """An unknown word is not found."""
    assert client.get("/clinics/booklets/tail/").status_code == 404
