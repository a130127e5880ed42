"""Page and rule say the same: each point of who it may suit names the rule that it states."""

from dataclasses import replace

from treatment_guide.engine.conditions import ALWAYS, Among
from treatment_guide.engine.model import Option, Rule
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.markdown import render
from treatment_guide.library.text.page_rules import ReadPart
from treatment_guide.library.text.stated_rules import check_complete, check_stated, marked

PREGNANT = Rule(Among("health", frozenset({"pregnancy"})), "pregnancy-wait")
KNEE = Rule(Among("place", frozenset({"knee"})), "knee")
OPTION = Option("prp", "injections", fits=(KNEE,), wait=(PREGNANT,), nowhere="nowhere-prp")


def part(name: str, text: str) -> ReadPart:
    def resolve(scheme: str, target: str, label: str | None) -> tuple[str, str]:
        raise KeyError(target)

    rendered = render(text, 2, marked(resolve), no_fault)
    assert not rendered.lacking
    return ReadPart(name, "Title", 1, rendered)


def no_fault(line: int, message: str) -> None:
    raise AssertionError(message)


def told(check, suits: str, suits_not: str) -> list[tuple[int, str, str]]:
    problems = Problems()
    check("f", OPTION, [part("may-suit", suits), part("may-not-suit", suits_not)], problems)
    return [(each.line, each.field, each.message) for each in problems.found]


def test_a_mark_is_for_editors_and_prints_nothing() -> None:
    """A reader sees the point alone, without the id and without a space at its end."""
    shown = part("may-suit", "- A sore knee <rule:knee> <rule:not-asked>")

    assert shown.rendered.blocks[0].html == "<ul><li>A sore knee</li></ul>"
    assert shown.items == [(2, "A sore knee")]


def test_points_that_name_their_rules_are_let_pass() -> None:
    """Every point names a rule, and the rule that holds back stands in one of them."""
    suits, suits_not = "- Sore knees <rule:knee>", "- The pregnant <rule:pregnancy-wait>"

    assert told(check_stated, suits, suits_not) == []
    assert told(check_complete, suits, suits_not) == []


def test_a_mark_names_a_rule_of_this_option() -> None:
    """A rule of another option, or a misspelled one, is no rule that the page can state."""
    found = told(check_stated, "- Sore knees <rule:knee>", "- The pregnant <rule:pregnancy-wiat>")

    assert [(line, field) for line, field, _ in found] == [(2, "may-not-suit")]
    assert "Is `pregnancy-wait` meant?" in found[0][2]


def test_a_point_without_a_mark_is_told() -> None:
    """A point that names no rule may contradict one, and nobody would notice."""
    found = told(check_complete, "- Sore knees", "- The pregnant <rule:pregnancy-wait>")

    assert [(line, field) for line, field, _ in found] == [(2, "may-suit")]
    assert "<rule:not-asked>" in found[0][2]


def test_a_rule_that_holds_back_stands_in_a_point() -> None:
    """What puts an option off is said on its page, not only in the questionnaire."""
    found = told(check_complete, "- Sore knees <rule:knee>", "- The shy <rule:not-asked>")

    assert [(field, "pregnancy-wait" in message) for _, field, message in found] == [
        ("may-not-suit", True)
    ]


def test_a_paragraph_below_the_points_may_state_a_rule() -> None:
    """Words that need a whole sentence stand below the list, and carry the mark too."""
    suits_not = "- The shy <rule:not-asked>\n\nWait until after a pregnancy. <rule:pregnancy-wait>"

    assert told(check_complete, "- Sore knees <rule:knee>", suits_not) == []


def test_what_a_faulty_part_may_state_waits() -> None:
    """A misspelled heading or link is one fault: no rule is called unstated because of it."""
    suits = part("may-suit", "- Sore knees <rule:knee>")
    faulty = replace(part("may-not-suit", "- The pregnant <rule:pregnancy-wait>"), sound=False)

    for parts in ([suits], [suits, faulty]):
        problems = Problems()
        check_complete("f", OPTION, parts, problems)
        assert problems.found == []


def test_what_is_for_trials_only_states_that() -> None:
    """The one rule of an option for trials only holds everybody back, so its page says it."""
    trials_only = Option(
        "cells", "injections", (), against=(Rule(ALWAYS, "cells-trials"),), trials_only=True
    )
    problems = Problems()
    points = [part("may-suit", "- The shy <rule:not-asked>"), part("may-not-suit", "No others.")]

    check_complete("f", trials_only, points, problems)

    assert ["cells-trials" in each.message for each in problems.found] == [True]
