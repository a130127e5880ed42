"""Classes: all possible answers, gathered by what a set of rules makes of them.

Everything here is compared with every set of answers to the tiny guide, tried one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from math import comb

import pytest

from treatment_guide.engine import classes
from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, Question, known
from treatment_guide.engine.classes import Space, TooManyClasses
from treatment_guide.engine.conditions import Condition, Truths, truth
from treatment_guide.engine.counting import all_answers, how_many, subsets
from treatment_guide.engine.model import Guide, Option, Rule
from treatment_guide.engine.narrowing import group_of, meanings

OPTIONS = ("look", "support", "injection", "operation")

Everyone = Callable[..., Iterator[Answers]]


def conditions_of(guide: Guide, option: str) -> list[Condition]:
    """The conditions that decide an option's group."""
    return [rule.condition for rule in guide.options[option].grouping]


def related(guide: Guide, space: Space) -> set[str]:
    """The questions a space is about, and those whose answers rule out a place."""
    return {*space.order, *(q.id for q in guide.questions.values() if q.by in space.order if q.by)}


def group_one_by_one(guide: Guide, option: Option, answers: Answers) -> str:
    """The group of an option for one set of answers, without any class."""
    one_of = [known(guide.questions, meant) for meant in meanings(guide, answers)]
    return group_of(option, known(guide.questions, answers), one_of)


def group_in_class(guide: Guide, option: Option, space: Space, answers: Answers) -> str:
    """The group of an option, from what the class of these answers knows."""
    one_of = [space.truths(meant) for meant in meanings(guide, dict(answers))]
    return group_of(option, space.truths(answers), one_of)


# --- counts ---------------------------------------------------------------------------------


def test_number_of_all_answers_is_right(guide: Guide, every_answer: Everyone):
    """The number of all sets of answers is the number found by trying them one by one."""
    assert how_many(guide.questions) == sum(1 for _ in every_answer(guide.questions))


@pytest.mark.parametrize("option", OPTIONS)
def test_counts_of_the_classes_add_up_to_all_answers(
    guide: Guide, every_answer: Everyone, option: str
):
    """No set of answers is left out of the classes, and none is counted twice."""
    space = Space(guide.questions, conditions_of(guide, option))

    counted = sum(count for _, count in space.situations())

    assert counted == sum(1 for _ in every_answer(guide.questions, space.order))


def test_counts_of_the_classes_of_all_rules_add_up_to_all_answers(
    guide: Guide, every_answer: Everyone
):
    """The rules of all options together, too, see every set of answers exactly once."""
    together = [each for option in OPTIONS for each in conditions_of(guide, option)]
    space = Space(guide.questions, together)

    counted = sum(count for _, count in space.situations())

    assert counted == sum(1 for _ in every_answer(guide.questions, space.order))


def test_counts_hold_where_places_offer_different_numbers_of_causes(
    guide: Guide,
    every_answer: Everyone,
    when: Callable[..., Condition],
    with_question: Callable[..., Guide],
):
    """Places that look alike to the rules are counted each with its own causes."""
    back_has_one = {**guide.questions["cause"].offers, "back": frozenset({"disc", NOT_SURE})}
    uneven = with_question(guide, "cause", offers=back_has_one)
    space = Space(uneven.questions, [when(cause=NOT_SURE)])

    counted = sum(count for _, count in space.situations())

    assert counted == sum(1 for _ in every_answer(uneven.questions, space.order))


@pytest.mark.parametrize("option", OPTIONS)
def test_each_class_holds_as_many_answers_as_it_says(
    guide: Guide, every_answer: Everyone, option: str
):
    """The number of answers in a class is the number found in it one by one."""
    space = Space(guide.questions, conditions_of(guide, option))
    said = {space.key(sample): count for sample, count in space.situations()}

    found = Counter(space.key(answers) for answers in every_answer(guide.questions, space.order))

    assert said == found


@pytest.mark.parametrize("option", OPTIONS)
def test_size_is_the_number_of_classes(guide: Guide, option: str):
    """How many classes there are is known before they are walked through."""
    space = Space(guide.questions, conditions_of(guide, option))

    assert space.size == sum(1 for _ in space.situations())


# --- every set of answers falls in one class ------------------------------------------------


@pytest.mark.parametrize("option", OPTIONS)
def test_no_two_classes_are_the_same(guide: Guide, option: str):
    """What the rules cannot tell apart stands in one class."""
    space = Space(guide.questions, conditions_of(guide, option))

    keys = Counter(space.key(sample) for sample, _ in space.situations())

    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("option", OPTIONS)
def test_every_answer_falls_in_a_class(guide: Guide, every_answer: Everyone, option: str):
    """Every set of answers there is, also to questions no rule mentions, is in some class."""
    space = Space(guide.questions, conditions_of(guide, option))
    keys = {space.key(sample) for sample, _ in space.situations()}

    outside = [
        answers
        for answers in every_answer(guide.questions, related(guide, space))
        if space.key(answers) not in keys
    ]

    assert outside[:3] == []


@pytest.mark.parametrize("option", OPTIONS)
def test_every_answer_has_the_group_of_its_class(guide: Guide, every_answer: Everyone, option: str):
    """An option stands where its class says, for every set of answers in the class."""
    subject = guide.options[option]
    space = Space(guide.questions, conditions_of(guide, option))
    groups = {
        space.key(sample): group_in_class(guide, subject, space, sample)
        for sample, _ in space.situations()
    }

    astray = [
        answers
        for answers in every_answer(guide.questions, related(guide, space))
        if groups.get(space.key(answers)) != group_one_by_one(guide, subject, answers)
    ]

    assert astray[:3] == []


@pytest.mark.parametrize("option", OPTIONS)
def test_every_answer_makes_the_rules_what_its_class_says(
    guide: Guide, every_answer: Everyone, option: str
):
    """Seen through the classes, each rule is as true, false or unknown as the answers make it."""
    conditions = conditions_of(guide, option)
    space = Space(guide.questions, conditions)

    astray = [
        answers
        for answers in every_answer(guide.questions, related(guide, space))
        if truths_of(conditions, space.truths(answers))
        != truths_of(conditions, known(guide.questions, answers))
    ]

    assert astray[:3] == []


def truths_of(conditions: list[Condition], truths: Truths) -> list[bool | None]:
    """What is known makes of each condition."""
    return [truth(condition, truths) for condition in conditions]


# --- answers to one question ----------------------------------------------------------------


@pytest.mark.parametrize(
    "told_apart",
    [set(), {"a"}, {"a", "b"}, {"a", "b", "c"}, {NOT_SURE}, {NONE, "a"}],
    ids=lambda told_apart: "+".join(sorted(told_apart)) or "nothing",
)
@pytest.mark.parametrize("most", [None, 1, 2], ids=["no limit", "one at most", "two at most"])
@pytest.mark.parametrize("kind", ["one", "several"])
def test_answers_to_one_question_are_all_counted(kind: str, most: int | None, told_apart: set[str]):
    """However few choices are told apart, every answer to the question is counted once."""
    question = Question("q", kind, ("a", "b", "c", NONE, NOT_SURE), most=most)

    counted = sum(
        count
        for _, count in all_answers(question, frozenset(question.choices), frozenset(told_apart))
    )

    assert counted == len(readings(question))


def test_answers_to_one_question_are_all_named_when_all_are_told_apart():
    """With every choice told apart, each answer stands for itself alone."""
    question = Question("q", "several", ("a", "b", "c", NONE, NOT_SURE), most=2)
    choices = frozenset(question.choices)

    assert Counter(dict(all_answers(question, choices, choices))) == Counter(readings(question))


def readings(question: Question) -> set[frozenset[str]]:
    """What every way to tick a question is read as."""
    ticks: Iterable[tuple[str, ...]] = (
        ticked
        for size in range(len(question.choices) + 1)
        for ticked in combinations(question.choices, size)
    )
    return {question.read(ticked, {}) for ticked in ticks}


@pytest.mark.parametrize("room", range(-1, 6))
@pytest.mark.parametrize("size", range(5))
def test_subsets_are_counted_within_the_room_there_is(size: int, room: int):
    """So many ways there are to tick at most some of several choices."""
    assert subsets(size, room) == sum(comb(size, picked) for picked in range(room + 1))


# --- too many -------------------------------------------------------------------------------


def test_too_many_classes_are_refused_by_naming_questions(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
):
    """An option whose rules nobody could review is refused, with the questions to drop."""
    monkeypatch.setattr(classes, "CLASS_LIMIT", 10)
    space = Space(guide.questions, conditions_of(guide, "injection"))

    with pytest.raises(TooManyClasses, match=r"limit of 10: drop .* \(.*cause.* are the widest\)"):
        list(space.situations())


def test_as_many_classes_as_the_limit_are_allowed(guide: Guide, monkeypatch: pytest.MonkeyPatch):
    """The limit itself is not too many."""
    space = Space(guide.questions, conditions_of(guide, "injection"))
    monkeypatch.setattr(classes, "CLASS_LIMIT", sum(1 for _ in space.situations()))

    again = Space(guide.questions, conditions_of(guide, "injection"))

    assert again.size == space.size


def test_rules_of_one_kind_of_answer_need_few_classes(guide: Guide, rule: Callable[..., Rule]):
    """A rule about one of many choices tells only that choice from the others."""
    space = Space(guide.questions, [rule("r", tried="exercise").condition])

    assert space.size == 3
