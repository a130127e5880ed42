"""The flow: which question comes next, which may come at all, and how many are left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import pytest

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
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Rule
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome, Urgent
from treatment_guide.engine.reader import Reader

Say = Callable[..., Answers]
Build = Callable[..., Guide]


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


# --- danger signs stand before every page ---------------------------------------------------


@pytest.mark.parametrize(
    "page",
    ["place", "urgent-here", "cause", "tried", "scan", "matters", OUTCOME, "a page of later years"],
)
def test_no_page_comes_before_the_danger_signs(guide: Guide, page: str):
    """Whatever page is asked for, the danger signs are asked first."""
    assert gate(Reader(guide, {}), page) == "urgent"


@pytest.mark.parametrize("page", ["cause", "tried", "scan", "matters", OUTCOME])
def test_no_page_comes_before_the_danger_signs_of_the_place(guide: Guide, say: Say, page: str):
    """With the first danger signs answered, those of the place are still asked first."""
    assert gate(Reader(guide, say(urgent=NONE, place="knee")), page) == "urgent-here"


@pytest.mark.parametrize("page", ["urgent", "place", "urgent-here"])
def test_pages_up_to_the_danger_signs_are_not_held_back(guide: Guide, say: Say, page: str):
    """A danger question is not held back by itself, nor what has to be asked before it."""
    assert gate(Reader(guide, say(urgent=NONE)), page) is None


@pytest.mark.parametrize("page", ["cause", "tried", "scan", "matters", OUTCOME])
def test_pages_are_open_once_the_danger_signs_are_answered(guide: Guide, say: Say, page: str):
    """Nothing else is needed to see a page: every other question may be left open."""
    assert gate(Reader(guide, say(urgent=NONE, urgent_here=NONE)), page) is None


def test_changed_place_closes_the_outcome_until_its_signs_are_answered(guide: Guide, say: Say):
    """A new place has danger signs of its own, which come before the outcome."""
    before = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis")

    after = answer(guide.questions, before, "place", ["back"])

    assert gate(Reader(guide, after), OUTCOME) == "urgent-here"


def test_sign_of_another_place_does_not_answer_for_this_one(guide: Guide, say: Say):
    """A code that carries a knee's sign for a back has answered nothing about the back."""
    answers = say(urgent=NONE, place="back", urgent_here="pop")

    assert gate(Reader(guide, answers), OUTCOME) == "urgent-here"


def test_danger_question_left_empty_is_asked_again(guide: Guide, say: Say):
    """Going on without an answer about danger signs leads back to them."""
    answers = say(urgent=NONE, place="knee", cause="strain")

    assert next_page(Reader(guide, answers), "cause") == "urgent-here"


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
    assert next_page(Reader(guide, say(**said)), after) == page


def test_answered_question_is_not_asked_again(guide: Guide, say: Say):
    """Changing the place later does not lead through questions that were answered before."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, tried="exercise")

    assert next_page(Reader(guide, answers), "cause") == OUTCOME


def test_question_that_can_change_nothing_is_not_asked(guide: Guide, say: Say):
    """Where nothing tried could bring an option in, nobody is asked what they tried."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="strain")

    assert next_page(Reader(guide, answers), "cause") == OUTCOME


def test_question_that_can_change_something_is_asked(guide: Guide, say: Say):
    """Where what was tried decides about an option, it is asked."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis")

    assert next_page(Reader(guide, answers), "cause") == "tried"


@pytest.mark.parametrize("question", ["scan", "matters"])
def test_sharpening_leads_back_to_the_outcome(guide: Guide, say: Say, question: str):
    """A question that was asked to sharpen the outcome leads back to it, and asks nothing more."""
    answers = say(urgent=NONE, urgent_here=NONE)

    assert next_page(Reader(guide, answers), question) == OUTCOME


@pytest.mark.parametrize("question", ["scan", "matters"])
def test_sharpening_leads_past_the_danger_signs_first(guide: Guide, say: Say, question: str):
    """Even from there, the outcome is not shown before the danger signs are answered."""
    assert next_page(Reader(guide, say(urgent=NONE)), question) == "urgent-here"


# --- what is still open ---------------------------------------------------------------------


def test_everything_is_open_at_first(guide: Guide):
    """Before anything is said, every question can change something."""
    assert open_questions(Reader(guide, {})) == tuple(guide.questions)


@pytest.mark.parametrize("chosen", ["exercise", NONE, NOT_SURE])
def test_answered_question_is_never_open(guide: Guide, say: Say, chosen: str):
    """An answer is an answer, "not sure" and "none of these" among them."""
    assert "tried" not in open_questions(Reader(guide, say(cause="disc", tried=chosen)))


def test_place_is_open_while_a_question_that_rests_on_it_is(guide: Guide, say: Say):
    """The place is asked while the causes it decides on are."""
    by_cause_only = {"look": guide.options["look"], "operation": guide.options["operation"]}
    no_rule_names_a_place = replace(guide, options=by_cause_only)

    assert "place" in open_questions(Reader(no_rule_names_a_place, say(urgent=NONE)))


def test_question_that_offers_nothing_here_is_not_open(
    guide: Guide, say: Say, with_question: Build
):
    """Where a place offers no cause to choose from, the cause is not asked."""
    offers = {**guide.questions["cause"].offers, "back": frozenset({NOT_SURE})}
    no_causes_there = with_question(guide, "cause", offers=offers)

    assert "cause" not in open_questions(Reader(no_causes_there, say(place="back")))


def test_rule_about_not_sure_keeps_no_question_open(guide: Guide, rule: Callable[..., Rule]):
    """Nobody is asked a question only to hear that they do not know."""
    floor = {"look": guide.options["look"]}
    only_asks = replace(guide, options=floor, notices=(), asks=(rule("ask", cause=NOT_SURE),))

    assert "cause" not in open_questions(Reader(only_asks, {}))


def test_notice_keeps_its_question_open(guide: Guide, rule: Callable[..., Rule]):
    """A message about the whole situation is reason enough to ask."""
    floor = {"look": guide.options["look"]}
    only_notice = replace(guide, options=floor, notices=(rule("note", cause="disc"),), asks=())

    assert "cause" in open_questions(Reader(only_notice, {}))


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

    assert ("scan" in open_questions(Reader(warned, answers))) is is_open


def test_what_matters_is_open_until_it_is_said(guide: Guide, say: Say):
    """What matters to the reader narrows nothing, and may be said at any time."""
    found = [
        open_questions(Reader(guide, say(cause="strain", **more)))
        for more in ({}, {"matters": "sleep"})
    ]

    assert ["matters" in each for each in found] == [True, False]


def test_no_question_about_treatment_is_open_beside_an_urgent_sign(guide: Guide, say: Say):
    """Beside an emergency, only danger signs, what they rest on, and what matters are open."""
    assert open_questions(Reader(guide, say(urgent="collapse"))) == (
        "place",
        "urgent-here",
        "matters",
    )


def test_question_that_is_not_asked_could_move_no_option(
    guide: Guide, every_answer: Callable[..., Iterator[Answers]]
):
    """For every set of answers: no answer to a question that is not asked moves an option."""
    moved = []
    for answers in every_answer(guide.questions, ["place", "cause", "tried", "scan"]):
        not_asked = (
            set(guide.questions) - set(open_questions(Reader(guide, answers))) - answers.keys()
        )
        for question in not_asked:
            for choice in guide.questions[question].offered(answers):
                then = {**answers, question: frozenset({choice})}
                if groups(guide, then) != groups(guide, answers):
                    moved.append((answers, question, choice))

    assert moved[:3] == []


def groups(guide: Guide, answers: Answers) -> list[str]:
    """The group of every option."""
    outcome = narrow(Reader(guide, answers))
    return [each.group for each in outcome.standings] if isinstance(outcome, Outcome) else []


# --- sharpening -----------------------------------------------------------------------------


def test_sharpening_offers_first_what_settles_most(guide: Guide, say: Say):
    """The question whose answer settles most options comes first, with how many it settles."""
    assert sharpening(Reader(guide, say(place="back", cause="disc"))) == (("tried", 2), ("scan", 1))


def test_sharpening_offers_nothing_that_is_settled(guide: Guide, say: Say):
    """When no answer can change anything, nothing is offered."""
    assert sharpening(Reader(guide, say(place="knee", cause="strain"))) == ()


def test_sharpening_never_offers_what_narrows_nothing(guide: Guide):
    """What matters, and the danger signs, are not offered as questions that settle options."""
    offered = [question for question, _ in sharpening(Reader(guide, {}))]

    assert {"matters", "urgent", "urgent-here"}.isdisjoint(offered)


def test_sharpening_has_no_place_beside_an_urgent_sign(guide: Guide, say: Say):
    """Beside an emergency, no question is offered."""
    assert sharpening(Reader(guide, say(urgent="collapse", cause="disc"))) == ()


# --- walks ----------------------------------------------------------------------------------


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


def urgent(guide: Guide, answers: Answers) -> bool:
    """True when a danger sign comes before everything else."""
    return isinstance(narrow(Reader(guide, answers)), Urgent)


# --- a question of the core that is asked only for some options --------------------------------


@pytest.fixture
def for_cuts(guide: Guide, with_question: Build) -> Guide:
    """The tiny guide in which the scan is asked before the outcome, for operations alone."""
    cut = {"operation": replace(guide.options["operation"], traits=("cut",))}
    asked = with_question(guide, "scan", core=True, asked_for="cut")
    return replace(asked, options={**asked.options, **cut})


def test_a_question_is_asked_while_it_can_move_such_an_option(for_cuts: Guide, say: Say) -> None:
    """With a worn knee an operation may be right, so the scan is asked on the way."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis", tried="exercise")
    reader = Reader(for_cuts, answers)

    assert next_page(reader, "tried") == "scan"
    assert questions_left(reader, "tried") == 1


def test_it_is_left_for_later_where_it_can_move_none(for_cuts: Guide, say: Say) -> None:
    """With a strain no operation comes into question: the scan would only lengthen the way."""
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="strain", tried="exercise")
    reader = Reader(for_cuts, answers)

    assert next_page(reader, "tried") == OUTCOME
    assert questions_left(reader, "tried") == 0


def test_it_is_left_for_later_where_it_only_adds_a_caution(for_cuts: Guide, say: Say) -> None:
    """A caution is no move: such a question is offered on the outcome page."""
    told = Rule(for_cuts.options["operation"].against[0].condition, "hardly-worn")
    operation = replace(for_cuts.options["operation"], against=(), caution=(told,))
    guide = replace(for_cuts, options={**for_cuts.options, "operation": operation})
    answers = say(urgent=NONE, place="knee", urgent_here=NONE, cause="arthritis", tried="exercise")
    reader = Reader(guide, answers)

    assert "scan" in open_questions(reader)
    assert next_page(reader, "tried") == OUTCOME
