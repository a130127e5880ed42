"""The blank form for the waiting room asks what the questionnaire asks."""

from __future__ import annotations

from typing import Any

import pytest

from treatment_guide.engine.answers import NONE, Answers
from treatment_guide.engine.code import decode
from treatment_guide.engine.flow import OUTCOME, next_page
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library
from treatment_guide.paper.waiting_room_form import asked, places

LIBRARY = current_library()
GUIDE = LIBRARY.guide
every_place = pytest.mark.parametrize("place", places(LIBRARY))


def walked(place: str) -> dict[str, tuple[str, ...]]:
    """Every question that some reader at this place is asked before the outcome, with the choices
    offered: each answer of each question is tried, in turn, with no danger sign.
    """
    start: Answers = {"place": frozenset((place,))}
    for question in GUIDE.danger:
        start = {**start, question.id: frozenset((NONE,))}
    met: dict[str, tuple[str, ...]] = {q.id: q.offered(start) for q in GUIDE.danger}
    waiting, seen = [(start, "place")], set()
    while waiting:
        answers, after = waiting.pop()
        page = next_page(Reader(GUIDE, answers), after)
        if page == OUTCOME or (page, answers.get("cause")) in seen:
            continue
        seen.add((page, answers.get("cause")))
        offered = GUIDE.questions[page].offered(answers)
        met[page] = offered
        waiting += [({**answers, page: frozenset((choice,))}, page) for choice in offered]
    return met


@every_place
def test_a_form_asks_what_the_questionnaire_asks(place: str) -> None:
    """The same questions with the same choices, in the same order, the danger signs first."""
    on_paper = {question.id: offered for question, offered in asked(LIBRARY, place)}

    assert on_paper == walked(place)
    order = [question.id for question, _ in asked(LIBRARY, place)]
    assert order == [name for name in GUIDE.questions if name in on_paper]
    assert order[0] == GUIDE.danger[0].id


@every_place
def test_a_form_shows_every_question_and_choice_in_the_words_of_the_screen(
    client: Any, html: Any, place: str
) -> None:
    """Nothing is shortened on paper; the code leads to the questions with the place answered."""
    response = client.get(f"/clinics/forms/{place}/")
    words = html(response).words("article")
    for question, offered in asked(LIBRARY, place):
        said = LIBRARY.questions[question.id]
        assert said.title in words
        for choice in offered:
            assert said.choices[choice].label.replace("**", "") in words
            assert said.choices[choice].hint in words
    code = html(response).words("b", class_="answer-code").replace("-", "").strip().lower()
    assert decode(LIBRARY.layout, GUIDE.questions, code).answers == {"place": frozenset((place,))}


def test_no_form_for_a_place_that_is_none(client: Any) -> None:
    """Not sure is no place to print, and an unknown word is not found."""
    assert client.get("/clinics/forms/not-sure/").status_code == 404
    assert client.get("/clinics/forms/tail/").status_code == 404
