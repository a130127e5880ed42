"""What a page owes its readers: each rule bites at its limit, and not below it."""

import pytest

from treatment_guide.library.problems import Problems
from treatment_guide.library.text.markdown import render
from treatment_guide.library.text.page_rules import ReadPart, check_option, check_page

LONG = "words " * 330
LIVING = "- Your body may be sore for days.\n- Your mood may be low at first.\n"
HELP = "[Get help](page:get-help-now)"


def part(name: str, text: str, title: str = "Title") -> ReadPart:
    rendered = render(text, 2, lambda scheme, target, label: (label or "", label or ""), no_fault)
    return ReadPart(name, title, 1, rendered)


def no_fault(line: int, message: str) -> None:
    raise AssertionError(message)


def told(check, *given) -> list[tuple[int, str]]:
    problems = Problems()
    check(*given, problems)
    return [(each.line, each.message) for each in problems.found]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LONG + "word", "331 words"),
        ("- item\n" * 8, "8 items"),
        ("1. step\n" * 8, "8 items"),
        ("One. Two. Three.\n\nFour. Five. Six.", "at most 5 sentences"),
    ],
)
def test_a_part_that_is_too_long_is_told(text: str, says: str) -> None:
    """A part has at most 330 words, a list seven items, the first part five sentences."""
    found = told(
        check_page, "topic", "t", "en/topics/t.md", [part("in-short", text), part("b", "Words.")]
    )

    assert [says in message for _, message in found] == [True]


@pytest.mark.parametrize("text", [LONG, "- item\n" * 7, "One. Two. Three.\n\nFour. Five."])
def test_a_part_at_its_limit_is_let_pass(text: str) -> None:
    """The limits themselves are allowed."""
    parts = [part("in-short", text), part("b", "Words.")]

    assert told(check_page, "topic", "t", "en/topics/t.md", parts) == []


def test_a_page_has_two_parts_each_with_words_in_its_heading() -> None:
    """One endless part, or a heading without words, is no page cut into parts."""
    one = told(check_page, "topic", "t", "en/topics/t.md", [part("in-short", "Words.")])
    bare = told(
        check_page, "topic", "t", "f", [part("in-short", "Words."), part("b", "Words.", "")]
    )

    assert ["at least 2 parts" in message for _, message in one] == [True]
    assert ["heading words" in message for _, message in bare] == [True]


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("gains", "We don't know.", 1, "says too little"),
        ("questions", "- Is it safe?\n" * 4, 1, "4 questions"),
        ("questions", "- Is it safe?\n" * 5 + "- Tell me more.\n", 7, "question mark"),
        ("living-with-it", LIVING, 1, "2 points"),
        ("living-with-it", LIVING + "- Work is hard.\n", 4, "6 words"),
        ("recovery", "Rest for a while.", 1, "page:get-help-now"),
    ],
)
def test_what_a_part_of_an_option_lacks_is_told(name: str, text: str, line: int, says: str) -> None:
    """Five questions, three points of living with it, when to call: each is told at its line."""
    you = part("may-suit", "You and you and you and you and you.")
    found = told(check_option, "f", [part(name, text), you], 3)

    assert [(at, says in message) for at, message in found] == [(line, True)]


def test_what_may_follow_from_a_fault_in_the_part_is_not_told() -> None:
    """A part with a fault of its own is not accused of lacking something as well."""
    broken = ReadPart("questions", "Title", 1, part("questions", "- Why?").rendered, sound=False)

    assert told(check_option, "f", [broken], 3) == []


@pytest.mark.parametrize(("sources", "faults"), [(2, 1), (3, 0)])
def test_an_option_stands_on_three_sources(sources: int, faults: int) -> None:
    """Fewer than three different sources are told, three are not."""
    you = part("may-suit", "You and you and you and you and you.")

    assert len(told(check_option, "f", [you], sources)) == faults
