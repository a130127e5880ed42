"""A tiny invented guide, its answer code, and builders.

The guide is invented: three causes, two places, four options. Nothing in it is advice. It is as
small as it can be while every kind of question and every kind of rule occurs once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import strategies as st

from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, Question, Questions, effective
from treatment_guide.engine.code import Field, Layout
from treatment_guide.engine.conditions import ALWAYS, AllOf, Among, Condition
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Option, Rule

QUESTIONS = (
    Question(
        "urgent",
        "several",
        ("collapse", "unsafe", "fever", "slow", NONE),
        core=True,
        levels={"collapse": "emergency", "unsafe": "emergency", "fever": "today", "slow": "days"},
        never_stored=frozenset({"unsafe"}),
    ),
    Question("place", "one", ("knee", "back", NOT_SURE), core=True),
    Question(
        "urgent-here",
        "several",
        ("pop", "bladder", NONE),
        core=True,
        by="place",
        offers={"knee": frozenset({"pop", NONE}), "back": frozenset({"bladder", NONE})},
        levels={"pop": "today", "bladder": "emergency"},
    ),
    Question(
        "cause",
        "one",
        ("arthritis", "strain", "disc", NOT_SURE),
        core=True,
        by="place",
        offers={
            "knee": frozenset({"arthritis", "strain", NOT_SURE}),
            "back": frozenset({"strain", "disc", NOT_SURE}),
        },
        not_sure_is_one_of=True,
    ),
    Question("tried", "several", ("exercise", "brace", NONE, NOT_SURE), core=True),
    Question("scan", "one", ("mild", "advanced", NOT_SURE)),
    Question("matters", "several", ("sleep", "cost"), narrows=False, most=1),
)

LAYOUT = Layout(
    (
        (
            Field("place", 4, numbers={"knee": 1, "back": 2, NOT_SURE: 3}),
            Field("cause", 4, numbers={"arthritis": 1, "strain": 2, "disc": 3, NOT_SURE: 4}),
            Field("spare", 2),
        ),
        (Field("clinic", 5, numbers={f"clinic-{n}": n for n in range(1, 32)}),),
        (
            Field(
                "tried",
                5,
                several=True,
                numbers={NONE: 1, "exercise": 2, "brace": 3, NOT_SURE: 4},
            ),
        ),
        (
            Field("scan", 3, numbers={"mild": 1, "advanced": 2, NOT_SURE: 3}),
            Field("matters", 2, several=True, numbers={"sleep": 1, "cost": 2}),
        ),
        (Field("day", 10, now=True), Field("day-high", 4, now=True), Field("spare", 1)),
        (
            Field(
                "urgent",
                5,
                several=True,
                numbers={NONE: 1, "collapse": 2, "fever": 3, "slow": 4},
                now=True,
            ),
        ),
        (
            Field(
                "urgent-here",
                5,
                several=True,
                numbers={NONE: 1, "pop": 2, "bladder": 3},
                now=True,
            ),
        ),
    )
)


def _when(**said: str | Iterable[str]) -> Condition:
    """The condition that each of these questions has one of these choices; always, without any."""
    found = tuple(
        Among(name.replace("_", "-"), frozenset([each] if isinstance(each, str) else each))
        for name, each in said.items()
    )
    return found[0] if len(found) == 1 else AllOf(found)


def _rule(because: str, **said: str | Iterable[str]) -> Rule:
    return Rule(_when(**said), because)


OPTIONS = (
    Option("look", "look-again", fits=(Rule(ALWAYS, "always"),)),
    Option(
        "support",
        "basics",
        fits=(_rule("knee-support", place="knee"),),
        done=(_rule("has-a-brace", tried="brace"),),
        nowhere="nowhere-support",
    ),
    Option(
        "injection",
        "injections",
        fits=(
            _rule("worn-knee", place="knee", cause="arthritis"),
            _rule("slipped-disc", cause="disc"),
        ),
        first=(_rule("exercise-first", tried="exercise"),),
        wait=(_rule("sign-first", urgent="slow"),),
        caution=(_rule("little-help-when-worn", scan="advanced"),),
        nowhere="nowhere-injection",
    ),
    Option(
        "operation",
        "surgery",
        fits=(_rule("can-be-mended", cause=["arthritis", "disc"]),),
        first=(_rule("exercise-first", tried="exercise"),),
        against=(_rule("hardly-worn", scan="mild"),),
        nowhere="nowhere-operation",
    ),
)


@pytest.fixture(autouse=True)
def asks_no_clock(no_clock: None) -> None:
    """No test of this room depends on the day."""


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The tiny guide."""
    return Guide(
        questions={question.id: question for question in QUESTIONS},
        options={option.id: option for option in OPTIONS},
        floor="look",
        notices=(_rule("strains-heal", cause="strain"),),
        asks=(_rule("ask-for-the-cause", cause=NOT_SURE),),
    )


@pytest.fixture(scope="session")
def layout() -> Layout:
    """The answer code of the tiny guide."""
    return LAYOUT


@pytest.fixture(scope="session")
def say() -> Callable[..., Answers]:
    """A builder of answers: `say(place="knee", tried=["exercise", "not-sure"])`."""

    def build(**said: str | Iterable[str]) -> Answers:
        return {
            name.replace("_", "-"): frozenset([each] if isinstance(each, str) else each)
            for name, each in said.items()
        }

    return build


@pytest.fixture(scope="session")
def when() -> Callable[..., Condition]:
    """A builder of conditions: `when(place="knee", cause=["arthritis", "strain"])`."""
    return _when


@pytest.fixture(scope="session")
def rule() -> Callable[..., Rule]:
    """A builder of rules: `rule("exercise-first", tried="exercise")`."""
    return _rule


@pytest.fixture(scope="session")
def with_option() -> Callable[..., Guide]:
    """A builder: the same guide with parts of one option replaced, or with one option more."""

    def build(guide: Guide, option: str, **parts: Any) -> Guide:
        before = guide.options.get(option) or Option(option, "basics", fits=())
        return replace(guide, options={**guide.options, option: replace(before, **parts)})

    return build


@pytest.fixture(scope="session")
def with_question() -> Callable[..., Guide]:
    """A builder: the same guide with parts of one question replaced."""

    def build(guide: Guide, question: str, **parts: Any) -> Guide:
        asked = replace(guide.questions[question], **parts)
        return replace(guide, questions={**guide.questions, question: asked})

    return build


@pytest.fixture(scope="session")
def with_field() -> Callable[..., Layout]:
    """A builder: the same layout with parts of one field replaced."""

    def build(layout: Layout, field: str, **parts: Any) -> Layout:
        return Layout(
            tuple(
                tuple(replace(each, **parts) if each.name == field else each for each in block)
                for block in layout.blocks
            )
        )

    return build


@pytest.fixture(scope="session")
def every_answer() -> Callable[..., Iterator[Answers]]:
    """Every set of answers to some questions, by brute force."""

    def build(questions: Questions, asked: Iterable[str] | None = None) -> Iterator[Answers]:
        wanted = set(questions if asked is None else asked)
        return _answers([q for q in questions.values() if q.id in wanted], {})

    return build


def _answers(questions: list[Question], so_far: dict[str, frozenset[str]]) -> Iterator[Answers]:
    if not questions:
        yield dict(so_far)
        return
    here, *rest = questions
    for chosen in dict.fromkeys(here.read(ticked, so_far) for ticked in _ticks(here)):
        yield from _answers(rest, {**so_far, here.id: chosen} if chosen else so_far)


def _ticks(question: Question) -> list[frozenset[str]]:
    """Every way to tick the choices of a question, none at all among them."""
    sizes = range(len(question.choices) + 1)
    return [frozenset(ticked) for n in sizes for ticked in combinations(question.choices, n)]


@pytest.fixture(scope="session")
def any_ticks(guide: Guide) -> st.SearchStrategy[Answers]:
    """Any choices in the tiny guide, whether they count or not, drawn by Hypothesis."""
    return st.fixed_dictionaries(
        {q.id: st.sampled_from(_ticks(q)) for q in guide.questions.values()}
    )


@pytest.fixture(scope="session")
def any_answers(guide: Guide, any_ticks: st.SearchStrategy[Answers]) -> st.SearchStrategy[Answers]:
    """Answers to the tiny guide, drawn by Hypothesis."""
    return any_ticks.map(lambda ticked: effective(guide.questions, ticked))
