"""The page of the safety matrix and of the hazard log: what each safety answer does to each option,
and why; what could go wrong with the guide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from treatment_guide.engine.conditions import Among, Condition
from treatment_guide.engine.safety import Decision, SafetyAnswer, decide
from treatment_guide.library.model import Library, Page
from treatment_guide.reading.about.hazard_log import hazard_log
from treatment_guide.reading.page_parts import Cited, cited, parts

#: The kinds of decision, in the order shown: what holds back most stands first.
KINDS = ("against", "wait", "first", "caution", "fits", "not-for", "nothing")


@dataclass(frozen=True)
class Line:
    """One decision: its kind, its words (HTML; empty for a cause that the options are no use for),
    when it acts beside the answer (empty: always), its sources, and the options that it is about.
    """

    kind: str
    words: str
    when: str
    sources: tuple[Cited, ...]
    options: tuple[Page, ...]


@dataclass(frozen=True)
class Answer:
    """One safety answer: its id, its label, and its decisions."""

    id: str
    label: str
    lines: tuple[Line, ...]


def safety_values(library: Library) -> dict[str, Any] | None:
    """The values of the page; None for a guide without the page."""
    page = library.about.get("safety")
    if page is None:
        return None
    shown = parts(library, page)
    numbers: dict[str, int] = {}
    answers = [answer_lines(library, answer, numbers) for answer in library.guide.safety]
    decisions = [
        decide(option, answer)
        for answer in library.guide.safety
        for option in library.guide.options.values()
    ]
    return {
        "page": page,
        "log": hazard_log(library),
        "lead": shown[0],
        "parts": shown[1:],
        "questions": [
            {
                "name": library.questions[name].name,
                "answers": [found for found in answers if found.id.partition(".")[0] == name],
            }
            for name in dict.fromkeys(answer.question for answer in library.guide.safety)
        ],
        "trials": [page.page for page in library.options.values() if trials_only(library, page.id)],
        "options": len(library.guide.options),
        "answers": len(answers),
        "cells": len(decisions),
        "ruled": sum(bool(decision.rules or decision.not_for) for decision in decisions),
        "nothing": sum(not (d.rules or d.not_for) for d in decisions),
    }


def trials_only(library: Library, option: str) -> bool:
    """True for an option for studies only: no answer changes where it stands."""
    return library.guide.options[option].trials_only


def answer_lines(library: Library, answer: SafetyAnswer, numbers: dict[str, int]) -> Answer:
    """Everything that is decided about one safety answer, by kind and by reason, but for options
    for studies only. Sources new to the page are added to `numbers`.
    """
    found: dict[tuple[str, str, str, tuple[str, ...]], list[Page]] = {}
    for name, option in library.guide.options.items():
        if option.trials_only:
            continue
        for key in cell(library, answer, name, decide(option, answer)):
            found.setdefault(key, []).append(library.options[name].page)
    ordered = sorted(found.items(), key=lambda line: KINDS.index(line[0][0]))
    lines = [
        Line(
            kind,
            words,
            when,
            cited(numbers, sources),
            tuple(pages),
        )
        for (kind, words, when, sources), pages in ordered
    ]
    label = library.questions[answer.question].choices[answer.choice].label
    return Answer(answer.id, label, tuple(lines))


def cell(
    library: Library, answer: SafetyAnswer, option: str, decision: Decision
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """The decision of one cell: for each rule that reacts, else for each written reason, its kind,
    words, further condition and sources.
    """
    for kind, rule in decision.rules:
        lines = [line for line in library.rules if line.subject == option and line.kind == kind]
        (when,) = {
            line.when
            for line, each in zip(lines, getattr(library.guide.options[option], kind), strict=True)
            if each is rule
        }
        plain = "" if alone(rule.condition, answer) else when
        yield kind, library.reasons[rule.because], plain, rule.sources
    if decision.rules:
        return
    if decision.not_for:
        yield "not-for", "", "", ()
        return
    for each in decision.nothing:
        yield "nothing", library.safety[each.because], "", each.sources


def alone(condition: Condition, answer: SafetyAnswer) -> bool:
    """True for a condition that the answer makes true by itself."""
    if isinstance(condition, Among):
        return condition.question == answer.question and answer.choice in condition.choices
    return False
