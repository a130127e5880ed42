"""Proves the nine properties of the guide over every possible set of answers, and no sample.

Each property has a function that returns findings: empty means it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from treatment_guide.engine.answers import LEVELS, NONE, Answers, Question
from treatment_guide.engine.classes import Sample, Space, TooManyClasses, all_answers, how_many
from treatment_guide.engine.code import Layout, WrongCode, decode, encode
from treatment_guide.engine.conditions import ALWAYS, truth
from treatment_guide.engine.flow import OUTCOME, gate, next_page, only_about_unsure, open_in_effects
from treatment_guide.engine.model import GROUPS, Guide, Option, Rule
from treatment_guide.engine.narrowing import (
    Group,
    Outcome,
    Standing,
    Urgent,
    group_of,
    meanings,
    narrow,
    open_in_group,
    place,
)

PROPERTIES = {
    1: "every option stands in one group, and has a reason that names an answer or a question",
    2: "silence and not-sure move nothing to later or less-likely, nor past what comes first",
    3: "a danger sign leads to help, and no code skips the danger signs",
    4: "the floor is always there to talk about",
    5: "every option can fit; every rule, notice and choice can occur and decide",
    6: "a question is asked only while an answer to it can change something",
    7: "the order of options and choices never changes",
    8: "answers to code to answers is the identity, but for the danger signs on paper",
    9: "every option that depends can still come to fit",
}


@dataclass(frozen=True, order=True)
class Finding:
    """One breach of a property: which, where, and what."""

    property: int
    subject: str
    message: str

    def __str__(self) -> str:
        return f"property {self.property}, {self.subject}: {self.message}"


@dataclass(frozen=True)
class Report:
    """What an audit found, and how much it looked at.

    `situations` is the number of all sets of answers; `classes` the number of classes that
    decide every option's group; `looked_at` every class of every part that was examined.
    """

    findings: tuple[Finding, ...]
    situations: int
    classes: int
    looked_at: int
    largest: tuple[str, int]

    def of(self, number: int) -> tuple[Finding, ...]:
        """The findings about one property."""
        return tuple(f for f in self.findings if f.property == number)


def audit(guide: Guide, layout: Layout) -> Report:
    """The report over all answers."""
    findings: list[Finding] = []
    sizes: dict[str, int] = {}
    looked_at = 0
    for option in guide.options.values():
        try:
            space = OptionSpace(guide, option)
            sizes[option.id] = space.space.size
        except TooManyClasses as error:
            findings.append(Finding(5, option.id, str(error)))
            continue
        findings += space.findings()
        looked_at += space.space.size
        for effect in effects_of(guide, option):
            findings += effect.findings()
            looked_at += effect.space.size
    for kind, rules in (("notice", guide.notices), ("ask", guide.asks)):
        for rule in rules:
            effect = EffectSpace(guide, rule, f"{kind} {rule.because}")
            findings += effect.findings()
            looked_at += effect.space.size
    findings += danger_signs_come_first(guide, layout)
    findings += floor_holds(guide)
    findings += choices_can_occur(guide)
    findings += order_holds(guide)
    findings += codes_hold(guide, layout)
    return Report(
        tuple(sorted(set(findings))),
        how_many(guide.questions),
        sum(sizes.values()),
        looked_at,
        max(sizes.items(), key=lambda pair: pair[1], default=("", 0)),
    )


def said(answers: Answers) -> str:
    """Answers in a finding."""
    rows = (f"{q}: {'/'.join(sorted(chosen))}" for q, chosen in answers.items() if chosen)
    return ", ".join(rows) or "nothing said"


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

    def findings(self) -> Iterator[Finding]:
        """Breaches of properties 1, 2, 5, 6 and 9 by this option."""
        name = self.option.id
        alone: set[Rule] = set()
        fits = False
        vain: dict[str, Sample] = {}
        for answers, _ in self.space.situations():
            stands = self.standing(answers)
            fits = fits or stands.group == "fits"
            yield from self._reasoned(stands, answers)
            yield from self._silent(stands, answers)
            alone |= set(deciding(self.option, self.space.truths(answers)))
            if stands.group == "depends" and not self.can_fit(answers):
                yield Finding(9, name, f"depends, and nothing can make it fit: {said(answers)}")
            still = open_in_group(self.option, self.space.truths(answers), stands.group)
            asked = {q for q in still if not answers.get(q)}
            for question in asked - self.can_move(answers):
                vain.setdefault(question, answers)
        for question, answers in sorted(vain.items()):
            message = f"`{question}` is asked in vain: {said(answers)}"
            yield Finding(6, name, message)
        if not fits:
            yield Finding(5, name, "no answers can make it fit")
        for rule in self.option.grouping:
            if rule not in alone:
                yield Finding(5, name, f"the rule `{rule.because}` never decides")

    def _reasoned(self, stands: Standing, answers: Sample) -> Iterator[Finding]:
        if stands.group not in GROUPS:
            yield Finding(1, self.option.id, f"{stands.group} is no group: {said(answers)}")
        if stands.group == "fits":
            return
        if not any(reason.questions for reason in stands.reasons):
            yield Finding(1, self.option.id, f"{stands.group} without a reason: {said(answers)}")

    def _silent(self, stands: Standing, answers: Sample) -> Iterator[Finding]:
        """Where an open question stands beside later or less-likely, no sure answer to it may
        bring the option back: otherwise the silence moved it.
        """
        if stands.group == "fits":
            missing = [r for r in self.option.first if not truth(r.condition, self.space.truths(answers))]
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


def deciding(option: Option, truths: dict) -> Iterator[Rule]:  # type: ignore[type-arg]
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


def effects_of(guide: Guide, option: Option) -> Iterator[EffectSpace]:
    """The cautions and marks of an option, each with the rules that may rule the option out."""
    for rule in option.caution:
        yield EffectSpace(guide, rule, f"{option.id}, caution {rule.because}", option)
    for rule in option.done:
        yield EffectSpace(guide, rule, f"{option.id}, mark {rule.because}")


class EffectSpace:
    """All situations that one caution, mark, notice or question to ask tells apart.

    A caution acts only where its option is not less-likely.
    """

    def __init__(
        self, guide: Guide, rule: Rule, subject: str, option: Option | None = None
    ) -> None:
        self.guide = guide
        self.rule = rule
        self.subject = subject
        always = Rule(ALWAYS, "")
        self.option = (
            Option("", "", option.fits, against=option.against)
            if option
            else Option("", "", (always,))
        )
        conditions = [r.condition for r in self.option.grouping] + [rule.condition]
        self.space = Space(guide.questions, conditions)
        self._moves: dict[tuple[object, ...], frozenset[str]] = {}

    def usable(self, answers: Sample) -> bool:
        """True unless the option is less-likely."""
        one_of = [self.space.truths(meant) for meant in meanings(self.guide, answers)]
        return group_of(self.option, self.space.truths(answers), one_of) != "less-likely"

    def acts(self, answers: Sample) -> bool:
        """True when the rule acts in the class of these answers."""
        held = truth(self.rule.condition, self.space.truths(answers))
        return held is True and self.usable(answers)

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

    def findings(self) -> Iterator[Finding]:
        """Breaches of properties 5 and 6 by this rule."""
        acted = False
        vain: dict[str, Sample] = {}
        for answers, _ in self.space.situations():
            acted = acted or self.acts(answers)
            if only_about_unsure(self.rule.condition) or not self.usable(answers):
                continue
            still = open_in_effects((self.rule,), self.space.truths(answers))
            for question in {q for q in still if not answers.get(q)} - self.can_move(answers):
                vain.setdefault(question, answers)
        if not acted:
            yield Finding(5, self.subject, "it can never act")
        for question, answers in sorted(vain.items()):
            message = f"`{question}` is asked in vain: {said(answers)}"
            yield Finding(6, self.subject, message)


def danger_signs_come_first(guide: Guide, layout: Layout) -> Iterator[Finding]:
    """Property 3: every way to tick danger signs, at every place; every page; every paper code."""
    if not guide.danger:
        yield Finding(3, "danger signs", "no question asks for danger signs")
    for question in guide.danger:
        for answers, chosen in ticked_everywhere(guide, question):
            urgent = {question.levels.get(sign) for sign in chosen} & set(LEVELS[:2])
            found = narrow(guide, answers)
            if bool(urgent) != isinstance(found, Urgent):
                yield Finding(3, question.id, f"wrong way for {said(answers)}")
            elif isinstance(found, Urgent) and hasattr(found, "standings"):
                yield Finding(3, question.id, "options stand beside a danger sign")
            back = decode(layout, guide.questions, encode(layout, answers, day=1, paper=True))
            if any(q.id in back.answers for q in guide.danger) or back.day is not None:
                yield Finding(3, question.id, f"a paper code carries danger signs: {said(answers)}")
        order = list(guide.questions)
        for page in [*order[order.index(question.id) + 1 :], OUTCOME]:
            others = {q.id: frozenset((NONE,)) for q in guide.danger if q is not question}
            if gate(guide, others, page) != question.id:
                yield Finding(3, question.id, f"the page {page} does not ask for it first")


def ticked_everywhere(
    guide: Guide, question: Question
) -> Iterator[tuple[Sample, frozenset[str]]]:
    """Every answer to a danger question, for every answer that decides what it offers."""
    parents: Iterable[Sample] = ({},)
    if question.by:
        asked = guide.questions[question.by]
        everything = frozenset(asked.choices)
        parents = (
            {asked.id: chosen} if chosen else {}
            for chosen, _ in all_answers(asked, everything, everything)
        )
    for given in parents:
        offered = frozenset(question.offered(given))
        for chosen, _ in all_answers(question, offered, offered):
            yield ({**given, question.id: chosen} if chosen else dict(given)), chosen


def floor_holds(guide: Guide) -> Iterator[Finding]:
    """Property 4, by one option: never later, never less-likely."""
    space = OptionSpace(guide, guide.options[guide.floor])
    for answers, _ in space.space.situations():
        group = space.group(answers)
        if group in ("later", "less-likely"):
            yield Finding(4, guide.floor, f"{group}: {said(answers)}")


def choices_can_occur(guide: Guide) -> Iterator[Finding]:
    """Property 5 for choices: each is offered to somebody."""
    for question in guide.questions.values():
        if question.by is None:
            continue
        asked = guide.questions[question.by]
        offered: set[str] = set()
        for choice in asked.choices:
            if choice in question.offers:
                offered |= set(question.offered({asked.id: frozenset((choice,))}))
        for choice in question.choices:
            if choice not in offered:
                message = f"the choice `{choice}` is offered at no {question.by}"
                yield Finding(5, question.id, message)


def order_holds(guide: Guide) -> Iterator[Finding]:
    """Property 7: the outcome lists every option, in the guide's order, for every single choice
    and every pair of choices; choices are offered in the question's order at every place.
    """
    order = tuple(guide.options)
    every = [(q.id, choice) for q in guide.questions.values() for choice in q.choices]
    for pair in [*(((one),) for one in every), *combinations(every, 2)]:
        answers = {question: frozenset((choice,)) for question, choice in pair}
        found = narrow(guide, answers)
        if isinstance(found, Outcome) and tuple(s.option for s in found.standings) != order:
            yield Finding(7, "options", f"another order for {said(answers)}")
    for question in guide.questions.values():
        for place_answer in question.offers:
            offered = question.offered({str(question.by): frozenset((place_answer,))})
            kept = [c for c in question.choices if c in offered]
            if list(offered) != kept:
                yield Finding(7, question.id, f"another order at {place_answer}")


def codes_hold(guide: Guide, layout: Layout) -> Iterator[Finding]:
    """Property 8: every value of every field, alone, comes back; fields do not touch each other.

    Together these make the identity on all answers, since a code is its fields side by side.
    """
    for field in layout.fields:
        if field.name not in guide.questions:
            continue
        question = guide.questions[field.name]
        everything = frozenset(question.choices) - question.never_stored
        for chosen, _ in all_answers(question, everything, everything):
            answers = {field.name: chosen} if chosen else {}
            try:
                back = decode(layout, guide.questions, encode(layout, answers)).answers
            except WrongCode as error:
                yield Finding(8, field.name, f"{said(answers)} gives a wrong code ({error.why})")
                continue
            if dict(back) != answers:
                yield Finding(8, field.name, f"{said(answers)} comes back as {said(back)}")
    named = [field.name for field in layout.fields if field.name != "spare"]
    for name in sorted({n for n in named if named.count(n) > 1}):
        yield Finding(8, name, "two fields have this name")
    for question in guide.questions.values():
        if question.id not in named:
            yield Finding(8, question.id, "no field holds its answers")
    full = {
        field.name: frozenset(list(field.numbers)[:1])
        for field in layout.fields
        if field.name in guide.questions
    }
    if decode(layout, guide.questions, encode(layout, full, day=9, clinic=3)).answers != full:
        yield Finding(8, "code", "fields touch each other")


def flow_ends(guide: Guide) -> bool:
    """True when following Continue without answering anything ends at the outcome's gate."""
    page = next(iter(guide.questions))
    for _ in range(len(guide.questions) + 1):
        page = next_page(guide, {}, page)
        if page == OUTCOME or guide.questions[page].about_danger:
            return True
    return False
