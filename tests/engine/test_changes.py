"""What would change where an option stands: only what can truly happen, and no more than it takes.

Everything is compared with every change of every set of answers to the tiny guide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from tests.engine.fixture_types import Say
from tests.engine.reference import group_by_hand
from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, effective
from treatment_guide.engine.changes import Change, Changes, Move
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.reader import Reader

HOW = {
    "place": {"default": "never"},
    "cause": {"default": "find-out"},
    "tried": {"default": "add"},
    "scan": {"default": "later"},
    "urgent": {"default": "never", "slow": "later"},
}


@pytest.fixture(scope="module")
def changing(guide: Guide) -> Guide:
    """The tiny guide, each question saying how its answer may change."""
    questions = {
        name: replace(question, change=HOW.get(name, {}))
        for name, question in guide.questions.items()
    }
    return replace(guide, questions=questions)


def group(guide: Guide, option: str, answers: Answers) -> str:
    return group_by_hand(guide, guide.options[option], effective(guide.questions, answers))


def what_would_change(guide: Guide, option: str, answers: Answers) -> Change | None:
    """What would change where an option stands for a reader with these answers."""
    return Changes(Reader(guide, answers)).of(option)


def moved(answers: Answers, moves: tuple[Move, ...], guide: Guide) -> Answers:
    """The answers after some moves, by hand."""
    then = dict(answers)
    for move in moves:
        chosen = then[move.question] - {NONE}
        if guide.questions[move.question].kind == "one":
            then[move.question] = frozenset((move.choice,))
        elif move.gone:
            then[move.question] = (chosen - {move.choice}) or frozenset((NONE,))
        else:
            then[move.question] = chosen | {move.choice}
    return then


def all_moves(guide: Guide, answers: Answers) -> list[Move]:
    """Every single thing that may happen to these answers, by the words of HOW."""
    found = []
    for name, chosen in answers.items():
        question = guide.questions[name]
        if NOT_SURE in chosen or not question.change:
            continue
        for choice in question.offered(answers):
            if choice in (NONE, NOT_SURE):
                continue
            if question.kind == "several":
                if choice in chosen and question.changes(choice) == "later":
                    found.append(Move(name, choice, gone=True))
                if choice not in chosen and question.changes(choice) == "add":
                    found.append(Move(name, choice))
                continue
            (now,) = chosen
            order = question.choices.index(choice) > question.choices.index(now)
            how = question.changes(now)
            if choice != now and (how == "find-out" or (how == "later" and order)):
                found.append(Move(name, choice))
    return found


def one_of_each(moves: tuple[Move, ...], guide: Guide) -> bool:
    """A question of one choice changes once."""
    single = [m.question for m in moves if guide.questions[m.question].kind == "one"]
    return len(single) == len(set(single))


@pytest.fixture(scope="module")
def stuck(
    changing: Guide, every_answer: Callable[..., Iterator[Answers]]
) -> list[tuple[str, Answers, Change | None]]:
    """Everybody for whom an option comes later or is not usual, with what would change it."""
    asked = ("urgent", "place", "cause", "tried", "scan")
    return [
        (option, answers, what_would_change(changing, option, answers))
        for answers in every_answer(changing.questions, asked)
        if not answers.get("urgent", frozenset()) & {"collapse", "unsafe", "fever"}
        for option in changing.options
        if group(changing, option, answers) in ("later", "less-likely")
    ]


def test_a_change_does_what_it_says(changing: Guide, stuck: list[tuple[str, Answers, Change]]):
    """After the change the option stands in the group that was named: it fits, or it depends."""
    wrong = [
        (option, answers, change)
        for option, answers, change in stuck
        if change
        and (
            group(changing, option, moved(answers, change.moves, changing)) != change.group
            or change.group not in ("fits", "depends")
        )
    ]

    assert wrong[:3] == []


def test_a_change_is_only_what_may_truly_happen(
    changing: Guide, stuck: list[tuple[str, Answers, Change]]
):
    """Nobody is told "if it were your shoulder": each move is one that its question allows."""
    wrong = [
        (option, answers, move)
        for option, answers, change in stuck
        if change
        for move in change.moves
        if move not in all_moves(changing, answers)
    ]

    assert wrong[:3] == []


def test_no_smaller_change_would_do(changing: Guide, stuck: list[tuple[str, Answers, Change]]):
    """What is named is the least that helps, and nothing is named only where nothing helps."""
    wrong = []
    for option, answers, change in stuck:
        size = len(change.moves) - 1 if change else 3
        for count in range(1, size + 1):
            for moves in combinations(all_moves(changing, answers), count):
                if one_of_each(moves, changing) and group(
                    changing, option, moved(answers, moves, changing)
                ) in ("fits", "depends"):
                    wrong.append((option, answers, change, moves))

    assert wrong[:3] == []


def test_what_makes_it_fit_comes_before_what_leaves_it_open(
    changing: Guide, stuck: list[tuple[str, Answers, Change]]
):
    """Of two changes of one size, the one that brings the option in is named."""
    wrong = [
        (option, answers, change)
        for option, answers, change in stuck
        if change and change.group == "depends"
        for moves in combinations(all_moves(changing, answers), len(change.moves))
        if one_of_each(moves, changing)
        and group(changing, option, moved(answers, moves, changing)) == "fits"
    ]

    assert wrong[:3] == []


def test_there_are_both_changes_and_none(stuck: list[tuple[str, Answers, Change | None]]):
    """The tiny guide has people whom a change would help, and people whom none would."""
    found = {None if change is None else len(change.moves) for _, _, change in stuck}

    assert {None, 1, 2} <= found


@pytest.mark.parametrize("option", ["look", "support"])
def test_an_option_that_fits_needs_no_change(changing: Guide, say: Say, option: str):
    """Where an option fits already, nothing is named."""
    answers = say(urgent=NONE, place="knee", cause="arthritis")

    assert what_would_change(changing, option, answers) is None


def test_an_option_that_waits_for_an_answer_needs_no_change(changing: Guide, say: Say):
    """Where an answer can still bring an option in, that question is asked instead."""
    answers = say(urgent=NONE, place="knee", cause="arthritis")

    assert what_would_change(changing, "injection", answers) is None


@pytest.mark.parametrize(
    ("question", "comes", "goes"),
    [
        ("place", set(), set()),
        ("cause", {"arthritis", "strain", "disc"}, set()),
        ("tried", {"exercise", "brace"}, set()),
        ("scan", {"advanced"}, set()),
        ("urgent", set(), {"slow"}),
    ],
)
def test_which_answers_may_come_or_go(
    changing: Guide, question: str, comes: set[str], goes: set[str]
):
    """The choices that need words for a change are those that a change may bring or take away."""
    asked = changing.questions[question]

    assert (asked.may_come, asked.may_go) == (comes, goes)
