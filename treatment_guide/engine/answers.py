"""Questions, the answers of one reader, and which of them count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

NOT_SURE = "not-sure"
NONE = "none"
#: Stands beside ticks that were made before the question offered a safety choice of today. The
#: ticks count; the question counts as unanswered, so it is asked again. Nobody chooses it.
EARLIER = "earlier"

#: Question id to the choices one reader made. A question that is not there is unanswered.
Answers = Mapping[str, frozenset[str]]

Level = Literal["emergency", "today", "days"]
LEVELS: tuple[Level, ...] = ("emergency", "today", "days")


@dataclass(frozen=True)
class Question:
    """One question and the choices it may offer.

    `offers` maps an answer to the question `by` to the choices offered for it (causes by place,
    danger signs by place). An answer that is no key of `offers` offers all choices.
    `levels` gives each danger sign its urgency. A question with `levels` must be answered, and its
    answer lapses after a day. `most` is the largest number of choices that count.
    `safety` gives each safety answer its harmless counterpart, another choice of the question.
    `asked_for` is a trait of options: the question is asked before the outcome only while it can
    move one of these. `edition` is that of the answer code in which the question last gained a safety choice.
    """

    id: str
    kind: Literal["one", "several"]
    choices: tuple[str, ...]
    change: Mapping[str, str] = field(default_factory=dict)
    core: bool = False
    asked_for: str = ""
    narrows: bool = True
    most: int | None = None
    by: str | None = None
    offers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    not_sure_is_one_of: bool = False
    levels: Mapping[str, Level] = field(default_factory=dict)
    never_stored: frozenset[str] = frozenset()
    never_comes: frozenset[str] = frozenset()  # no change brings these (a past operation)
    safety: Mapping[str, str] = field(default_factory=dict)
    edition: int = 0

    @property
    def about_danger(self) -> bool:
        """True for the questions about danger signs."""
        return bool(self.levels)

    @cached_property
    def real_choices(self) -> tuple[str, ...]:
        """The choices that say something definite: all but `none` and `not-sure`."""
        return tuple(c for c in self.choices if c not in (NONE, NOT_SURE))

    def changes(self, choice: str) -> str:
        """How an answer with this choice may change: never, later, add, find-out or either."""
        return self.change.get(choice, self.change.get("default", "never"))

    @cached_property
    def becomes(self) -> dict[str, tuple[str, ...]]:
        """For each choice of a question of one choice: those that it may truly give way to."""
        comes = [c for c in self.real_choices if c not in self.never_comes]
        found: dict[str, tuple[str, ...]] = {}
        for place, now in enumerate(self.choices):
            how = self.changes(now)
            after = () if how == "never" else self.choices[place + 1 :]
            before = () if how in ("never", "later") else self.choices[:place]
            found[now] = tuple(c for c in comes if c in before or c in after)
        return found

    @cached_property
    def may_come(self) -> frozenset[str]:
        """The choices that a change may bring."""
        if self.kind == "one":
            return frozenset(c for now in self.real_choices for c in self.becomes[now])
        return frozenset(c for c in self.real_choices if self.changes(c) in ("add", "either"))

    @cached_property
    def may_go(self) -> frozenset[str]:
        """The ticks that a change may take away."""
        if self.kind == "one":
            return frozenset()
        return frozenset(c for c in self.real_choices if self.changes(c) in ("later", "either"))

    def offered(self, answers: Answers) -> tuple[str, ...]:
        """The choices this question offers to someone with these answers, in fixed order."""
        if self.by is None:
            return self.choices
        (parent,) = answers.get(self.by, frozenset()) or (None,)
        return self._rows.get(parent, self.choices)

    @cached_property
    def _rows(self) -> dict[str | None, tuple[str, ...]]:
        """The choices offered for each answer to `by` that limits them, in fixed order."""
        return {
            parent: tuple(c for c in self.choices if c in allowed)
            for parent, allowed in self.offers.items()
        }

    def read(self, chosen: Iterable[str], answers: Answers) -> frozenset[str]:
        """The choices that count of those ticked: choices not offered for `answers` are left out,
        `none` is left out beside another choice, and the first `most` choices are kept. Of ticks
        of an earlier edition only those that say something definite count.
        """
        ticked = set(chosen)
        if not ticked:
            return frozenset()
        if EARLIER in ticked and self.edition:
            kept = [c for c in self.offered(answers) if c in ticked and c in self.real_choices]
            return frozenset((*kept[: self.most], EARLIER)) if kept else frozenset()
        kept = [c for c in self.offered(answers) if c in ticked]
        if self.kind == "one":
            return frozenset(kept[:1])
        if len(kept) > 1 and NONE in kept:
            kept.remove(NONE)
        return frozenset(kept[: self.most])


Questions = Mapping[str, Question]


def effective(questions: Questions, answers: Answers) -> dict[str, frozenset[str]]:
    """The answers that count. A choice that the current place does not offer is left out here;
    `answers` itself keeps it, for when the place changes back.
    """
    kept: dict[str, frozenset[str]] = {}
    for question in questions.values():
        chosen = question.read(answers.get(question.id, frozenset()), kept)
        if chosen:
            kept[question.id] = chosen
    return kept


def set_aside(questions: Questions, answers: Answers) -> dict[str, frozenset[str]]:
    """The choices in `answers` that do not count, because another answer does not offer them."""
    counted = effective(questions, answers)
    left = {
        q: chosen - counted.get(q, frozenset()) - {NONE, EARLIER} for q, chosen in answers.items()
    }
    return {q: chosen for q, chosen in left.items() if chosen}


def answer(questions: Questions, answers: Answers, question: str, chosen: Iterable[str]) -> Answers:
    """A copy of `answers` in which `question` has the choices `chosen`; none chosen: unanswered.

    If the answer changed, answers to danger questions that depend on it are removed: "none of
    these" given for a knee does not hold for a back.
    """
    asked = questions[question]
    new = {q: c for q, c in answers.items() if q != question}
    # All that decides what is offered here is the question that this one rests on.
    deciding = {q: each for q, each in questions.items() if q == asked.by}
    read = asked.read(set(chosen) - {EARLIER}, effective(deciding, answers))
    if read:
        new[question] = read
    if read != answers.get(question, frozenset()):
        for other in questions.values():
            if other.by == question and other.about_danger:
                new.pop(other.id, None)
    return MappingProxyType(new)


def signs(questions: Questions, answers: Answers) -> dict[Level, tuple[str, ...]]:
    """The danger signs ticked, by level, the most urgent level first; levels without any are
    left out.
    """
    ticked = [
        (question.levels.get(sign), sign)
        for question in questions.values()
        if question.about_danger and question.id in answers
        for sign in question.choices
        if sign in question.read(answers[question.id], answers)
    ]
    found = {level: tuple(sign for of, sign in ticked if of == level) for level in LEVELS}
    return {level: signs for level, signs in found.items() if signs}
