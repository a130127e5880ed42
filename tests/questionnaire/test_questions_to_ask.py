"""What matters to a reader orders the questions and the comparison, and narrows nothing."""

from itertools import combinations

import pytest

from tests.stories import KNEE, choices_of
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library
from treatment_guide.questionnaire.questions_to_ask import Ask, asks, most_of

LIBRARY = current_library()
MATTERS = LIBRARY.guide.questions["matters"]
STORY = {**KNEE, "cause": "arthritis"}
UNSURE = {"response": "not-sure", "tried": "not-sure", "health": "diabetes", "scan": "not-sure"}


def outcome(answers):
    return narrow(Reader(LIBRARY.guide, choices_of(answers)))


def stand(found):
    """Where every option stands and why. A word of care may be added: asking is not agreeing."""
    return [(each.option, each.group, each.reasons) for each in found.standings]


def test_what_matters_never_narrows(fullest):
    """Whatever three things matter: every option stands where it stood, for the same reasons."""
    for answers in [STORY, {**STORY, **UNSURE}, *fullest.values()]:
        rest = {question: text for question, text in answers.items() if question != "matters"}
        without = outcome(rest)
        for three in combinations(MATTERS.choices, 3):
            found = outcome({**rest, "matters": " ".join(three)})

            assert stand(found) == stand(without)


@pytest.mark.parametrize("choice", MATTERS.real_choices)
def test_what_matters_comes_first_among_the_questions(choice):
    """A reader who says what matters has a question about it, at the top; the others all stay."""
    plain = asks(LIBRARY, outcome({**STORY, **UNSURE}))
    found = asks(LIBRARY, outcome({**STORY, **UNSURE, "matters": choice}))

    assert found[0].why == "matters"
    assert [ask for ask in found if ask.why != "matters"] == plain


def test_what_a_reader_is_unsure_of_is_asked_once():
    """Not sure of the scan is a question already; what options wait for adds only what is new."""
    scan, block = (LIBRARY.questions[name].find_out for name in ("scan", "block"))

    found = [ask.words for ask in asks(LIBRARY, outcome({**STORY, **UNSURE}), [scan, block])]

    assert (LIBRARY.asks["what-scan-shows"] in found, scan in found, block in found) == (
        True,
        False,
        True,
    )


def test_the_outcome_says_that_what_matters_comes_first(client, code, html):
    """An order that nobody explains looks like a judgment."""
    told = LIBRARY.ui["asks-matter"]
    for answers, said in ((STORY, False), ({**STORY, "matters": "sleep"}, True)):
        page = html(client.get(f"/whats-next/outcome/{code(answers)}/"))

        assert (told in page.text) is said


def test_what_matters_comes_first_in_the_comparison_which_says_so(client, code, html):
    """The part of an option page that answers what matters is the first row."""
    three = "option=prp&option=exercise-program"
    for choice in MATTERS.real_choices:
        answers = {**STORY, "matters": choice}
        page = html(client.get(f"/whats-next/compare/{code(answers)}/?{three}"))
        first = page.find("tr")[1]

        assert LIBRARY.questions["matters"].choices[choice].label in page.text
        assert first.get("class") == f"row-{LIBRARY.matters_first[choice]}"


def test_paper_with_little_room_keeps_what_matters_and_what_is_known():
    """What a reader is not sure of gives way first, and the order stays."""
    found = [Ask("a", "matters"), Ask("b", "unsure"), Ask("c", "known"), Ask("d", "always")]

    assert [ask.words for ask in most_of(found, 3)] == ["a", "c", "d"]
    assert most_of(found, 9) == found
    assert most_of(found, 0) == []
