"""Which question comes next, and which may come at all."""

from __future__ import annotations

from collections.abc import Iterable

from treatment_guide.engine.answers import NOT_SURE, Answers, Question, effective, known, signs
from treatment_guide.engine.conditions import Condition, Truths, atoms, unsettled
from treatment_guide.engine.model import Group, Guide, Rule
from treatment_guide.engine.narrowing import (
    group_of,
    groups,
    in_order,
    meanings,
    open_in_group,
)

OUTCOME = "outcome"


def open_questions(
    guide: Guide, answers: Answers, warned: tuple[Group, ...] = ("fits",)
) -> tuple[str, ...]:
    """The unanswered questions whose answer can still change something, in the order asked.

    Danger signs are always among them until answered. What a question rests on
    (the place, for causes) is open while the question is.
    An answered question is never open, `not-sure` being an answer.
    A warning keeps its question open for options that stand in the groups `warned`: nobody is
    asked for a warning about what does not fit.
    """
    counted = effective(guide.questions, answers)
    found = {q.id for q in guide.danger}
    if not signs(guide.questions, counted).keys() - {"days"}:
        truths = known(guide.questions, counted)
        one_of = [known(guide.questions, meant) for meant in meanings(guide, counted)]
        for option in guide.options.values():
            group = group_of(option, truths, one_of)
            found |= open_in_group(option, truths, group)
            if group in warned:
                found |= open_in_effects(option.caution, truths)
        found |= open_in_effects(guide.notices + guide.asks, truths)
    found |= {q.id for q in guide.questions.values() if not q.narrows}
    found |= {parent for q in found if (parent := guide.questions[q].by)}
    offering = {q for q in found if offers_something(guide.questions[q], counted)}
    return in_order(offering - counted.keys(), tuple(guide.questions))


def offers_something(question: Question, answers: Answers) -> bool:
    """True when the question has a choice that says something, for these answers."""
    return any(choice in question.real_choices for choice in question.offered(answers))


def open_in_effects(rules: Iterable[Rule], truths: Truths) -> frozenset[str]:
    """The questions that could still make one of these rules act.

    A rule about `not-sure` keeps nothing open: nobody is asked only to hear that they don't know.
    """
    live = (rule.condition for rule in rules if not only_about_unsure(rule.condition))
    return frozenset().union(*(unsettled(condition, truths) for condition in live))


def only_about_unsure(condition: Condition) -> bool:
    """True for a condition that names no choice but `not-sure`."""
    return all(atom.choices <= {NOT_SURE} for atom in atoms(condition))


def gate(guide: Guide, answers: Answers, page: str) -> str | None:
    """The danger question that has to be answered before `page` may be shown, if any.

    No page of the questionnaire, and no outcome, comes before the danger signs asked ahead of it.
    """
    counted = effective(guide.questions, answers)
    for question in guide.questions:
        if question == page:
            return None
        if guide.questions[question].about_danger and question not in counted:
            return question
    return None


def next_page(guide: Guide, answers: Answers, after: str) -> str:
    """The page that follows question `after`: the next open core question, else the outcome.

    A question that only sharpens leads back to the outcome.
    """
    asked = guide.questions[after]
    if not (asked.core or asked.about_danger):
        return gate(guide, answers, OUTCOME) or OUTCOME
    order = list(guide.questions)
    still_open = open_questions(guide, answers)
    for question in order[order.index(after) + 1 :]:
        if question in still_open and guide.questions[question].core:
            return question
    return gate(guide, answers, OUTCOME) or OUTCOME


def previous_page(guide: Guide, answers: Answers, before: str) -> str | None:
    """The core question that came before this page, for its Back link; None before the first."""
    order = [q for q in guide.questions if guide.questions[q].core]
    counted = effective(guide.questions, answers)
    ahead = order[: order.index(before)] if before in order else order
    still_open = open_questions(guide, answers)
    met = [q for q in ahead if q in counted or q in still_open]
    return met[-1] if met else None


def questions_left(guide: Guide, answers: Answers, after: str) -> int:
    """How many core questions may still come after `after`, at most.

    What depends may come to fit, and then its warnings are asked for: they count from the start.
    """
    order = list(guide.questions)
    later = order[order.index(after) + 1 :]
    still_open = open_questions(guide, answers, warned=("fits", "depends"))
    return sum(1 for q in later if q in still_open and guide.questions[q].core)


def sharpening(guide: Guide, answers: Answers) -> tuple[tuple[str, int], ...]:
    """The open questions by choice, each with how many options one answer to it could settle.

    Sorted by that number, the most first. Settled means: no longer `depends`.
    """
    counted = effective(guide.questions, answers)
    if signs(guide.questions, counted).keys() - {"days"}:
        return ()
    waiting = {o for o, group in groups(guide, counted).items() if group == "depends"}
    found = []
    for question in open_questions(guide, answers):
        asked = guide.questions[question]
        if asked.about_danger or not asked.narrows:
            continue
        touched = {option for option in waiting if question in guide.concerns[option]}
        settled = 0
        for choice in asked.offered(counted) if touched else ():
            then = {**counted, question: frozenset((choice,))}
            settled = max(settled, len(touched - still_waiting(guide, then, touched)))
        found.append((question, settled))
    return tuple(sorted(found, key=lambda pair: -pair[1]))


def still_waiting(guide: Guide, answers: Answers, waiting: Iterable[str]) -> set[str]:
    """Which of these options depend on something for these answers, and no others looked at."""
    counted = effective(guide.questions, answers)
    truths = known(guide.questions, counted)
    one_of = [known(guide.questions, meant) for meant in meanings(guide, counted)]
    return {o for o in waiting if group_of(guide.options[o], truths, one_of) == "depends"}
