"""The answers as a file for a record system: a FHIR R4 QuestionnaireResponse."""

from __future__ import annotations

import json
import random
import warnings
from typing import Any

from tests.stories import STORY
from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, effective
from treatment_guide.engine.code import encode
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
QUESTIONS = LIBRARY.guide.questions


def readers(count: int) -> list[Answers]:
    """Made-up readers without an urgent sign; some leave questions open, or are not sure."""
    chance = random.Random(15)
    found = []
    while len(found) < count:
        answers: dict[str, frozenset[str]] = {}
        for name, question in QUESTIONS.items():
            offered = [c for c in question.offered(answers) if c not in question.levels]
            if question.about_danger:
                answers[name] = frozenset((NONE,))
            elif chance.random() < 0.8:
                real = [c for c in offered if c not in (NONE, NOT_SURE)]
                most = 1 if question.kind == "one" else min(question.most or 3, len(real))
                several = chance.sample(real, chance.randint(1, most)) if real else []
                answers[name] = frozenset(several or [chance.choice(offered)])
        found.append(effective(QUESTIONS, answers))
    return found


def asked(client: Any, answers: Answers) -> dict[str, Any]:
    """The file of these answers."""
    from treatment_guide.engine.code import days_since_2026
    from treatment_guide.http.clock import today

    code = encode(LIBRARY.layout, answers, day=days_since_2026(today()))
    response = client.get(f"/whats-next/record/{code}/")
    assert response.status_code == 200, response["Location"]
    assert response["Cache-Control"] == "no-store" and response["X-Robots-Tag"] == "noindex"
    assert response["Content-Type"].startswith("application/fhir+json")
    assert "attachment" in response["Content-Disposition"]
    found: dict[str, Any] = response.json()
    return found


def test_fifty_readers_get_a_valid_file_whose_answers_give_the_same_code(client: Any) -> None:
    """Valid by a package that is not ours; every item and coding is one of our Questionnaire's,
    asked of this reader; and the answers lead back to the same code.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fhir.resources.R4B import get_fhir_model_class
    form = client.get("/fhir/Questionnaire/whats-next").json()
    items = {item["linkId"]: item for item in form["item"]}
    for answers in readers(50):
        found = asked(client, answers)
        get_fhir_model_class("QuestionnaireResponse")(**found)
        back: dict[str, frozenset[str]] = {}
        for item in found["item"]:
            own = items[item["linkId"]]
            codings = [option["valueCoding"] for option in own["answerOption"]]
            given = [answer["valueCoding"] for answer in item["answer"]]
            assert item["text"] == own["text"] and all(each in codings for each in given)
            assert len(given) == 1 or own["repeats"]
            name = given[0]["system"].rpartition("/")[2]
            back[name] = frozenset(each["code"] for each in given)
        assert encode(LIBRARY.layout, back) == encode(LIBRARY.layout, answers)
        order = [item["linkId"] for item in form["item"]]
        assert [order.index(i["linkId"]) for i in found["item"]] == sorted(
            order.index(i["linkId"]) for i in found["item"]
        )


def test_the_file_names_no_person(client: Any, code: Any) -> None:
    """No subject, no author, no name, no date of birth: who imports it says whose it is."""
    found = client.get(f"/whats-next/record/{code(STORY)}/").json()
    assert set(found) == {
        "resourceType",
        "questionnaire",
        "status",
        "authored",
        "language",
        "item",
    }
    assert "birth" not in json.dumps(found)


def test_the_file_comes_after_the_danger_signs(client: Any, code: Any) -> None:
    """A code without today's danger signs asks them first; an urgent one leads to help."""
    response = client.get(f"/whats-next/record/{code({'place': 'knee'})}/")
    assert response.status_code == 302 and "/urgent/" in response["Location"]
    response = client.get(f"/whats-next/record/{code({**STORY, 'urgent': 'breathing'})}/")
    assert response.status_code == 302 and "get-help-now" in response["Location"]


def test_the_clinicians_page_offers_the_file(client: Any, code: Any) -> None:
    """On the click, and said what it holds."""
    page = client.get(f"/whats-next/clinician/{code(STORY)}/").text
    assert f"/whats-next/record/{code(STORY)}/" in page and "no date of birth" in page
