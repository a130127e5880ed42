"""Which question comes next, and which questions are still open."""

from __future__ import annotations

from collections.abc import Iterable

from treatment_guide.engine.answers import Question
from treatment_guide.engine.compiled.bits import each_bit
from treatment_guide.engine.groups import group_of, open_in_group
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import Group
from treatment_guide.engine.reader import Reader

OUTCOME = "outcome"


def open_questions(reader: Reader, warned: tuple[Group, ...] = ("fits",)) -> tuple[str, ...]:
    """The unanswered questions whose answer can still change something, in the order asked.

    Danger questions are open until answered. The parent of an open question (the place, for the
    cause) is open too. An answered question is never open; `not-sure` is an answer. Cautions keep
    questions open only for options in the groups `warned`.
    """
    if warned not in reader.open_questions:
        reader.open_questions[warned] = _open_questions(reader, warned)
    return reader.open_questions[warned]


def _open_questions(reader: Reader, warned: tuple[Group, ...]) -> tuple[str, ...]:
    known, bits = reader.known, reader.rules.bits
    found = reader.rules.always_open
    if not reader.urgent:
        found |= reader.rules.open_effects(known.chosen, known.possible)
        asked = unanswered(reader)
        for name, option in reader.rules.options.items() if asked else ():
            if option.marks_warned & asked & ~found:
                group = reader.groups[name]
                found |= open_in_group(option, known, group)
                if group in warned:
                    found |= option.open_caution(known.chosen, known.possible)
    for mark in each_bit(found & bits.children):
        found |= bits.parent[mark]
    offering = 0
    for mark in each_bit(found & ~known.answered):
        question = bits.by_mark[mark]
        if question.offered_to(known.chosen) & question.real:
            offering |= mark
    return bits.named(offering)


def unanswered(reader: Reader) -> int:
    """The questions that are unanswered, and those that rest on one."""
    bits = reader.rules.bits
    found = bits.all & ~reader.known.answered
    for mark in each_bit(bits.children & ~found):
        if bits.parent[mark] & found:
            found |= mark
    return found


def gate(reader: Reader, page: str) -> str | None:
    """The id of the danger question that has to be answered before `page` may be shown, or None.

    It is the first unanswered one of those asked before `page`; before the outcome, of all.
    """
    order = reader.rules.bits.by_id
    before = order[page].place if page in order else len(order)
    for question in reader.guide.danger:
        if order[question.id].place >= before:
            return None
        if not reader.has_answered(question.id):
            return question.id
    return None


def next_page(reader: Reader, after: str) -> str:
    """The page that follows question `after`: the next open core question, else the outcome.

    A question that only sharpens leads back to the outcome.
    """
    asked = reader.guide.questions[after]
    if not (asked.core or asked.about_danger):
        return gate(reader, OUTCOME) or OUTCOME
    still_open = open_questions(reader)
    for question in following(reader, after):
        if question.id in still_open and asked_now(reader, question):
            return question.id
    return gate(reader, OUTCOME) or OUTCOME


def asked_now(reader: Reader, question: Question) -> bool:
    """True for an open question that is asked before the outcome: one of the core, and where it is
    asked for options of one trait (`asked_for`), it can still change the group of such an option.
    """
    if not question.core or not question.asked_for:
        return question.core
    mark = reader.rules.bits.by_id[question.id].mark
    return any(
        open_in_group(reader.rules.options[name], reader.known, reader.groups[name]) & mark
        for name in reader.guide.by_trait.get(question.asked_for, ())
    )


def following(reader: Reader, after: str) -> list[Question]:
    """The questions asked after this one."""
    bits = reader.rules.bits
    return [each.question for each in bits.order[bits.by_id[after].place + 1 :]]


def previous_page(reader: Reader, before: str) -> str | None:
    """The core question that came before this page, for its Back link; None before the first."""
    order = [name for name, question in reader.guide.questions.items() if question.core]
    ahead = order[: order.index(before)] if before in order else order
    still_open = open_questions(reader)
    asked = reader.guide.questions
    met = [
        q
        for q in ahead
        if reader.has_answered(q) or (q in still_open and asked_now(reader, asked[q]))
    ]
    return met[-1] if met else None


def questions_left(reader: Reader, after: str) -> int:
    """The most core questions that may still come after `after`.

    An option that depends may come to fit, and then its cautions are asked about; these questions
    are counted from the start.
    """
    still_open = open_questions(reader, warned=("fits", "depends"))
    asked = (q for q in following(reader, after) if q.id in still_open)
    return sum(asked_now(reader, question) for question in asked)


def sharpening(reader: Reader) -> tuple[tuple[str, int], ...]:
    """The open questions by choice, each with how many options one answer to it could settle.

    Sorted by that number, the most first. Settled means: no longer `depends`.
    """
    if reader.urgent:
        return ()
    waiting = {name for name, group in reader.groups.items() if group == "depends"}
    found = []
    for question in open_questions(reader):
        asked = reader.guide.questions[question]
        if asked.about_danger or not asked.narrows:
            continue
        touched = {option for option in waiting if question in reader.guide.concerns[option]}
        settled = 0
        if touched:
            for then in answered_in_turn(reader, question):
                settled = max(settled, len(touched) - still_waiting(reader, then, touched))
        found.append((question, settled))
    return tuple(sorted(found, key=lambda pair: -pair[1]))


def answered_in_turn(reader: Reader, question: str) -> Iterable[Known]:
    """The `Known` after each choice of an unanswered question."""
    known = reader.known
    asked = known.bits.by_id[question]
    offered = asked.offered_to(known.chosen)
    for choice in asked.choices.values():
        if offered & choice:
            yield known.answering(asked, choice)


def still_waiting(reader: Reader, known: Known, waiting: Iterable[str]) -> int:
    """How many of the options `waiting` are in `depends`, given `known`."""
    return sum(group_of(reader.rules.options[o], known) == "depends" for o in waiting)
