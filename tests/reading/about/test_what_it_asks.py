"""What the page for a clinic's lawyer says about each answer is what the rules do."""

from typing import Any

from tests.content.standards.read_pages import fetched, plain
from treatment_guide.engine.conditions import atoms
from treatment_guide.library.content_check import current_library
from treatment_guide.reading.about.what_it_asks import answers_in, what_it_asks

LIBRARY = current_library()
VALUES: dict[str, Any] = what_it_asks(LIBRARY) or {}
#: The grounds that 45 CFR 92.210 names, in its order.
GROUNDS = ["race", "color", "national-origin", "sex", "age", "disability"]
#: Illnesses that pass, and an operation that is booked: no disability.
PASSING = {"infection", "surgery-planned"}


def named() -> set[tuple[str, str]]:
    """Every answer that some rule of an option, notice or question to ask names."""
    guide = LIBRARY.guide
    rules = [*guide.notices, *guide.asks]
    for option in guide.options.values():
        for kind in ("fits", "first", "wait", "against", "caution", "done"):
            rules += getattr(option, kind)
    return {each for rule in rules for each in answers_in(rule.condition)}


def test_every_question_and_every_answer_stands_there_with_why() -> None:
    """Nothing that is asked is left out."""
    page = plain(fetched("/clinics/what-it-asks/"))

    for words in LIBRARY.questions.values():
        assert words.title in page
        assert all(choice.label in page for choice in words.choices.values())
    assert [row["ground"].id for row in VALUES["grounds"]] == GROUNDS


def test_an_answer_does_nothing_exactly_where_no_rule_names_it() -> None:
    """ "Nothing by itself" is true, and no answer that moves something is called harmless."""
    found = named()
    for row in VALUES["questions"]:
        levels = LIBRARY.guide.questions[row["id"]].levels
        choices = LIBRARY.questions[row["id"]].choices
        for choice, shown in zip(choices, row["answers"], strict=True):
            moves = (row["id"], choice) in found or levels.get(choice) in ("emergency", "today")
            assert bool(shown.moves) == moves, (row["id"], choice)


def test_a_count_is_the_number_of_options_whose_rules_name_the_answer() -> None:
    """Counted again by hand for the answer that the page is most asked about."""
    waiting = sum(
        any(
            "pregnancy" in atom.choices
            for rule in option.wait
            for atom in atoms(rule.condition)
            if atom.question == "health"
        )
        for option in LIBRARY.guide.options.values()
    )
    (sex,) = (row for row in VALUES["grounds"] if row["ground"].id == "sex")

    assert f"makes {waiting} options wait" in sex["answers"][0].moves


def test_every_lasting_illness_stands_under_a_ground() -> None:
    """A new answer about health is placed under what the law names, or called passing here."""
    placed = {choice for g in LIBRARY.grounds for q, choice in g.answers if q == "health"}

    assert set(LIBRARY.guide.questions["health"].safety) - placed == PASSING
