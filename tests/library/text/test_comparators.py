"""What the numbers of an option were compared with, and which of them stand first."""

from dataclasses import replace
from datetime import date

import pytest

from treatment_guide.library.model import Fact
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.comparators import check_comparators
from treatment_guide.library.text.markdown import render
from treatment_guide.library.text.page_rules import ReadPart

DAY = date(2026, 11, 30)
#: A number without a comparator, about the whole option.
BARE = Fact(
    *("bare", "of-100", 30, None, "3 months", None, ("a-trial",), "low", DAY, DAY, "Thirty.", ""),
    *("adults", "", "", ""),
)
FACTS = {
    name: replace(BARE, id=name, comparator=comparator, places=tuple(places), subject=subject)
    for name, comparator, places, subject in (
        ("sham", "sham", ["knee"], ""),
        ("placebo", "placebo", ["knee"], ""),
        ("open", "other-care", ["knee"], ""),
        ("before", "before", ["knee"], ""),
        ("none", "none", [], ""),
        ("hip", "other-care", ["hip"], ""),
        ("heat", "other-care", ["knee"], "heat"),
        ("cold", "sham", ["knee"], "cold"),
        ("bare", "", ["knee"], ""),
    )
} | {"days": replace(BARE, id="days", kind="duration", value="3 days")}


def told(part: str, *names: str) -> list[tuple[int, str]]:
    """Line and message of each fault in a part that shows these facts, one in a paragraph."""
    text = "\n\n".join(f"<fact:{name}>" for name in names)
    rendered = render(text, 2, lambda scheme, target, label: ("", target), lambda *_: None)
    shown = {"gains": render("Words.", 1, None, None), "harms": render("Words.", 1, None, None)}
    parts = [ReadPart(name, name, 1, each) for name, each in (shown | {part: rendered}).items()]
    problems = Problems()
    check_comparators("en/options/o.md", parts, FACTS, problems)
    return [(each.line, each.message) for each in problems.found]


@pytest.mark.parametrize("part", ["gains", "harms"])
@pytest.mark.parametrize("controlled", ["sham", "placebo"])
@pytest.mark.parametrize("earlier", ["open", "before", "none", "heat"])
def test_a_number_against_a_fake_stands_first(part: str, controlled: str, earlier: str) -> None:
    """Open and uncontrolled numbers look better than they are, so they never open a list: the fault
    is told at the line of the number that has to move up, and names the one before it.
    """
    ((line, message),) = told(part, earlier, controlled)

    assert line == 4
    assert controlled in message and f"before `{earlier}`" in message


@pytest.mark.parametrize(
    "names",
    [
        ("sham", "open", "before", "none"),
        ("sham", "placebo", "open"),
        ("hip", "sham"),
        ("heat", "cold"),
        ("days", "sham"),
    ],
    ids=["fake first", "two fakes", "another place", "another subject", "a time"],
)
def test_numbers_about_other_things_stand_in_any_order(names: tuple[str, ...]) -> None:
    """Places that differ, or subjects that differ, are not the same thing."""
    assert told("gains", *names) == []


def test_a_number_says_what_it_was_compared_with() -> None:
    """Under gains and harms each count and score has a comparator; a time needs none."""
    ((line, message),) = told("gains", "bare", "days")

    assert line == 2
    assert "comparator" in message


def test_a_missing_heading_is_a_fault_of_its_own() -> None:
    """Without `## harms` its numbers stand under gains: their order says nothing."""
    rendered = render("<fact:open> <fact:sham>", 2, lambda *_: ("", ""), lambda *_: None)
    problems = Problems()
    check_comparators("o.md", [ReadPart("gains", "gains", 1, rendered)], FACTS, problems)

    assert not problems.found


def test_other_parts_are_left_alone() -> None:
    """Only what people gain and what can go wrong weigh one thing against another."""
    assert told("recovery", "bare", "open", "sham") == []
