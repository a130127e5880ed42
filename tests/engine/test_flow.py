"""The flow: which question comes next, which may come at all, and how many are left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, Question, answer, effective
from treatment_guide.engine.flow import (
    OUTCOME,
    gate,
    next_page,
    open_questions,
    previous_page,
    questions_left,
    sharpening,
)
from treatment_guide.engine.model import Guide, Rule
from treatment_guide.engine.narrowing import Outcome, Urgent, narrow

Say = Callable[..., Answers]
Build = Callable[..., Guide]

quick = settings(max_examples=60, deadline=None)


@dataclass(frozen=True)
class Step:
    """One page of a walk: the answers it was shown with, and those it sent on."""

    page: str
    before: Answers
    after: Answers


def walk(guide: Guide, data: st.DataObject) -> list[Step]:
    """One reader from the first page to the outcome, or to help when a sign is urgent.

    Every question is answered in some way or left open, but for danger signs, which have to be
    answered.
    """
    page, answers, steps = next(iter(guide.questions)), {}, []
    while page != OUTCOME and not isinstance(narrow(guide, answers), Urgent):
        assert len(steps) <= len(guide.questions), "the walk does not end"
        question = guide.questions[page]
        choices = question.offered(effective(guide.questions, answers))
        least = 1 if question.about_danger else 0
        ticked = data.draw(st.sets(st.sampled_from(choices), min_size=least), label=page)
        after = answer(guide.questions, answers, page, ticked)
        steps.append(Step(page, answers, after))
        page, answers = next_page(guide, after, page), after
    return steps


# --- danger signs stand before every page ---------------------------------------------------


@pytest.mark.parametrize(
    "page",
    ["place", "urgent-here", "cause", "tried", "scan", "matters", OUTCOME, "a page of later years"],
)
def test_no_page_comes_before_the_danger_signs(guide: Guide, page: str):
    """Whatever page is asked for, the danger signs are asked first."""
    assert gate(guide, {}, page) == "urgent"


@pytest.mark.parametrize("page", ["cause", "tried", "scan", "matters", OUTCOME])
def test_no_page_comes_before_the_danger_signs_of_the_place(guide: Guide, say: Say, page: str):
    """With the first danger signs answered, those of the place are still asked first."""
    assert gate(guide, say(urgent=NONE, place="knee"), page) == "urgent-here"


@pytest.mark.parametrize("page", ["urgent", "place", "urgent-here"])
def test_pages_up_to_the_danger_signs_are_not_held_back(guide: Guide, say: Say, page: str):
    """A danger question is not held back by itself, nor what has to be asked before it."""
    assert gate(guide, say(urgent=NONE), page) is None


@pytest.mark.parametrize("page", ["cause", "tried", "scan", "matters", OUTCOME])
def test_pages_are_open_once_the_danger_signs_are_answered(guide: Guide, say: Say, page: str):
    """Nothing else is needed to see a page: every other question may be left open."""
    assert gate(guide, say(urgent=NONE, urgent_here=NONE), page) is None


def test_changed_place_closes_the_outcome_until_its_signs_are_answered(guide: Guide, say: Say):
    """A new place has danger signs of its own, which come before the outcome."""
    before = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis")

    after = answer(guide.questions, before, "place", ["back"])

    assert gate(guide, after, OUTCOME) == "urgent-here"


def test_sign_of_another_place_does_not_answer_for_this_one(guide: Guide, say: Say):
    """A code that carries a knee's sign for a back has answered nothing about the back."""
    answers = say(urgent=NONE, place="back", urgent_here="pop")

    assert gate(guide, answers, OUTCOME) == "urgent-here"


def test_danger_question_left_empty_is_asked_again(guide: Guide, say: Say):
    """Going on without an answer about danger signs leads back to them."""
    answers = say(urgent=NONE, place="knee", cause="strain")

    assert next_page(guide, answers, "cause") == "urgent-here"


# --- the next page --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "after", "page"),
    [
        ({"urgent": NONE}, "urgent", "place"),
        ({"urgent": NONE}, "place", "urgent-here"),
        ({"urgent": NONE, "urgent_here": NONE}, "urgent-here", "cause"),
        ({"urgent": NONE, "urgent_here": NONE}, "cause", "tried"),
        ({"urgent": NONE, "urgent_here": NONE}, "tried", OUTCOME),
    ],
    ids=["danger", "place", "danger here", "cause", "last"],
)
def test_core_questions_follow_each_other_to_the_outcome(
    guide: Guide, say: Say, said: dict[str, str], after: str, page: str
):
    """The core questions come in their order, whether answered or left open, then the outcome."""
    assert next_page(guide, say(**said), after) == page


def test_answered_question_is_not_asked_again(guide: Guide, say: Say):
    """Changing the place later does not lead through questions that were answered before."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, tried="exercise")

    assert next_page(guide, answers, "cause") == OUTCOME


def test_question_that_can_change_nothing_is_not_asked(guide: Guide, say: Say):
    """Where nothing tried could bring an option in, nobody is asked what they tried."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="strain")

    assert next_page(guide, answers, "cause") == OUTCOME


def test_question_that_can_change_something_is_asked(guide: Guide, say: Say):
    """Where what was tried decides about an option, it is asked."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis")

    assert next_page(guide, answers, "cause") == "tried"


@pytest.mark.parametrize("question", ["scan", "matters"])
def test_sharpening_leads_back_to_the_outcome(guide: Guide, say: Say, question: str):
    """A question that was asked to sharpen the outcome leads back to it, and asks nothing more."""
    answers = say(urgent=NONE, urgent_here=NONE)

    assert next_page(guide, answers, question) == OUTCOME


@pytest.mark.parametrize("question", ["scan", "matters"])
def test_sharpening_leads_past_the_danger_signs_first(guide: Guide, say: Say, question: str):
    """Even from there, the outcome is not shown before the danger signs are answered."""
    assert next_page(guide, say(urgent=NONE), question) == "urgent-here"


# --- what is still open ---------------------------------------------------------------------


def test_everything_is_open_at_first(guide: Guide):
    """Before anything is said, every question can change something."""
    assert open_questions(guide, {}) == tuple(guide.questions)


@pytest.mark.parametrize("chosen", ["exercise", NONE, NOT_SURE])
def test_answered_question_is_never_open(guide: Guide, say: Say, chosen: str):
    """An answer is an answer, "not sure" and "none of these" among them."""
    assert "tried" not in open_questions(guide, say(cause="disc", tried=chosen))


def test_place_is_open_while_a_question_that_rests_on_it_is(guide: Guide, say: Say):
    """The place is asked while the causes it decides on are."""
    without_support = {k: v for k, v in guide.options.items() if k != "support"}
    disc_only = replace(guide, options=without_support)

    assert "place" in open_questions(disc_only, say(urgent=NONE))


def test_question_that_offers_nothing_here_is_not_open(
    guide: Guide, say: Say, with_question: Build
):
    """Where a place offers no cause to choose from, the cause is not asked."""
    offers = {**guide.questions["cause"].offers, "back": frozenset({NOT_SURE})}
    no_causes_there = with_question(guide, "cause", offers=offers)

    assert "cause" not in open_questions(no_causes_there, say(place="back"))


def test_rule_about_not_sure_keeps_no_question_open(guide: Guide, rule: Callable[..., Rule]):
    """Nobody is asked a question only to hear that they do not know."""
    floor = {"look": guide.options["look"]}
    only_asks = replace(guide, options=floor, notices=(), asks=(rule("ask", cause=NOT_SURE),))

    assert "cause" not in open_questions(only_asks, {})


def test_notice_keeps_its_question_open(guide: Guide, rule: Callable[..., Rule]):
    """A message about the whole situation is reason enough to ask."""
    floor = {"look": guide.options["look"]}
    only_notice = replace(guide, options=floor, notices=(rule("note", cause="disc"),), asks=())

    assert "cause" in open_questions(only_notice, {})


@pytest.mark.parametrize(
    ("cause", "is_open"), [("disc", True), ("strain", False)], ids=["fits", "ruled out"]
)
def test_warning_keeps_its_question_open_only_for_what_fits(
    guide: Guide, say: Say, cause: str, *, is_open: bool
):
    """Nobody is asked for the sake of a warning about what does not fit them."""
    injection_only = {"look": guide.options["look"], "injection": guide.options["injection"]}
    warned = replace(guide, options=injection_only)
    answers = say(urgent=NONE, place="back", urgent_here=NONE, cause=cause, tried="exercise")

    assert ("scan" in open_questions(warned, answers)) is is_open


def test_what_matters_is_open_until_it_is_said(guide: Guide, say: Say):
    """What matters to the reader narrows nothing, and may be said at any time."""
    found = [open_questions(guide, say(cause="strain", **more)) for more in ({}, {"matters": "sleep"})]

    assert ["matters" in each for each in found] == [True, False]


def test_only_danger_signs_are_open_beside_an_urgent_sign(guide: Guide, say: Say):
    """Beside an emergency, no question about treatment is open."""
    assert open_questions(guide, say(urgent="collapse")) == ("place", "urgent-here", "matters")


def test_question_that_is_not_asked_could_move_no_option(
    guide: Guide, every_answer: Callable[..., Iterator[Answers]]
):
    """For every set of answers: no answer to a question that is not asked moves an option."""
    moved = []
    for answers in every_answer(guide.questions, ["place", "cause", "tried", "scan"]):
        not_asked = set(guide.questions) - set(open_questions(guide, answers)) - answers.keys()
        for question in not_asked:
            for choice in guide.questions[question].offered(answers):
                then = {**answers, question: frozenset({choice})}
                if groups(guide, then) != groups(guide, answers):
                    moved.append((answers, question, choice))

    assert moved[:3] == []


def groups(guide: Guide, answers: Answers) -> list[str]:
    """The group of every option."""
    outcome = narrow(guide, answers)
    return [each.group for each in outcome.standings] if isinstance(outcome, Outcome) else []


# --- sharpening -----------------------------------------------------------------------------


def test_sharpening_offers_first_what_settles_most(guide: Guide, say: Say):
    """The question whose answer settles most options comes first, with how many it settles."""
    assert sharpening(guide, say(place="back", cause="disc")) == (("tried", 2), ("scan", 1))


def test_sharpening_offers_nothing_that_is_settled(guide: Guide, say: Say):
    """When no answer can change anything, nothing is offered."""
    assert sharpening(guide, say(place="knee", cause="strain")) == ()


def test_sharpening_never_offers_what_narrows_nothing(guide: Guide):
    """What matters, and the danger signs, are not offered as questions that settle options."""
    offered = [question for question, _ in sharpening(guide, {})]

    assert {"matters", "urgent", "urgent-here"}.isdisjoint(offered)


def test_sharpening_has_no_place_beside_an_urgent_sign(guide: Guide, say: Say):
    """Beside an emergency, no question is offered."""
    assert sharpening(guide, say(urgent="collapse", cause="disc")) == ()


# --- walks ----------------------------------------------------------------------------------


@quick
@given(data=st.data())
def test_walk_asks_no_question_twice(guide: Guide, data: st.DataObject):
    """Whatever is answered or left open, no question comes twice, so every walk ends."""
    pages = [step.page for step in walk(guide, data)]

    assert len(set(pages)) == len(pages)


@quick
@given(data=st.data())
def test_walk_keeps_the_order_of_the_questions(guide: Guide, data: st.DataObject):
    """Questions may be left out, but never change places."""
    order = list(guide.questions)
    pages = [order.index(step.page) for step in walk(guide, data)]

    assert pages == sorted(pages)


@quick
@given(data=st.data())
def test_walk_never_stands_before_an_unanswered_danger_question(guide: Guide, data: st.DataObject):
    """No page of a walk is one that the danger signs hold back."""
    held_back = [step.page for step in walk(guide, data) if gate(guide, step.before, step.page)]

    assert held_back == []


@quick
@given(data=st.data())
def test_walk_ends_with_the_danger_signs_answered(guide: Guide, data: st.DataObject):
    """A walk ends at help, or at an outcome that every danger question stands before."""
    end = walk(guide, data)[-1].after

    assert isinstance(narrow(guide, end), Urgent) or gate(guide, end, OUTCOME) is None


@quick
@given(data=st.data())
def test_back_leads_to_the_page_before(guide: Guide, data: st.DataObject):
    """On every page of a walk, Back leads to the page the reader came from."""
    steps = walk(guide, data)

    astray = [
        (here.page, previous_page(guide, here.before, here.page))
        for came_from, here in pairwise(steps)
        if previous_page(guide, here.before, here.page) != came_from.page
    ]

    assert astray == []


def test_first_page_has_no_page_before(guide: Guide):
    """Back from the first question leaves the questionnaire."""
    assert previous_page(guide, {}, "urgent") is None


@pytest.mark.parametrize("page", [OUTCOME, "scan"], ids=["outcome", "a question to sharpen"])
def test_back_from_the_outcome_leads_to_the_last_core_question(guide: Guide, say: Say, page: str):
    """From the outcome, Back leads to the core question that was met last."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis", tried="exercise")

    assert previous_page(guide, answers, page) == "tried"


def test_back_leaves_out_what_was_not_asked(guide: Guide, say: Say):
    """Back does not lead to a question that was left out as it could change nothing."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="strain")

    assert previous_page(guide, answers, OUTCOME) == "cause"


@quick
@given(data=st.data())
def test_questions_left_is_never_too_few(guide: Guide, data: st.DataObject):
    """Never do more questions come than were announced, before or after answering."""
    steps = walk(guide, data)

    assert too_few(guide, steps) == []


def test_questions_left_counts_the_question_of_a_warning_from_the_start(
    guide: Guide, say: Say, rule: Callable[..., Rule], with_option: Build
):
    """A core question that only a warning needs is announced before the option fits."""
    health = Question("health", "one", ("thinners", NONE, NOT_SURE), core=True)
    asks_health = replace(guide, questions={**guide.questions, "health": health})
    warned = with_option(asks_health, "injection", caution=(rule("bleeds", health="thinners"),))
    at_cause = say(urgent=NONE, place="back", urgent_here=NONE)
    at_tried = {**at_cause, **say(cause="disc")}
    at_health = {**at_tried, **say(tried="exercise")}

    steps = [
        Step("cause", at_cause, at_tried),
        Step("tried", at_tried, at_health),
        Step("health", at_health, {**at_health, **say(health=NONE)}),
    ]

    assert too_few(warned, steps) == []


def too_few(guide: Guide, steps: list[Step]) -> list[tuple[str, int, int]]:
    """The pages that announced fewer questions than came: page, announced, came."""
    return [
        (step.page, announced, came)
        for came, step in enumerate(reversed(steps))
        for answers in (step.before, step.after)
        if not isinstance(narrow(guide, answers), Urgent)
        and (announced := questions_left(guide, answers, step.page)) < came
    ]


@quick
@given(data=st.data())
def test_questions_left_only_shrinks(guide: Guide, data: st.DataObject):
    """From page to page the number of questions left goes down, whatever is answered."""
    left = [questions_left(guide, step.before, step.page) for step in walk(guide, data)]

    assert [(a, b) for a, b in pairwise(left) if b >= a] == []


@quick
@given(data=st.data())
def test_answering_opens_no_core_question(guide: Guide, data: st.DataObject):
    """What cannot change anything now will not change anything after a further answer."""
    opened = [
        (step.page, question)
        for step in walk(guide, data)
        for question in set(open_questions(guide, step.after)) - set(open_questions(guide, step.before))
        if guide.questions[question].core
    ]

    assert opened == []


@quick
@given(data=st.data())
def test_nothing_is_left_after_the_last_core_question(guide: Guide, data: st.DataObject):
    """At the end of a walk the number of questions left is none."""
    end = walk(guide, data)[-1]

    assert isinstance(narrow(guide, end.after), Urgent) or not questions_left(
        guide, end.after, end.page
    )
