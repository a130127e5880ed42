"""What the numbers of an option need for its page: one of each side leads, each has its words."""

from dataclasses import replace

import pytest

from tests.library.text.test_comparators import BARE
from treatment_guide.library.model import Fact
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.leading import check_leading
from treatment_guide.library.text.markdown import render
from treatment_guide.library.text.page_rules import ReadPart

#: A count against a fake treatment that has all it needs.
GOOD = replace(
    BARE,
    id="good",
    comparator="sham",
    versus=20,
    leads=True,
    short="Walked, later",
    difference="10 more.",
    severity="serious",
)
FOLLOWS = replace(GOOD, id="follows", leads=False, short="")


def told(part: str, *facts: Fact) -> list[tuple[int, str]]:
    """Line and message of each fault in a part that shows these facts, one in a paragraph. The other
    part is there and empty.
    """
    text = "\n\n".join(f"<fact:{fact.id}>" for fact in facts)
    rendered = render(text, 2, lambda scheme, target, label: ("", target), lambda *_: None)
    problems = Problems()
    known = {fact.id: fact for fact in facts}
    empty = render("", 2, lambda scheme, target, label: ("", target), lambda *_: None)
    other = "gains" if part == "harms" else "harms"
    parts = [ReadPart(part, part, 1, rendered), ReadPart(other, other, 1, empty)]
    check_leading("o.md", parts, known, problems)
    return [(each.line, each.message) for each in problems.found]


@pytest.mark.parametrize("part", ["gains", "harms"])
def test_one_number_of_a_side_leads(part: str) -> None:
    """With none the heading is told, with two the second; numbers without people need none."""
    assert told(part, GOOD, FOLLOWS) == []
    assert [line for line, _ in told(part, FOLLOWS)] == [1]
    (found,) = told(part, GOOD, replace(GOOD, id="again"))
    assert found[0] == 4 and "leads as well as `good`" in found[1]
    assert told(part, replace(BARE, kind="duration", value="3 days")) == []


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        ({"short": ""}, "- short:"),
        ({"difference": ""}, "- difference:"),
        ({"severity": ""}, "severity:"),
        ({"kind": "points", "scale": 100}, "better:"),
    ],
    ids=["short words", "words of the gap", "how severe", "which is better"],
)
def test_a_number_has_what_its_page_shows(lacks: dict[str, object], says: str) -> None:
    """Each is told at the line that shows the number."""
    ((line, message),) = told("harms", replace(GOOD, **lacks))

    assert line == 2 and says in message


def test_a_gain_has_no_severity() -> None:
    """Only harms are severe."""
    assert told("gains", replace(GOOD, severity="")) == []
