"""A code that comes back from paper, and the outcome that gives one."""

import pytest
from hypothesis import given, settings

from tests.questionnaire.outcome.shown import Shown
from tests.questionnaire.whats_next.shared import (
    DANGER,
    IN_ADDRESS,
    LIBRARY,
    QUESTIONS,
    any_answers,
)
from tests.site_fixtures import words
from tests.stories import KNEE, STORY, choices_of
from treatment_guide.engine.code import decode, encode, grouped
from treatment_guide.engine.model import GROUPS


@given(answers=any_answers)
@settings(max_examples=40, deadline=None)
def test_a_code_from_paper_says_nothing_about_now(answers):
    """A code for paper holds neither danger signs nor how long ago the injection was."""
    chosen = choices_of(answers)

    paper = decode(LIBRARY.layout, QUESTIONS, encode(LIBRARY.layout, chosen, day=5, paper=True))

    kept = {q: c for q, c in chosen.items() if q not in (*DANGER, "since")}
    assert (dict(paper.answers), paper.day) == (kept, None)


def test_a_code_from_paper_asks_the_danger_signs_first(client, code, read):
    """A printed address opens the danger signs, with the other answers kept."""
    response = client.get(f"/go/{code(STORY, paper=True)}/")

    kept = {q: text for q, text in STORY.items() if q not in (*DANGER, "since")}
    assert read(response["Location"]) == ("urgent", kept)


def test_a_code_with_danger_signs_in_it_asks_them_all_the_same(client, code, read):
    """Even a code from an answer page, typed in, asks the danger signs anew."""
    response = client.get(f"/go/{code(STORY)}/")

    page, answers = read(response["Location"])
    assert (page, set(answers) & {*DANGER, "since"}) == ("urgent", set())


@given(answers=any_answers)
@settings(max_examples=40, deadline=None)
def test_a_code_from_paper_comes_to_the_same_outcome(
    client_for_many, html, code, expected, answers
):
    """Once the danger signs are answered anew, the outcome is that of the printed answers."""
    here = client_for_many.get(f"/go/{code(answers, paper=True)}/")["Location"]
    for question in DANGER:
        here = client_for_many.post(
            f"/whats-next/{question}/{IN_ADDRESS.fullmatch(here)[2]}/", {question: "none"}
        )["Location"]

    outcome = f"/whats-next/outcome/{IN_ADDRESS.fullmatch(here)[2]}/"
    page = html(client_for_many.get(outcome))

    without = {q: text for q, text in answers.items() if q != "since"}
    assert page.groups == expected(without)


def test_a_code_from_paper_comes_with_what_else_it_asks(client, post, code, read):
    """After the danger signs, the only question left of a whole set is how long ago it was."""
    here = client.get(f"/go/{code(STORY, paper=True)}/")["Location"]
    here = post("urgent", IN_ADDRESS.fullmatch(here)[2], urgent="none")["Location"]

    response = post("urgent-here", IN_ADDRESS.fullmatch(here)[2], urgent_here="none")

    assert read(response["Location"])[0] == "since"


def test_a_code_in_capitals_answers(client, code):
    """A printed square can hold capitals, which make it coarser and easier to scan."""
    paper = code(STORY, paper=True)

    capitals = client.get(f"/GO/{paper.upper()}/")["Location"]

    assert capitals == client.get(f"/go/{paper}/")["Location"]


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        lambda code: code.upper(),
        lambda code: grouped(code),
        lambda code: grouped(code).replace("-", " "),
        lambda code: f"  {grouped(code)} ",
        lambda code: code.replace("0", "O"),
        lambda code: code.replace("0", "o"),
        lambda code: code.replace("1", "I"),
        lambda code: code.replace("1", "l"),
    ],
    ids=["plain", "capitals", "hyphens", "spaces", "spaces around", "O", "o", "I for 1", "l for 1"],
)
def test_a_typed_code_is_read_kindly(client, code, typed):
    """The box takes a code as people type it: capitals, hyphens, spaces, O for 0, I or l for 1."""
    paper = code(STORY, paper=True)

    response = client.get("/go/", {"code": typed(paper)})

    assert response["Location"] == client.get(f"/go/{paper}/")["Location"]


def test_the_typed_code_of_the_test_has_what_people_mistype(code):
    """The code of these tests holds both a 0 and a 1, so that the test above means something."""
    assert {"0", "1"} <= set(code(STORY, paper=True))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0g4!", "fault-code-letters"),
        ("x" * 81, "fault-code-length"),
        ("0g5", "fault-code-check"),
        ("00", "fault-code-form"),
    ],
)
def test_a_wrong_code_is_said_kindly_in_the_box(client, html, typed, words):
    """A typed code that is wrong stays in the box, with what is wrong about it."""
    response = client.get("/go/", {"code": typed})

    page = html(response)

    (box,) = page.find("input", name="code")
    assert (response.status_code, box.get("value"), LIBRARY.ui[words] in page.text) == (
        422,
        typed[:200],
        True,
    )


def test_the_outcome_gives_a_code_for_paper(client, html, code):
    """What the outcome page offers to keep and share is a code without danger signs."""
    page = html(client.get(f"/whats-next/outcome/{code(STORY)}/"))

    assert f"/go/{code(STORY, paper=True)}/?r={LIBRARY.site.release}" in page.links


def test_an_option_that_only_waits_is_never_called_beyond_change(client, html, code):
    """What waits for time to pass will change: only what is not usual here can be beyond change."""
    early = {**STORY, "since": "under-2-weeks", "response": "worse"}
    page = html(client.get(f"/whats-next/outcome/{code(early)}/"))
    sections = {s.get("id"): "".join(s.itertext()) for s in page.find("section")}

    said = {group for group in GROUPS if LIBRARY.ui["nothing-changes"] in sections[group]}

    assert ("later" in page.groups.values(), said) == (True, {"less-likely"})


def test_many_changes_at_once_are_not_spelled_out(client, html, code):
    """A sore heel needs three other answers for a stimulator: the page says several, and no more."""
    heel = {**STORY, "place": "ankle-foot", "cause": "heel", "tried": "exercise"}
    page = html(client.get(f"/whats-next/outcome/{code(heel)}/"))
    row = Shown(page, LIBRARY).rows["spinal-cord-stimulation"]

    assert LIBRARY.ui["change-several"] in "".join(row.itertext())


def test_the_words_to_ask_stand_once(client, html, code):
    """What would settle an option stands among the questions to ask, and not again in each row."""
    page = html(client.get(f"/whats-next/outcome/{code({**STORY, 'place': 'back'})}/"))
    to_ask = LIBRARY.questions["nerve-signs"].find_out

    assert page.text.count(to_ask) == 1


def test_the_outcome_says_what_to_do_now(client, html, code):
    """Whom to call, what cannot wait, and the page to take along stand first."""
    page = html(client.get(f"/whats-next/outcome/{code(STORY)}/"))
    order = [found.get("id") for found in page.find("section")]
    (now,) = page.find("section", id="do-now")
    links = [link.get("href", "") for link in now.iter("a")]

    assert order[0] == "do-now"
    assert LIBRARY.ui["act-ask"] in words(now)
    assert any(link.startswith("/whats-next/take/") for link in links)
    assert "/get-help-now/" in links


def test_what_usually_comes_first_names_the_question(client, html, code):
    """ "You said: pain medicines" explains nothing; the answer stands under its question."""
    page = html(client.get(f"/whats-next/outcome/{code({**STORY, 'tried': 'medicines'})}/"))
    shown = Shown(page, LIBRARY)

    assert page.groups["joint-replacement"] == "later"
    assert f"{LIBRARY.questions['tried'].name}: " in shown.shared("joint-replacement")


@pytest.mark.parametrize("unsure", ["place", "cause"])
def test_who_does_not_know_what_hurts_is_told_where_to_begin(client, html, code, unsure):
    """Not sure where, or why: nearly everything depends then, so the actions name the first step."""
    page = html(client.get(f"/whats-next/outcome/{code({**KNEE, unsure: 'not-sure'})}/"))
    (actions,) = page.find("section", id="do-now")

    assert "/options/check-the-diagnosis/" in [a.get("href") for a in actions.iter("a")]
