"""Every way through the tiny guide, from the first page to the outcome and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import pytest

from tests.engine.asking.shared import Build, Say, urgent
from treatment_guide.engine.answers import NONE, Answers, Question, answer, effective
from treatment_guide.engine.flow import (
    OUTCOME,
    gate,
    next_page,
    open_questions,
    previous_page,
    questions_left,
)
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Rule
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Urgent
from treatment_guide.engine.reader import Reader


@dataclass(frozen=True)
class Step:
    """One page of a walk: the answers it was shown with, and those it sent on."""

    page: str
    before: Answers
    after: Answers

    @property
    def key(self) -> tuple[object, ...]:
        """What makes one step differ from another."""
        return (self.page, *(frozenset(each.items()) for each in (self.before, self.after)))


def walks(guide: Guide, page: str, answers: Answers) -> Iterator[list[Step]]:
    """Every way on from a page to the outcome, or to help where a sign is urgent.

    Every question is answered in each way there is, or left open; but danger signs have to be
    answered.
    """
    if page == OUTCOME or isinstance(narrow(Reader(guide, answers)), Urgent):
        yield []
        return
    question = guide.questions[page]
    offered = question.offered(effective(guide.questions, answers))
    sizes = range(1 if question.about_danger else 0, len(offered) + 1)
    ticks = [ticked for size in sizes for ticked in combinations(offered, size)]
    for chosen in dict.fromkeys(question.read(ticked, answers) for ticked in ticks):
        after = answer(guide.questions, answers, page, chosen)
        step = Step(page, answers, after)
        for rest in walks(guide, next_page(Reader(guide, after), page), after):
            yield [step, *rest]


@pytest.fixture(scope="module")
def every_step(every_walk: list[list[Step]]) -> list[Step]:
    """Every step of every walk, once."""
    return list({step.key: step for walk in every_walk for step in walk}.values())


@pytest.fixture(scope="module")
def every_walk(guide: Guide) -> list[list[Step]]:
    """Every walk there is through the tiny guide, from the first page on."""
    return list(walks(guide, "urgent", {}))


def test_walk_asks_no_question_twice(every_walk: list[list[Step]]):
    """Whatever is answered or left open, no question comes twice, so every walk ends."""
    pages = {tuple(step.page for step in walk) for walk in every_walk}

    assert [path for path in pages if len(set(path)) < len(path)] == []


def test_walk_keeps_the_order_of_the_questions(guide: Guide, every_walk: list[list[Step]]):
    """Questions may be left out, but never change places."""
    order = list(guide.questions)
    pages = {tuple(step.page for step in walk) for walk in every_walk}

    assert [path for path in pages if sorted(path, key=order.index) != list(path)] == []


def test_walk_never_passes_an_unanswered_danger_question(guide: Guide, every_step: list[Step]):
    """No page of a walk is one that the danger signs hold back."""
    held_back = [step for step in every_step if gate(Reader(guide, step.before), step.page)]

    assert held_back[:3] == []


def test_walk_ends_with_the_danger_signs_answered(guide: Guide, every_walk: list[list[Step]]):
    """A walk ends at help, or at an outcome that every danger question stands before."""
    ends = [walk[-1].after for walk in every_walk]

    open_ends = [
        end for end in ends if gate(Reader(guide, end), OUTCOME) and not urgent(guide, end)
    ]

    assert open_ends[:3] == []


def test_back_leads_to_the_page_before(guide: Guide, every_walk: list[list[Step]]):
    """On every page of a walk, Back leads to the page the reader came from."""
    pairs = {
        (came_from.page, *here.key): (came_from.page, here)
        for walk in every_walk
        for came_from, here in pairwise(walk)
    }

    astray = [
        (here, back)
        for came_from, here in pairs.values()
        if (back := previous_page(Reader(guide, here.before), here.page)) != came_from
    ]

    assert astray[:3] == []


def test_first_page_has_no_page_before(guide: Guide):
    """Back from the first question leaves the questionnaire."""
    assert previous_page(Reader(guide, {}), "urgent") is None


@pytest.mark.parametrize("page", [OUTCOME, "scan"], ids=["outcome", "a question to sharpen"])
def test_back_from_the_outcome_leads_to_the_last_core_question(guide: Guide, say: Say, page: str):
    """From the outcome, Back leads to the core question that was met last."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis", tried="exercise")

    assert previous_page(Reader(guide, answers), page) == "tried"


def test_back_leaves_out_what_was_not_asked(guide: Guide, say: Say):
    """Back does not lead to a question that was left out as it could change nothing."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="strain")

    assert previous_page(Reader(guide, answers), OUTCOME) == "cause"


def test_questions_left_is_never_too_few(guide: Guide, every_walk: list[list[Step]]):
    """Never do more questions come than were announced."""
    assert too_few(guide, every_walk)[:3] == []


def test_questions_left_counts_the_question_of_a_warning_from_the_start(
    guide: Guide, rule: Callable[..., Rule], with_option: Build
):
    """A core question that only a warning needs is announced before the option fits."""
    health = Question("health", "one", ("thinners", NONE), core=True)
    asks_health = replace(guide, questions={**guide.questions, "health": health})
    warned = with_option(asks_health, "injection", caution=(rule("bleeds", health="thinners"),))

    assert too_few(warned, list(walks(warned, "urgent", {})))[:3] == []


def too_few(guide: Guide, every_walk: list[list[Step]]) -> list[tuple[Step, int, int]]:
    """The steps that announced fewer questions than came: the step, announced, came."""
    longest = {
        step.key: (step, came)
        for walk in sorted(every_walk, key=len)
        for came, step in enumerate(reversed(walk))
    }
    return [
        (step, announced, came)
        for step, came in longest.values()
        if (announced := questions_left(Reader(guide, step.before), step.page)) < came
    ]


def test_questions_left_only_shrinks(guide: Guide, every_step: list[Step]):
    """No answer makes more questions follow than were announced before it."""
    grown = [
        step
        for step in every_step
        if not urgent(guide, step.after)
        and questions_left(Reader(guide, step.after), step.page)
        > questions_left(Reader(guide, step.before), step.page)
    ]

    assert grown[:3] == []


def test_answering_opens_no_question_anew(guide: Guide, every_step: list[Step]):
    """What can change nothing now will not be asked after a further answer."""
    opened = [
        step
        for step in every_step
        if not set(open_questions(Reader(guide, step.after)))
        <= set(open_questions(Reader(guide, step.before)))
    ]

    assert opened[:3] == []


def test_nothing_is_left_at_the_end_of_a_walk(guide: Guide, every_walk: list[list[Step]]):
    """At the end of a walk to the outcome, the number of questions left is none."""
    ends = [walk[-1] for walk in every_walk]

    unfinished = [
        end
        for end in ends
        if not urgent(guide, end.after) and questions_left(Reader(guide, end.after), end.page)
    ]

    assert unfinished[:3] == []
