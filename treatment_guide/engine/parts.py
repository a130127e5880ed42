"""The proof for one option or one effect: properties 1, 2, 5, 6 and 9.

An option's rules are looked at in parts that share no question, each over every class of
answers it can tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.classes import Sample, Space
from treatment_guide.engine.conditions import ALWAYS, Truths, questions_in, truth
from treatment_guide.engine.flow import only_about_unsure, open_in_effects
from treatment_guide.engine.model import GROUPS, Group, Guide, Option, Rule
from treatment_guide.engine.narrowing import (
    Standing,
    group_of,
    meanings,
    open_in_group,
    place,
)


@dataclass(frozen=True, order=True)
class Finding:
    """One breach of a property: which, where, and what."""

    property: int
    subject: str
    message: str

    def __str__(self) -> str:
        return f"property {self.property}, {self.subject}: {self.message}"


def said(answers: Answers) -> str:
    """Answers in a finding."""
    rows = (f"{q}: {'/'.join(sorted(chosen))}" for q, chosen in answers.items() if chosen)
    return ", ".join(rows) or "nothing said"


USED = Rule(ALWAYS, "")


def connected(rules: Iterable[Rule], guide_by: dict[str, str | None]) -> list[set[Rule]]:
    """Rules in sets that share no question with each other."""
    sets: list[tuple[set[Rule], set[str]]] = []
    for rule in rules:
        asked = {q for q in questions_in(rule.condition)}
        asked |= {parent for q in asked if (parent := guide_by.get(q))}
        together: set[Rule] = {rule}
        apart = []
        for members, mentioned in sets:
            if mentioned & asked:
                together |= members
                asked |= mentioned
            else:
                apart.append((members, mentioned))
        sets = [*apart, (together, asked)]
    return [members for members, _ in sets]


def independent(option: Option, guide: Guide) -> Iterator[Option]:
    """The option in parts that share no question, each to be looked at with the others out of
    the way.

    That loses nothing. A question is open only while no other part holds the option back, and
    what another part has left unknown can be completed so that it stays out of the way:
    its `against`, `wait` and `fits` false, its `first` true. Where another part may bring the
    `fits`, the part is looked at with and without it.
    """
    by = {q.id: q.by for q in guide.questions.values()}
    parts = connected(option.grouping, by)
    for members in parts:
        part = replace(
            option,
            fits=tuple(r for r in option.fits if r in members),
            first=tuple(r for r in option.first if r in members),
            wait=tuple(r for r in option.wait if r in members),
            against=tuple(r for r in option.against if r in members),
        )
        if part.fits:
            yield part
        if len(part.fits) < len(option.fits):
            yield replace(part, fits=(*part.fits, USED))


class OptionSpace:
    """All situations that the grouping rules of one option tell apart."""

    def __init__(self, guide: Guide, option: Option) -> None:
        self.guide = guide
        self.option = option
        self.space = Space(guide.questions, (rule.condition for rule in option.grouping))
        self._groups: dict[tuple[object, ...], Group] = {}
        self._reach: dict[tuple[object, ...], bool] = {}
        self._moves: dict[tuple[object, ...], frozenset[str]] = {}

    def standing(self, answers: Sample) -> Standing:
        """Where the option stands in the class of these answers."""
        one_of = [self.space.truths(meant) for meant in meanings(self.guide, answers)]
        bare = replace(self.option, caution=(), done=())
        return place(self.guide, bare, self.space.truths(answers), answers.keys(), one_of)

    def group(self, answers: Sample) -> Group:
        """The group in the class of these answers."""
        key = self.space.key(answers)
        if key not in self._groups:
            one_of = [self.space.truths(meant) for meant in meanings(self.guide, answers)]
            self._groups[key] = group_of(self.option, self.space.truths(answers), one_of)
        return self._groups[key]

    def can_fit(self, answers: Sample) -> bool:
        """True when some sure answers to what is open make the option fit."""
        key = self.space.key(answers)
        if key not in self._reach:
            self._reach[key] = False  # a loop would be no way to fit
            self._reach[key] = self.group(answers) == "fits" or any(
                self.can_fit(then)
                for question in self.space.open_here(answers)
                for then in self.space.settled(answers, question)
            )
        return self._reach[key]

    def can_move(self, answers: Sample) -> frozenset[str]:
        """The open questions that some sure answers let change the group."""
        key = self.space.key(answers)
        if key not in self._moves:
            found: set[str] = set()
            here = self.group(answers)
            for question in self.space.open_here(answers):
                for then in self.space.settled(answers, question):
                    if self.group(then) != here:
                        found.add(question)
                    found |= self.can_move(then)
            self._moves[key] = frozenset(found)
        return self._moves[key]

    def look(self) -> tuple[list[Finding], set[Rule], bool]:
        """Breaches of properties 1, 2, 6 and 9; the rules that decide alone somewhere; whether
        the option fits somewhere.
        """
        name = self.option.id
        found: list[Finding] = []
        alone: set[Rule] = set()
        fits = False
        vain: dict[str, Sample] = {}
        for answers, _ in self.space.situations():
            truths = self.space.truths(answers)
            stands = self.standing(answers)
            fits = fits or stands.group == "fits"
            found += self._reasoned(stands, answers)
            found += self._silent(stands, answers)
            alone |= set(deciding(self.option, truths))
            if stands.group == "depends" and not self.can_fit(answers):
                message = f"depends, and nothing can make it fit: {said(answers)}"
                found.append(Finding(9, name, message))
            still = open_in_group(self.option, truths, stands.group)
            for question in {q for q in still if not answers.get(q)} - self.can_move(answers):
                vain.setdefault(question, answers)
        for question, answers in vain.items():
            found.append(Finding(6, name, f"`{question}` is asked in vain: {said(answers)}"))
        return found, alone, fits

    def _reasoned(self, stands: Standing, answers: Sample) -> Iterator[Finding]:
        if stands.group not in GROUPS:
            yield Finding(1, self.option.id, f"{stands.group} is no group: {said(answers)}")
        if stands.group == "fits" or (stands.group == "depends" and USED in self.option.fits):
            return  # what it depends on may stand in another part
        if not any(reason.questions for reason in stands.reasons):
            yield Finding(1, self.option.id, f"{stands.group} without a reason: {said(answers)}")

    def _silent(self, stands: Standing, answers: Sample) -> Iterator[Finding]:
        """Where an open question stands beside later or less-likely, no sure answer to it may
        bring the option back: otherwise the silence moved it.
        """
        if stands.group == "fits":
            missing = [
                r for r in self.option.first if not truth(r.condition, self.space.truths(answers))
            ]
            for rule in missing:
                message = f"fits past `{rule.because}`: {said(answers)}"
                yield Finding(2, self.option.id, message)
        if stands.group not in ("later", "less-likely"):
            return
        for question in self.space.open_here(answers):
            for then in self.space.settled(answers, question):
                if self.group(then) not in ("later", "less-likely"):
                    message = f"{stands.group} although {question} is open: {said(answers)}"
                    yield Finding(2, self.option.id, message)
                    return


def option_findings(option: Option, spaces: Iterable[OptionSpace]) -> Iterator[Finding]:
    """Breaches of properties 1, 2, 5, 6 and 9 by one option, part by part."""
    alone: set[Rule] = set()
    fitting: dict[frozenset[Rule], bool] = {}
    for space in spaces:
        found, decided, fits = space.look()
        yield from found
        alone |= decided
        members = frozenset(space.option.grouping) - {USED}
        fitting[members] = fitting.get(members, False) or fits
    if not all(fitting.values()):
        yield Finding(5, option.id, "no answers can make it fit")
    for rule in option.grouping:
        if rule not in alone:
            yield Finding(5, option.id, f"the rule `{rule.because}` never decides")


def deciding(option: Option, truths: Truths) -> Iterator[Rule]:
    """The rules that decide alone in one situation: without them the option would stand elsewhere,
    or stand there for another reason.
    """
    against = [r for r in option.against if truth(r.condition, truths)]
    if len(against) == 1:
        yield from against
    if against:
        return
    fits = [r for r in option.fits if truth(r.condition, truths) is not False]
    if len(fits) == 1 and truth(fits[0].condition, truths):
        yield from fits
    if not fits:
        return
    wait = [r for r in option.wait if truth(r.condition, truths)]
    if len(wait) == 1:
        yield from wait
    if wait:
        return
    first = [r for r in option.first if truth(r.condition, truths) is False]
    if len(first) == 1:
        yield from first


def effects_of(guide: Guide, option: Option) -> Iterator[Effect]:
    """The cautions and marks of an option, each with the rules that may rule the option out."""
    for rule in option.caution:
        yield Effect(guide, rule, f"{option.id}, caution {rule.because}", option)
    for rule in option.done:
        yield Effect(guide, rule, f"{option.id}, mark {rule.because}")


class Effect:
    """One caution, mark, notice or question to ask, in all situations it tells apart.

    A caution acts only where its option is not less-likely. Of the option's rules only those
    count that share a question with it; the others stay out of the way, as in `independent`.
    """

    def __init__(
        self, guide: Guide, rule: Rule, subject: str, option: Option | None = None
    ) -> None:
        self.rule = rule
        self.subject = subject
        ruling = (*option.fits, *option.against) if option else ()
        by = {q.id: q.by for q in guide.questions.values()}
        (members,) = [s for s in connected([rule, *ruling], by) if rule in s]
        fits = tuple(r for r in option.fits if r in members) if option else ()
        against = tuple(r for r in option.against if r in members) if option else ()
        looks = []
        if fits:
            looks.append(Option("", "", fits, against=against))
        if option is None or len(fits) < len(option.fits):
            looks.append(Option("", "", (*fits, USED), against=against))
        self.spaces = [EffectSpace(guide, rule, look) for look in looks]

    @property
    def size(self) -> int:
        """How many classes are looked at."""
        return sum(space.space.size for space in self.spaces)

    def findings(self) -> Iterator[Finding]:
        """Breaches of properties 5 and 6 by this rule."""
        looks = [space.look() for space in self.spaces]
        if not any(acted for acted, _ in looks):
            yield Finding(5, self.subject, "it can never act")
        for _, vain in looks:
            for question, answers in vain.items():
                message = f"`{question}` is asked in vain: {said(answers)}"
                yield Finding(6, self.subject, message)


class EffectSpace:
    """All situations that one rule, and the rules that may rule its option out, tell apart."""

    def __init__(self, guide: Guide, rule: Rule, option: Option) -> None:
        self.guide = guide
        self.rule = rule
        self.option = option
        conditions = [r.condition for r in option.grouping] + [rule.condition]
        self.space = Space(guide.questions, conditions)
        self._acts: dict[tuple[object, ...], bool] = {}
        self._moves: dict[tuple[object, ...], frozenset[str]] = {}

    def usable(self, answers: Sample) -> bool:
        """True unless the option is less-likely."""
        one_of = [self.space.truths(meant) for meant in meanings(self.guide, answers)]
        return group_of(self.option, self.space.truths(answers), one_of) != "less-likely"

    def fits(self, answers: Sample) -> bool:
        """True where the option fits, everything else being out of the way: only there a caution
        keeps a question open.
        """
        return group_of(self.option, self.space.truths(answers)) == "fits"

    def acts(self, answers: Sample) -> bool:
        """True when the rule acts in the class of these answers."""
        key = self.space.key(answers)
        if key not in self._acts:
            held = truth(self.rule.condition, self.space.truths(answers))
            self._acts[key] = held is True and self.usable(answers)
        return self._acts[key]

    def can_move(self, answers: Sample) -> frozenset[str]:
        """The open questions that some sure answers let change whether the rule acts."""
        key = self.space.key(answers)
        if key not in self._moves:
            found: set[str] = set()
            here = self.acts(answers)
            for question in self.space.open_here(answers):
                for then in self.space.settled(answers, question):
                    if self.acts(then) != here:
                        found.add(question)
                    found |= self.can_move(then)
            self._moves[key] = frozenset(found)
        return self._moves[key]

    def look(self) -> tuple[bool, dict[str, Sample]]:
        """Whether the rule acts somewhere; the questions it keeps open in vain, and where."""
        acted = False
        vain: dict[str, Sample] = {}
        unsure = only_about_unsure(self.rule.condition)
        for answers, _ in self.space.situations():
            acted = acted or self.acts(answers)
            if unsure or not self.fits(answers):
                continue
            still = open_in_effects((self.rule,), self.space.truths(answers))
            for question in {q for q in still if not answers.get(q)} - self.can_move(answers):
                vain.setdefault(question, answers)
        return acted, vain
