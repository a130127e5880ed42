"""What to do next: for every class of answers that notices can tell apart, the actions are few, in
order, and say no two things that contradict each other.
"""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from itertools import chain, combinations, product

import pytest

from treatment_guide.engine.answers import Question
from treatment_guide.engine.conditions import atoms
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.telling.actions import (
    MOST_ACTIONS,
    WHENS,
    Action,
    Actions,
    ToDo,
    composed,
)
from treatment_guide.library.content_check import current_library

GUIDE = current_library().guide
DAY = date(2026, 12, 6)
DAYS = {name: DAY for name, todo in GUIDE.todos.items() if todo.when == "date"}


def answers_told_apart(guide: Guide, question: Question) -> Iterator[frozenset[str]]:
    """For one question, one answer of each kind that the notices tell apart: no answer, and of the
    choices that the same conditions name, one. Of several ticks, every mixture.
    """
    named: dict[frozenset[int], str] = {}
    conditions = [atom for rule in guide.notices for atom in atoms(rule.condition)]
    for choice in question.choices:
        by = frozenset(
            n
            for n, atom in enumerate(conditions)
            if atom.question == question.id and choice in atom.choices
        )
        if by:
            named.setdefault(by, choice)
    most = 1 if question.kind == "one" else len(named)
    mixtures = chain.from_iterable(combinations(named.values(), n) for n in range(most + 1))
    yield from map(frozenset, mixtures)


def every_class(guide: Guide) -> dict[tuple[str, ...], int]:
    """The notices that apply together, for every class of answers, with the number of classes."""
    bits, rules = guide.compiled.bits, guide.compiled.notices
    masks = [
        [bits.by_id[question.id].among(answer) for answer in answers_told_apart(guide, question)]
        for question in guide.questions.values()
    ]
    found: dict[tuple[str, ...], int] = {}
    for ticked in product(*(each for each in masks if len(each) > 1)):
        chosen = reduce(int.__or__, ticked)
        flags = rules.flags(chosen, chosen)
        acting = tuple([r.because for r, acts in zip(rules.rules, flags, strict=True) if acts])
        found[acting] = found.get(acting, 0) + 1
    return found


CLASSES = every_class(GUIDE)
COMPOSED = {acting: composed(GUIDE.todos, acting, DAYS) for acting in CLASSES}


def told(actions: Actions) -> list[str]:
    """The notices that actions say."""
    return [notice for action in actions.actions for notice in action.notices]


def test_every_notice_takes_part() -> None:
    """The classes are many, and each notice applies in some and not in others."""
    names = {rule.because for rule in GUIDE.notices}

    assert sum(CLASSES.values()) > 100_000
    assert {name for acting in CLASSES for name in acting} == names
    assert () in CLASSES


def test_there_are_never_more_than_three_actions_and_the_strongest_comes_first() -> None:
    """One for each kind of day, in the order of their strength; and there is always one."""
    for found in COMPOSED.values():
        whens = [action.when for action in found.actions]

        assert 1 <= len(whens) <= MOST_ACTIONS
        assert whens == sorted(set(whens), key=WHENS.index)


def test_no_two_notices_that_contradict_each_other_are_said() -> None:
    """A notice names in the content what contradicts it."""
    for found in COMPOSED.values():
        said = told(found)

        assert not {each for name in said for each in GUIDE.todos[name].displaces} & set(said)


def test_every_notice_is_said_once_or_gives_way_to_one_that_is_said() -> None:
    """Nothing that applies is lost without a stronger word in its place."""
    for acting, found in COMPOSED.items():
        said = told(found)
        gone = {each for name in said for each in GUIDE.todos[name].displaces}

        assert len(said) == len(set(said))
        assert set(said) <= set(acting)
        assert set(acting) - set(said) <= gone


def test_nobody_is_sent_to_wait_and_to_a_visit_at_once() -> None:
    """The plain "ask for a visit" stands only where nothing says when else to see somebody."""
    for found in COMPOSED.values():
        plain = [action for action in found.actions if not action.notices]
        others = [a for a in found.actions if a.notices and a.when != "visit"]

        assert plain == ([] if others else [Action("today")])


def test_what_cannot_wait_is_said_for_every_notice_that_is_said() -> None:
    """Each phrase once, however many notices name it."""
    for found in COMPOSED.values():
        wanted = {words for name in told(found) for words in GUIDE.todos[name].at_once}

        assert len(found.at_once) == len(set(found.at_once))
        assert set(found.at_once) == wanted


def test_a_dated_action_has_its_day() -> None:
    """The latest of its notices; none where no day can be named."""
    todos = {"a": ToDo("date"), "b": ToDo("date"), "c": ToDo("visit")}
    days = {"a": DAY, "b": date(2026, 12, 20)}

    assert composed(todos, "abc", days).actions == (
        Action("date", ("a", "b"), date(2026, 12, 20)),
        Action("visit", ("c",)),
    )
    assert composed(todos, "a").actions == (Action("date", ("a",)),)


def test_ten_days_after_an_injection_that_did_nothing_one_thing_is_asked() -> None:
    """Look again on the day; it is too soon to have the cause checked, or to ask for a visit."""
    found = composed(GUIDE.todos, ("too-soon", "no-relief"), DAYS)

    assert found.actions == (Action("date", ("too-soon",), DAY),)


def test_what_a_call_today_says_is_said_within_days_where_that_is_asked() -> None:
    """One call, to whom all of it is told."""
    found = composed(GUIDE.todos, ("slow-worry", "inflammatory", "wore-off"))

    assert found.actions == (
        Action("days", ("slow-worry", "inflammatory")),
        Action("visit", ("wore-off",)),
    )


@pytest.mark.parametrize("when", WHENS)
def test_each_kind_of_day_is_asked_for_by_some_notice(when: str) -> None:
    """So that the tests above see all of them."""
    assert when in {todo.when for todo in GUIDE.todos.values()}
