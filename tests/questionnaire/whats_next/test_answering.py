"""Every answer is a POST, and every page a code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.questionnaire.whats_next.shared import (
    DANGER,
    IN_ADDRESS,
    LIBRARY,
    ORDINARY,
    QUESTIONS,
    any_answers,
)
from tests.stories import KNEE, STORY, choices_of


def test_an_answer_leads_to_the_next_page_with_the_answer_in_its_code(post, code, read):
    """A chosen answer is sent on: 303 to the next question, whose address holds it as a code."""
    response = post("cause", code(KNEE), cause="arthritis")

    assert (response.status_code, read(response["Location"])) == (
        303,
        ("response", {**KNEE, "cause": "arthritis"}),
    )


@pytest.mark.parametrize("question", ORDINARY)
def test_a_question_can_be_skipped(post, code, read, question):
    """An ordinary question sent empty is left open, and the journey goes on."""
    answers = {**STORY, question: next(iter(QUESTIONS[question].choices))}

    response = post(question, code({**STORY, **answers}))

    assert (response.status_code, question in read(response["Location"])[1]) == (303, False)


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_has_a_link_to_skip_it(client, html, code, question):
    """Skipping is a link on the page, and it leads to a page that answers."""
    page = html(client.get(f"/whats-next/{question}/{code(KNEE)}/"))

    skip = [a.get("href") for a in page.find("a") if LIBRARY.ui["skip-question"] in a.itertext()]

    assert [client.get(address).status_code for address in skip] == [200]


@pytest.mark.parametrize("question", DANGER)
def test_danger_signs_cannot_be_skipped(client, html, code, question):
    """No link leads past the danger signs."""
    page = html(client.get(f"/whats-next/{question}/{code({'urgent': 'none', 'place': 'knee'})}/"))

    words = page.words("main")

    assert (LIBRARY.ui["skip-question"] in words, LIBRARY.ui["show-now"] in words) == (False, False)


def test_an_answer_replaces_the_one_before(post, code, read):
    """Answering again changes that answer and leaves all others."""
    response = post("health", code(STORY), health="diabetes allergy")

    assert read(response["Location"])[1] == {**STORY, "health": "allergy diabetes"}


@pytest.mark.parametrize("question", [q for q in STORY if q != "place"])
def test_change_comes_back_to_the_outcome(client, html, post, code, question):
    """From the outcome, "Change" opens one question, and its answer leads back to the outcome."""
    page = html(client.get(f"/whats-next/outcome/{code(STORY)}/"))
    change = next(link for link in page.links if link.startswith(f"/whats-next/{question}/"))
    again = {question.replace("-", "_"): STORY[question]}

    response = post(question, IN_ADDRESS.fullmatch(change)[2], **again)

    assert response["Location"].startswith("/whats-next/outcome/")


def test_a_changed_place_asks_its_danger_signs_and_comes_back(client, post, code, read):
    """A new place has danger signs of its own; they are asked, then the outcome comes back."""
    asked = post("place", code(STORY), place="hip")["Location"]
    page, _ = read(asked)

    answered = post(page, IN_ADDRESS.fullmatch(asked)[2], urgent_here="none")

    assert (page, read(answered["Location"])[0]) == ("urgent-here", "outcome")


@pytest.mark.parametrize("question", [q for q in QUESTIONS if not QUESTIONS[q].core])
def test_a_sharpening_answer_comes_back_to_the_outcome(post, code, read, question):
    """A question asked from the outcome, to sharpen it, leads back to the outcome."""
    choice = QUESTIONS[question].choices[0]

    response = post(question, code(STORY), **{question.replace("-", "_"): choice})

    assert read(response["Location"])[0] == "outcome"


def test_the_whole_questionnaire_leads_to_the_outcome(client, html, post, expected):
    """Whoever starts and answers what is asked ends at the outcome of those answers."""
    start = html(client.get("/whats-next/"))
    here = next(link for link in start.links if IN_ADDRESS.fullmatch(link))
    asked = []
    while not here.startswith("/whats-next/outcome/"):
        question, code = IN_ADDRESS.fullmatch(here).groups()
        asked.append(question)
        here = post(question, code, **{question.replace("-", "_"): STORY[question]})["Location"]

    outcome = html(client.get(here))

    assert (asked, outcome.groups) == (list(STORY), expected(STORY))


@settings(max_examples=60, deadline=None)
@given(answers=any_answers)
def test_the_outcome_is_what_the_rules_say(client_for_many, html, code, expected, answers):
    """For any answers, the page shows every option once, in the group the rules give."""
    page = html(client_for_many.get(f"/whats-next/outcome/{code(answers)}/"))

    assert page.groups == expected(answers)


@settings(max_examples=40, deadline=None)
@given(answers=any_answers, data=st.data())
def test_a_page_ticks_what_its_code_says(client_for_many, html, code, answers, data):
    """Back, Reload, a second tab: a question opened by its address shows the answer given."""
    question = data.draw(st.sampled_from(ORDINARY))
    from treatment_guide.engine.answers import effective

    chosen = choices_of(answers)
    counted = effective(QUESTIONS, chosen).get(question, frozenset())

    page = html(client_for_many.get(f"/whats-next/{question}/{code(answers)}/"))

    ticked = {box.get("value") for box in page.find("input") if "checked" in box.attrib}
    assert ticked == counted


def test_an_answer_set_aside_is_shown(client, html, code):
    """An answer that another has made meaningless is kept, and shown as set aside."""
    page = html(client.get(f"/whats-next/outcome/{code({**STORY, 'cause': 'heel'})}/"))
    (told,) = page.find("section", id="told")

    aside = [
        "".join(row.itertext())
        for row in told.iter("div")
        if LIBRARY.ui["set-aside"] in "".join(row.itertext()) and row.find("dt") is not None
    ]

    assert [LIBRARY.questions["cause"].choices["heel"].label in row for row in aside] == [True]


def test_an_answer_set_aside_comes_back_with_its_place(post, code, read):
    """Going back to the place that offered it brings the answer back."""
    here = code({**STORY, "place": "ankle-foot", "cause": "heel"})
    away = IN_ADDRESS.fullmatch(post("place", here, place="knee")["Location"])[2]

    back = post("place", away, place="ankle-foot")["Location"]

    assert read(back)[1]["cause"] == "heel"
