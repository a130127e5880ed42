"""Where every option stands for one set of answers, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from treatment_guide.engine.answers import (
    NOT_SURE,
    Answers,
    Level,
    effective,
    known,
    signs,
)
from treatment_guide.engine.conditions import AnyOf, Supposing, Truths, settled_by, truth, unsettled
from treatment_guide.engine.model import GROUPS, Group, Guide, Option, Rule


@dataclass(frozen=True)
class Reason:
    """Why an option stands where it stands.

    `fits`, `against`, `wait`, `first`: a rule acted; `because` names its words and
    `questions` the answers that made it act.
    `nowhere`: it is not used for what `questions` say.
    `open`: an answer to one of `questions` could still settle it;
    `because` names the prerequisite that is not known, if it is one.
    """

    kind: Literal["fits", "against", "nowhere", "wait", "first", "open"]
    because: str | None
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Caution:
    """A warning that travels with an option: the words' id and the answers that raised it."""

    because: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """One option for one set of answers."""

    option: str
    group: Group
    reasons: tuple[Reason, ...]
    cautions: tuple[Caution, ...]
    done: bool


@dataclass(frozen=True)
class Urgent:
    """A danger sign comes before everything: there are no options here, by its very shape."""

    level: Level
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """Every option in fixed order, and the notices and questions to ask that apply."""

    standings: tuple[Standing, ...]
    notices: tuple[Caution, ...]
    asks: tuple[Caution, ...]

    def group(self, group: Group) -> tuple[Standing, ...]:
        """The options of one group, in fixed order."""
        return tuple(s for s in self.standings if s.group == group)

    @property
    def counts(self) -> dict[Group, int]:
        """How many options stand in each group."""
        return {group: len(self.group(group)) for group in GROUPS}


def group_of(option: Option, truths: Truths, one_of: Sequence[Truths] = ()) -> Group:
    """The group of an option, by the first line that holds.

    1. an `against` is true, or every `fits` is false: less-likely
    2. a `wait` is true: later
    3. a `first` is false: later
    4. a `fits` is true and every `first` is true: fits
    5. otherwise: depends

    `one_of` holds what would be known for each thing an unsure answer may mean
    ("not sure which cause"): less-likely for all of them is less-likely.
    """
    fits = [truth(rule.condition, truths) for rule in option.fits]
    if any(truth(rule.condition, truths) for rule in option.against):
        return "less-likely"
    if all(value is False for value in fits):
        return "less-likely"
    if one_of and all(group_of(option, each) == "less-likely" for each in one_of):
        return "less-likely"
    if any(truth(rule.condition, truths) for rule in option.wait):
        return "later"
    first = [truth(rule.condition, truths) for rule in option.first]
    if False in first:
        return "later"
    if True in fits and all(first):
        return "fits"
    return "depends"


def open_in_group(option: Option, truths: Truths, group: Group) -> frozenset[str]:
    """The questions that could still change the group of an option.

    Nothing once it is less-likely. No `fits` once one fits. No `wait` or `first` once it is later,
    unless an `against` could still speak: an option only ever gets firmer.
    """
    if group == "less-likely":
        return frozenset()
    live: list[Rule] = list(option.against)
    if not any(truth(rule.condition, truths) for rule in option.fits):
        live += option.fits
    if group != "later":
        live += option.wait
    found = [unsettled(rule.condition, truths) for rule in live]
    if group != "later":
        found += open_first(option, truths).values()
    return frozenset().union(*found)


def open_first(option: Option, truths: Truths) -> dict[Rule, frozenset[str]]:
    """What comes first and is not known, each with the questions that could settle it.

    Asked only for the ways in which the option could still fit: somebody for whom only a weak
    nerve could bring surgery advice need not say what exercise they did, if a weak nerve
    is itself enough.
    """
    ways = [r.condition for r in option.fits if truth(r.condition, truths) is not False]
    found = {}
    for rule in option.first:
        if truth(rule.condition, truths) is None:
            still = (unsettled(rule.condition, Supposing(truths, way)) for way in ways)
            questions: frozenset[str] = frozenset().union(*still)
            if questions:
                found[rule] = questions
    return found


@dataclass(frozen=True)
class Namer:
    """Names the answers behind a reason, in the order they are asked.

    Where an unanswered question decided, the answer that decided it is named instead: the place
    for a cause that is not offered there, the cause for a place that it rules out.
    """

    guide: Guide
    answered: Collection[str]

    def __call__(self, questions: Iterable[str]) -> tuple[str, ...]:
        """The answered questions to name for these deciding ones."""
        found: set[str] = set()
        every = self.guide.questions
        for question in questions:
            if question in self.answered:
                found.add(question)
                continue
            near = {every[question].by}
            near |= {q.id for q in every.values() if q.by == question and not q.about_danger}
            found |= {q for q in near if q is not None and q in self.answered}
        if not found:  # "not sure which": ruled out for each thing it may mean, by the place
            unsure = [q for q in every.values() if q.not_sure_is_one_of and q.id in self.answered]
            found = {q.by if q.by in self.answered else q.id for q in unsure if q.by}
        return self.in_order(found)

    def in_order(self, questions: Iterable[str]) -> tuple[str, ...]:
        """Questions in the order they are asked."""
        return in_order(questions, tuple(self.guide.questions))


def acting(rules: Iterable[Rule], truths: Truths, name: Namer) -> tuple[Caution, ...]:
    """The rules that are true, each with the answers that made it so; none for one that always is.

    To name the place of a reader for such a rule would be a false reason.
    """
    found = []
    for rule in rules:
        if truth(rule.condition, truths):
            deciding = settled_by(rule.condition, truths)
            found.append(Caution(rule.because, name(deciding) if deciding else ()))
    return tuple(found)


def in_order(questions: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    """Questions in the order they are asked."""
    chosen = set(questions)
    return tuple(q for q in order if q in chosen)


def _reasons(option: Option, group: Group, truths: Truths, name: Namer) -> tuple[Reason, ...]:
    if group == "less-likely":
        against = acting(option.against, truths, name)
        if against:
            return tuple(Reason("against", a.because, a.questions) for a in against)
        nowhere = settled_by(AnyOf(tuple(r.condition for r in option.fits)), truths)
        return (Reason("nowhere", option.nowhere, name(nowhere)),)
    if group == "later":
        waiting = acting(option.wait, truths, name)
        missing = [r for r in option.first if truth(r.condition, truths) is False]
        return tuple(Reason("wait", w.because, w.questions) for w in waiting) + tuple(
            Reason("first", r.because, name(settled_by(r.condition, truths))) for r in missing
        )
    if group == "fits":
        fitting = acting(option.fits, truths, name)
        return tuple(Reason("fits", f.because, f.questions) for f in fitting)
    return _open_reasons(option, truths, name)


def _open_reasons(option: Option, truths: Truths, name: Namer) -> tuple[Reason, ...]:
    found = [
        Reason("open", rule.because, name.in_order(questions))
        for rule, questions in open_first(option, truths).items()
    ]
    if not any(truth(rule.condition, truths) for rule in option.fits):
        still = [unsettled(rule.condition, truths) for rule in option.fits]
        found.insert(0, Reason("open", None, name.in_order(frozenset().union(*still))))
    return tuple(found)


def place(
    guide: Guide,
    option: Option,
    truths: Truths,
    answered: Collection[str],
    one_of: Sequence[Truths] = (),
) -> Standing:
    """The standing of one option, from what is known about the atoms of its rules.

    `answered` holds the questions with an answer: where an unanswered one decides (a cause that
    is not offered there), the reason names the question that rules it out (the place).
    """
    name = Namer(guide, answered)
    group = group_of(option, truths, one_of)
    return Standing(
        option.id,
        group,
        _reasons(option, group, truths, name),
        acting(option.caution, truths, name) if group != "less-likely" else (),
        any(truth(rule.condition, truths) for rule in option.done),
    )


def meanings(guide: Guide, answers: Answers) -> list[dict[str, frozenset[str]]]:
    """What an unsure answer may mean, where it means "one of the choices offered here":
    these answers with each of those choices in turn; empty when nobody is unsure.
    """
    return [
        {**answers, question.id: frozenset((choice,))}
        for question in guide.questions.values()
        if question.not_sure_is_one_of and NOT_SURE in answers.get(question.id, frozenset())
        for choice in question.offered(answers)
        if choice in question.real_choices
    ]


def groups(guide: Guide, answers: Answers) -> dict[str, Group]:
    """The group of every option, in fixed order, as `narrow` places it, without the reasons."""
    counted = effective(guide.questions, answers)
    truths = known(guide.questions, counted)
    one_of = [known(guide.questions, meant) for meant in meanings(guide, counted)]
    return {name: group_of(option, truths, one_of) for name, option in guide.options.items()}


def narrow(guide: Guide, answers: Answers) -> Urgent | Outcome:
    """The outcome for these answers, or `Urgent` when a danger sign has to be seen to first."""
    counted = effective(guide.questions, answers)
    for level, ticked in signs(guide.questions, counted).items():
        if level != "days":
            return Urgent(level, ticked)
    truths = known(guide.questions, counted)
    name = Namer(guide, counted)
    one_of = [known(guide.questions, meant) for meant in meanings(guide, counted)]
    return Outcome(
        tuple(place(guide, option, truths, counted, one_of) for option in guide.options.values()),
        acting(guide.notices, truths, name),
        acting(guide.asks, truths, name),
    )
