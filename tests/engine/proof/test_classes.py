"""Classes: all possible answers, gathered by what a set of rules makes of them.

Everything here is compared with every set of answers to the tiny guide, tried one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from math import comb

import pytest

from tests.engine import reference
from tests.engine.reference import group_by_hand
from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, Question, effective
from treatment_guide.engine.compiled.expressions import Writer, compiled
from treatment_guide.engine.conditions import Condition
from treatment_guide.engine.groups import group_of
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import Rule
from treatment_guide.engine.proof import classes
from treatment_guide.engine.proof.classes import Space, TooManyClasses
from treatment_guide.engine.proof.counting import all_answers, how_many, subsets

OPTIONS = ("look", "support", "injection", "operation")

Everyone = Callable[..., Iterator[Answers]]


def conditions_of(guide: Guide, option: str) -> list[Condition]:
    """The conditions that decide an option's group."""
    return [rule.condition for rule in guide.options[option].grouping]


def space_of(guide: Guide, conditions: Iterable[Condition]) -> Space:
    """The classes that some conditions tell apart."""
    return Space(guide.compiled.bits, conditions)


def asked_in(space: Space) -> list[str]:
    """The questions a space is about."""
    return [question.id for question in space.order]


def related(guide: Guide, space: Space) -> set[str]:
    """The questions a space is about, and those whose answers rule out a place."""
    asked = asked_in(space)
    return {*asked, *(q.id for q in guide.questions.values() if q.by in asked)}


def class_of(space: Space, answers: Answers) -> int:
    """The number of the class of these answers."""
    return space.number(space.bits.chosen(answers))


# --- counts ---------------------------------------------------------------------------------


def test_number_of_all_answers_is_right(guide: Guide, every_answer: Everyone):
    """The number of all sets of answers is the number found by trying them one by one."""
    assert how_many(guide.questions) == sum(1 for _ in every_answer(guide.questions))


@pytest.mark.parametrize("option", OPTIONS)
def test_counts_of_the_classes_add_up_to_all_answers(
    guide: Guide, every_answer: Everyone, option: str
):
    """No set of answers is left out of the classes, and none is counted twice."""
    space = space_of(guide, conditions_of(guide, option))

    counted = sum(count for _, count in space.classes)

    assert counted == sum(1 for _ in every_answer(guide.questions, asked_in(space)))


def test_counts_of_the_classes_of_all_rules_add_up_to_all_answers(
    guide: Guide, every_answer: Everyone
):
    """The rules of all options together, too, see every set of answers exactly once."""
    together = [each for option in OPTIONS for each in conditions_of(guide, option)]
    space = space_of(guide, together)

    counted = sum(count for _, count in space.classes)

    assert counted == sum(1 for _ in every_answer(guide.questions, asked_in(space)))


def test_counts_hold_where_places_offer_different_numbers_of_causes(
    guide: Guide,
    every_answer: Everyone,
    when: Callable[..., Condition],
    with_question: Callable[..., Guide],
):
    """Places that look alike to the rules are counted each with its own causes."""
    back_has_one = {**guide.questions["cause"].offers, "back": frozenset({"disc", NOT_SURE})}
    uneven = with_question(guide, "cause", offers=back_has_one)
    space = space_of(uneven, [when(cause=NOT_SURE)])

    counted = sum(count for _, count in space.classes)

    assert counted == sum(1 for _ in every_answer(uneven.questions, asked_in(space)))


@pytest.mark.parametrize("option", OPTIONS)
def test_each_class_holds_as_many_answers_as_it_says(
    guide: Guide, every_answer: Everyone, option: str
):
    """The number of answers in a class is the number found in it one by one."""
    space = space_of(guide, conditions_of(guide, option))
    said = {number: count for number, (_, count) in enumerate(space.classes)}

    found = Counter(
        class_of(space, answers) for answers in every_answer(guide.questions, asked_in(space))
    )

    assert said == found


@pytest.mark.parametrize("option", OPTIONS)
def test_size_is_the_number_of_classes(guide: Guide, option: str):
    """As many classes as there are are walked through."""
    space = space_of(guide, conditions_of(guide, option))

    assert space.size == len(space.classes) == len(space.known)


# --- every set of answers falls in one class ------------------------------------------------


@pytest.mark.parametrize("option", OPTIONS)
def test_no_two_classes_are_the_same(guide: Guide, option: str):
    """What the rules cannot tell apart stands in one class."""
    space = space_of(guide, conditions_of(guide, option))

    keys = Counter(space.key(sample) for sample, _ in space.classes)

    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("option", OPTIONS)
def test_every_answer_falls_in_a_class(guide: Guide, every_answer: Everyone, option: str):
    """Every set of answers there is, also to questions no rule mentions, is in some class."""
    space = space_of(guide, conditions_of(guide, option))
    keys = {space.key(sample) for sample, _ in space.classes}

    outside = [
        answers
        for answers in every_answer(guide.questions, related(guide, space))
        if space.key(space.bits.chosen(answers)) not in keys
    ]

    assert outside[:3] == []


@pytest.mark.parametrize("option", OPTIONS)
def test_every_answer_has_the_group_of_its_class(guide: Guide, every_answer: Everyone, option: str):
    """An option stands where its class says, for every set of answers in the class."""
    space = space_of(guide, conditions_of(guide, option))
    groups = [group_of(guide.compiled.options[option], known) for known in space.known]

    astray = [
        answers
        for answers in every_answer(guide.questions, related(guide, space))
        if groups[class_of(space, answers)] != group_by_hand(guide, guide.options[option], answers)
    ]

    assert astray[:3] == []


@pytest.mark.parametrize("option", OPTIONS)
def test_every_answer_makes_the_rules_what_its_class_says(
    guide: Guide, every_answer: Everyone, option: str
):
    """Seen through the classes, each rule is as true, false or unknown as the answers make it."""
    conditions = conditions_of(guide, option)
    space = space_of(guide, conditions)
    truths = [truths_in(space, conditions, known) for known in space.known]

    astray = [
        answers
        for answers in every_answer(guide.questions, related(guide, space))
        if truths[class_of(space, answers)] != truths_by_hand(guide, conditions, answers)
    ]

    assert astray[:3] == []


def truths_in(space: Space, conditions: list[Condition], known: Known) -> list[bool | None]:
    """What is known makes of each compiled condition."""
    write = Writer(space.bits)
    here = (known.chosen, known.possible)
    return [
        True
        if compiled(write.true(each))(*here)
        else (None if compiled(write.maybe(each))(*here) else False)
        for each in conditions
    ]


def truths_by_hand(
    guide: Guide, conditions: list[Condition], answers: Answers
) -> list[bool | None]:
    """What answers make of each condition, by the reference."""
    known = reference.Known(guide.questions, answers)
    return [reference.truth(condition, known) for condition in conditions]


@pytest.mark.parametrize("option", OPTIONS)
def test_completions_of_a_class_lead_where_its_answers_lead(
    guide: Guide, every_answer: Everyone, option: str
):
    """Whoever answers an open question for sure comes into a group that their class leads to."""
    space = space_of(guide, conditions_of(guide, option))
    groups = [group_of(guide.compiled.options[option], known) for known in space.known]
    missing = []
    for answers in every_answer(guide.questions, asked_in(space)):
        here = class_of(space, answers)
        leads_to = {(question.id, groups[then]) for question, then in space.completions(here)}
        for name in asked_in(space):
            if answers.get(name, {NOT_SURE}) != {NOT_SURE}:
                continue
            for only in every_answer({name: replace(guide.questions[name], by=None)}):
                then = {q: c for q, c in {**answers, **only}.items() if c}
                sure = only and NOT_SURE not in only[name]
                if sure and effective(guide.questions, then) == then:
                    there = class_of(space, then)
                    if there != here and (name, groups[there]) not in leads_to:
                        missing.append((answers, only))

    assert missing[:3] == []


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
    space = space_of(guide, conditions_of(guide, "injection"))

    with pytest.raises(TooManyClasses, match=r"limit of 10: drop .* \(.*cause.* are the widest\)"):
        assert space.size


def test_as_many_classes_as_the_limit_are_allowed(guide: Guide, monkeypatch: pytest.MonkeyPatch):
    """The limit itself is not too many."""
    space = space_of(guide, conditions_of(guide, "injection"))
    monkeypatch.setattr(classes, "CLASS_LIMIT", space.size)

    again = space_of(guide, conditions_of(guide, "injection"))

    assert again.size == space.size


def test_rules_of_one_kind_of_answer_need_few_classes(guide: Guide, rule: Callable[..., Rule]):
    """A rule about one of many choices tells only that choice from the others."""
    space = space_of(guide, [rule("r", tried="exercise").condition])

    assert space.size == 3
