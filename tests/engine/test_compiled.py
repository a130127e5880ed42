"""Compiled rules: they say what the reference says, belong to a guide, and remember no reader."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.reference import Known, group_by_hand, open_by_hand
from treatment_guide.engine.answers import Answers, effective
from treatment_guide.engine.changes import Changes
from treatment_guide.engine.flow import open_questions, questions_left, sharpening
from treatment_guide.engine.groups import all_groups, group_of, open_in_group
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.reader import Reader

Everyone = Callable[..., Iterator[Answers]]

quick = settings(max_examples=60, deadline=None)


@quick
@given(data=st.data())
def test_every_group_is_the_one_worked_out_by_hand(
    guide: Guide, any_ticks: st.SearchStrategy[Answers], data: st.DataObject
):
    """Whatever is ticked, each option stands where the slow reference puts it."""
    ticked = data.draw(any_ticks)
    counted = effective(guide.questions, ticked)

    by_hand = {o.id: group_by_hand(guide, o, counted) for o in guide.options.values()}

    assert Reader(guide, ticked).groups == by_hand


@quick
@given(data=st.data())
def test_the_groups_that_are_served_are_those_that_are_proved(
    guide: Guide, any_ticks: st.SearchStrategy[Answers], data: st.DataObject
):
    """The one expression for all options gives what `group_of` gives, which the audit calls."""
    reader = Reader(guide, data.draw(any_ticks))

    proved = {name: group_of(o, reader.known) for name, o in guide.compiled.options.items()}

    assert all_groups(guide.compiled, reader.known) == proved


@quick
@given(data=st.data())
def test_the_questions_open_for_an_option_are_those_found_by_hand(
    guide: Guide, any_ticks: st.SearchStrategy[Answers], data: st.DataObject
):
    """Whatever is ticked, the questions that could still move an option are the reference's."""
    reader = Reader(guide, data.draw(any_ticks))
    truths = Known(guide.questions, reader.answers)
    for name, group in reader.groups.items():
        found = open_in_group(guide.compiled.options[name], reader.known, group)

        by_hand = open_by_hand(guide.options[name], truths, group)
        assert set(guide.compiled.bits.named(found)) == by_hand


def test_a_guide_kept_in_a_file_is_compiled_anew(guide: Guide, every_answer: Everyone):
    """Functions cannot be kept; a guide that was kept works as before."""
    assert guide.compiled

    again = pickle.loads(pickle.dumps(guide))

    assert "compiled" not in vars(again)
    for answers in every_answer(guide.questions, ["place", "cause", "tried"]):
        assert narrow(Reader(again, answers)) == narrow(Reader(guide, answers))


def sizes(held: Any, seen: dict[int, Any]) -> int:
    """How many things are reached from something, in whatever it holds."""
    if id(held) in seen or isinstance(held, (int, str, type)) or held is None:
        return 0
    seen[id(held)] = held
    inside: list[Any] = []
    if isinstance(held, dict):
        inside += [*held.keys(), *held.values()]
    elif isinstance(held, (list, tuple, set, frozenset)):
        inside += held
    inside += getattr(held, "__dict__", {}).values()
    inside += [getattr(held, name, None) for name in getattr(type(held), "__slots__", ())]
    return 1 + len(inside) + sum(sizes(each, seen) for each in inside)


def test_nothing_made_from_a_reader_is_kept(guide: Guide, every_answer: Everyone):
    """After hundreds of readers a guide holds what it held before the first of them."""
    guide = pickle.loads(pickle.dumps(guide))
    guide.prepare()  # what is the same for every reader

    def ask(answers: Answers) -> None:
        reader = Reader(guide, answers)
        narrow(reader)
        open_questions(reader)
        questions_left(reader, "urgent")
        sharpening(reader)
        changes = Changes(reader)
        for option in guide.options:
            changes.of(option)

    ask({"place": frozenset({"knee"})})
    for question in guide.questions.values():  # these are the same for every reader
        assert question.real_choices and question.offered({"place": frozenset({"knee"})})
    before = sizes(guide, {})

    for answers in every_answer(guide.questions, ["place", "cause", "tried", "scan"]):
        ask(answers)

    after = sizes(guide, {})
    assert after == before
