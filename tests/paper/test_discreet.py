"""An illness that a choice tells of is not told on anything printed or pasted."""

import pytest

from tests.stories import STORY
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
#: Every choice that is said discreetly outside the page of its question.
CHOICES = [
    (question, choice)
    for question, words in LIBRARY.questions.items()
    for choice, each in words.choices.items()
    if each.discreet
]
SHEETS = ["take", "clinician"]


@pytest.fixture
def page(client, code, html):
    """The page of a kind for somebody with a choice, as HTML and as it is read."""

    def shown(kind, question, choice, query=""):
        response = client.get(f"/whats-next/{kind}/{code({**STORY, question: choice})}/{query}")
        assert response.status_code == 200
        return response.content.decode()

    return shown


def naming(question, choice):
    """What would tell: the label of the choice, and the names in its label and hint."""
    words = LIBRARY.questions[question].choices[choice]
    names = {"ritonavir", "cobicistat", "hiv", "covid"}
    return {words.label.lower()} | {n for n in names if n in f"{words.label} {words.hint}".lower()}


def test_the_medicine_against_hiv_is_said_discreetly() -> None:
    """The one choice of today whose name tells of an illness that others need not know."""
    assert ("health", "hiv-medicines") in CHOICES


@pytest.mark.parametrize(("question", "choice"), CHOICES)
@pytest.mark.parametrize("kind", ["outcome", *SHEETS])
def test_no_page_after_the_question_tells_of_it(page, kind, question, choice) -> None:
    """Outcome, sheets and the text to paste say the discreet words: also notices and reasons."""
    shown = page(kind, question, choice).lower()

    assert not {name for name in naming(question, choice) if name in shown}
    assert LIBRARY.questions[question].choices[choice].discreet.lower()[2:] in shown


@pytest.mark.parametrize(("question", "choice"), CHOICES)
@pytest.mark.parametrize("kind", SHEETS)
def test_the_reader_may_choose_to_name_it(page, kind, question, choice) -> None:
    """One link on the sheet puts the name in, and another takes it out again."""
    label = LIBRARY.questions[question].choices[choice].label

    assert 'href="?words=full"' in page(kind, question, choice)
    assert label in page(kind, question, choice, "?words=full")


@pytest.mark.parametrize("kind", SHEETS)
def test_who_ticked_no_such_choice_is_offered_no_such_link(client, code, kind) -> None:
    """Nobody is asked about a discretion that they do not need."""
    response = client.get(f"/whats-next/{kind}/{code(STORY)}/")

    assert "?words=full" not in response.content.decode()
