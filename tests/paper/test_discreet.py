"""An illness that a choice tells of is not told on anything printed or pasted."""

import re

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


def links(text):
    """The addresses of the links on a page that change how the same sheet is shown."""
    return set(re.findall(r'href="(\?[^"]*)"', text.replace("&amp;", "&")))


@pytest.mark.parametrize(("question", "choice"), CHOICES)
def test_large_print_and_the_full_words_keep_each_other(page, question, choice) -> None:
    """Who has chosen one is not set back when the other is chosen, or taken back."""
    assert links(page("take", question, choice)) == {"?print=large", "?words=full"}
    assert "?print=large&words=full" in links(page("take", question, choice, "?print=large"))
    assert "?print=large&words=full" in links(page("take", question, choice, "?words=full"))
    both = page("take", question, choice, "?print=large&words=full")
    assert links(both) == {"?print=large", "?words=full"}


@pytest.mark.parametrize(("question", "choice"), CHOICES)
def test_the_other_sheet_is_named_as_fully(page, question, choice) -> None:
    """From the sheet with the name in, the link to the other sheet has the name in too."""
    assert re.search(
        r'href="/whats-next/clinician/[^"]*\?words=full"',
        page("take", question, choice, "?words=full"),
    )
    assert re.search(
        r'href="/whats-next/take/[^"]*\?words=full"',
        page("clinician", question, choice, "?words=full"),
    )


@pytest.mark.parametrize(("question", "choice"), CHOICES)
@pytest.mark.parametrize("kind", SHEETS)
def test_who_leaves_the_name_out_is_told_that_the_code_holds_it(
    page, kind, question, choice
) -> None:
    """The code on paper decodes to every answer: that stands beside the choice."""
    assert LIBRARY.ui["sheet-who-sees"] in page(kind, question, choice)
