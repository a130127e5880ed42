"""What decides what a question offers, and ids that a question cannot have: faults of more than one
file. Faults of a single file stand in `files/faults/`.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from treatment_guide.library.loading.prose.words import FRONT
from treatment_guide.library.loading.questions import TAKEN
from treatment_guide.library.problems import Problem

ProblemsIn = Callable[[Path], list[Problem]]

BY = "guide/questions/{}.yaml"


def write_question(
    content: Path, name: str, by: str = "", offers: str = "", kind: str = "one"
) -> None:
    """A question with the choices of the sample, asked last, with its words and numbers."""
    copied = content / "guide/questions/sample-question.yaml"
    text = copied.read_text().replace("kind: one", f"kind: {kind}")
    if by:
        text += f"by: {by}\noffers:\n  {offers}: [walks, rest]\neverywhere: [not-sure]\n"
    (content / f"guide/questions/{name}.yaml").write_text(text)
    words = (content / "en/questions/sample-question.md").read_text()
    (content / f"en/questions/{name}.md").write_text(words)
    if name == "sample-question":
        return
    flow = content / "guide/flow.yaml"
    flow.write_text(flow.read_text().replace("sharpen: [", f"sharpen: [{name}, "))
    numbers = content / "guide/numbers.yaml"
    text = numbers.read_text().replace("blocks: [", f"blocks: [[{{field: {name}, bits: 5}}], ")
    numbers.write_text(text + f"  {name}: {{walks: 1, rest: 2, not-sure: 3}}\n")


def test_a_question_that_offers_by_place_is_sound(content: Path, problems_in: ProblemsIn):
    """What is tried here in wrong ways can be done right."""
    write_question(content, "second", by="place", offers="knee")
    write_question(content, "sample-question", by="place", offers="heel")

    assert problems_in(content) == []


def test_two_questions_cannot_both_decide_what_is_offered(content: Path, problems_in: ProblemsIn):
    """The audit reckons with one parent, so a second one is refused: at its `by`, with what would
    be right. That also holds where no option's rules name both.
    """
    write_question(content, "third", by="place", offers="knee")
    write_question(content, "second")
    write_question(content, "sample-question", by="second", offers="walks")

    (fault,) = problems_in(content)

    assert (fault.file, fault.line, fault.field) == (BY.format("sample-question"), 4, "by")
    assert "`place` decides what `third` offers" in fault.message
    assert "Name `place`" in fault.message


def test_a_question_cannot_rest_on_one_that_rests_on_another(
    content: Path, problems_in: ProblemsIn
):
    """A chain of `by` gives a question two parents."""
    write_question(content, "second", by="place", offers="knee")
    write_question(content, "sample-question", by="second", offers="walks")

    (fault,) = problems_in(content)

    assert (fault.file, fault.line, fault.field) == (BY.format("sample-question"), 4, "by")
    assert "Name `place`" in fault.message


def test_questions_cannot_rest_on_each_other(content: Path, problems_in: ProblemsIn):
    """Of two that name each other, the first one asked is told: the other comes later."""
    write_question(content, "second", by="sample-question", offers="walks")
    write_question(content, "sample-question", by="second", offers="walks")

    (fault,) = problems_in(content)

    assert (fault.file, fault.field) == (BY.format("second"), "by")
    assert "asked later" in fault.message


def test_a_question_cannot_rest_on_one_of_several_choices(content: Path, problems_in: ProblemsIn):
    """With several places at once nobody could say which causes are offered."""
    write_question(content, "second", kind="several")
    write_question(content, "sample-question", by="second", offers="walks")

    (fault,) = problems_in(content)

    assert (fault.file, fault.line, fault.field) == (BY.format("sample-question"), 4, "by")
    assert "takes several choices" in fault.message


def test_a_question_that_rests_on_a_faulty_one_is_not_accused_too(
    content: Path, problems_in: ProblemsIn
):
    """Only the fault itself is told."""
    place = content / "guide/questions/place.yaml"
    place.write_text(place.read_text().replace("kind: one", "kind: once"))
    write_question(content, "sample-question", by="place", offers="knee")

    found = problems_in(content)

    assert [(fault.file, fault.field) for fault in found] == [(BY.format("place"), "kind")]


def test_danger_signs_without_none_would_hold_everybody(content: Path, problems_in: ProblemsIn):
    """At a place whose row lacks `none`, whoever has no sign could never go on."""
    urgent = content / "guide/questions/urgent.yaml"
    by_place = "by: place\noffers:\n  knee: [hot-joint, none]\n  heel: [slow-sign]\n"
    urgent.write_text(urgent.read_text() + by_place)
    flow = content / "guide/flow.yaml"
    flow.write_text(flow.read_text().replace("[urgent, place]", "[place, urgent]"))

    found = problems_in(content)

    assert [(each.file, each.line, each.field) for each in found] == [
        (BY.format("urgent"), 10, "offers")
    ]


@pytest.mark.parametrize("name", TAKEN)
def test_an_id_that_means_something_else_is_refused(
    content: Path, problems_in: ProblemsIn, name: str
):
    """A question called `day` would take the field of the day, one called `any` could stand in no
    rule, and one called `take` would stand at the address of a page.
    """
    write_question(content, name)

    found = problems_in(content)

    flow = [each for each in found if each.file == "guide/flow.yaml"]
    assert [(each.line, each.field) for each in flow] == [(2, "sharpen")]
    assert f"`{name}` is {TAKEN[name]} already" in flow[0].message


@pytest.mark.parametrize("key", ["title", "name", "told", "find-out"])
def test_what_the_words_of_a_question_lack_is_told_with_what_it_is(
    content: Path, problems_in: ProblemsIn, key: str
):
    """An editor who never saw the field reads what to write there."""
    words = content / "en/questions/place.md"
    words.write_text(re.sub(rf"(?m)^{key}: .*\n", "", words.read_text()))

    (found,) = problems_in(content)

    assert (found.file, found.line, found.field) == ("en/questions/place.md", 1, key)
    assert found.message == f"This is needed in the front matter: {FRONT[key]}."
