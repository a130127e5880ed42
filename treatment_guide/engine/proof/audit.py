"""Proves the twelve properties of the guide (docs/proof.md) over all possible sets of answers.

Nothing is sampled. Each property has a function that yields findings; none: the property holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from treatment_guide.engine.answers import LEVELS, NONE, Answers, Question
from treatment_guide.engine.code import BITS, DAY_FIELDS, Layout, WrongCode, decode, encode
from treatment_guide.engine.conditions import ALWAYS
from treatment_guide.engine.flow import OUTCOME, gate
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome, Urgent
from treatment_guide.engine.proof.classes import TooManyClasses
from treatment_guide.engine.proof.counting import all_answers, how_many
from treatment_guide.engine.proof.effects import Effect, effects_of
from treatment_guide.engine.proof.findings import Finding, answers_text
from treatment_guide.engine.proof.independent_rules import independent
from treatment_guide.engine.proof.options import OptionSpace, held_back, option_findings
from treatment_guide.engine.proof.safety_matrix import decisions_hold, never_nearer
from treatment_guide.engine.proof.values import values_neutral
from treatment_guide.engine.reader import Reader

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
    10: "for every safety answer and every option, a rule reacts or it is written that none has to",
    11: "a safety answer never brings an option nearer than its harmless counterpart would",
    12: "what matters to a reader never changes a group, a count or the order of options",
}


@dataclass(frozen=True)
class Report:
    """The findings of an audit, and how much it looked at.

    `answer_sets` is the number of all possible sets of answers; `classes` the number of classes
    of the grouping rules of all options; `looked_at` the number of all classes examined.
    """

    findings: tuple[Finding, ...]
    answer_sets: int
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
        if option.trials_only:
            findings += held_back(guide, option)
            continue
        try:
            spaces = [OptionSpace(guide, part) for part in independent(option, guide)]
            sizes[option.id] = sum(space.space.size for space in spaces)
            effects = list(effects_of(guide, option))
            looked_at += sizes[option.id] + sum(effect.size for effect in effects)
        except TooManyClasses as error:
            findings.append(Finding(5, option.id, str(error)))
            continue
        findings += option_findings(option, spaces)
        findings += never_nearer(guide, option, spaces)
        findings += values_neutral(option, spaces)
        for effect in effects:
            findings += effect.findings()
    for kind, rules in (("notice", guide.notices), ("ask", guide.asks)):
        for rule in rules:
            effect = Effect(guide, rule, f"{kind} {rule.because}")
            try:
                looked_at += effect.size
                findings += effect.findings()
            except TooManyClasses as error:
                findings.append(Finding(5, effect.subject, str(error)))
    findings += decisions_hold(guide)
    findings += floor_holds(guide)
    findings += choices_can_occur(guide)
    findings += order_holds(guide)
    unfit = list(fields_hold(layout))
    if unfit:  # no code can be made with this layout
        findings += unfit
    else:
        findings += danger_signs_come_first(guide, layout)
        findings += codes_hold(guide, layout)
    return Report(
        tuple(sorted(set(findings))),
        how_many(guide.questions),
        sum(sizes.values()),
        looked_at,
        max(sizes.items(), key=lambda pair: pair[1], default=("", 0)),
    )


def danger_signs_come_first(guide: Guide, layout: Layout) -> Iterator[Finding]:
    """Property 3, for every set of danger signs at every place, on every page, in paper codes."""
    if not guide.danger:
        yield Finding(3, "danger signs", "no question asks for danger signs")
    about_today = {*DAY_FIELDS, *(question.id for question in guide.danger)}
    printed = [each.name for each in layout.fields if each.name in about_today and not each.now]
    for name in printed:
        yield Finding(3, name, "it is about today, and stands in codes on paper")
    before = {q.by for q in guide.danger}
    order = list(guide.questions)
    for name in order[: max((order.index(q.id) for q in guide.danger), default=0)]:
        if not guide.questions[name].about_danger and name not in before:
            yield Finding(3, name, "it is asked before the danger signs")
    for question in guide.danger:
        for answers, chosen in ticked_everywhere(guide, question):
            urgent = {question.levels.get(sign) for sign in chosen} & set(LEVELS[:2])
            found = narrow(Reader(guide, answers))
            if bool(urgent) != isinstance(found, Urgent):
                yield Finding(3, question.id, f"wrong way for {answers_text(answers)}")
            elif isinstance(found, Urgent) and hasattr(found, "standings"):
                yield Finding(3, question.id, "options stand beside a danger sign")
            if printed:
                continue
            back = decode(layout, guide.questions, encode(layout, answers, day=1, paper=True))
            if any(q.id in back.answers for q in guide.danger) or back.day is not None:
                yield Finding(
                    3, question.id, f"a paper code carries danger signs: {answers_text(answers)}"
                )
        order = list(guide.questions)
        for page in [*order[order.index(question.id) + 1 :], OUTCOME]:
            others = {q.id: frozenset((NONE,)) for q in guide.danger if q is not question}
            if gate(Reader(guide, others), page) != question.id:
                yield Finding(3, question.id, f"the page {page} does not ask for it first")


def ticked_everywhere(guide: Guide, question: Question) -> Iterator[tuple[Answers, frozenset[str]]]:
    """Every answer to a danger question, for every answer to its parent; with the signs ticked."""
    parents: Iterable[Answers] = ({},)
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
    """Property 4: the option `floor` is never `later` or `less-likely`."""
    floor = guide.options[guide.floor]
    if any(rule.condition == ALWAYS for rule in floor.fits) and not (
        floor.against or floor.wait or floor.first
    ):
        return
    for part in independent(floor, guide):
        space = OptionSpace(guide, part)
        for number, group in enumerate(space.groups):
            if group in ("later", "less-likely"):
                yield Finding(4, guide.floor, f"{group}: {space.sample_text(number)}")


def choices_can_occur(guide: Guide) -> Iterator[Finding]:
    """Property 5 for choices: each is offered for some set of answers."""
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
    """Property 7: an outcome lists the options in their fixed order. Checked for every single
    choice, since the order does not depend on answers. Choices keep the question's order too.
    """
    order = tuple(guide.options)
    every = [(q.id, choice) for q in guide.questions.values() for choice in q.choices]
    for question_id, choice in every:
        answers = {question_id: frozenset((choice,))}
        found = narrow(Reader(guide, answers))
        if isinstance(found, Outcome) and tuple(s.option for s in found.standings) != order:
            yield Finding(7, "options", f"another order for {answers_text(answers)}")
    for question in guide.questions.values():
        for place_answer in question.offers:
            offered = question.offered({str(question.by): frozenset((place_answer,))})
            kept = [c for c in question.choices if c in offered]
            if list(offered) != kept:
                yield Finding(7, question.id, f"another order at {place_answer}")


def fields_hold(layout: Layout) -> Iterator[Finding]:
    """Property 8, checked before any code is made: every number fits its field, and every block
    fills whole characters.
    """
    for block in layout.blocks:
        if sum(field.bits for field in block) % BITS:
            yield Finding(8, block[0].name, "its block does not fill whole characters")
        for field in block:
            for choice, number in field.numbers.items():
                if not 1 <= number <= field.capacity:
                    message = f"the number {number} of `{choice}` does not fit its field"
                    yield Finding(8, field.name, message)
    for name, bits in DAY_FIELDS.items():
        if [field.bits for field in layout.fields if field.name == name] != [bits]:
            yield Finding(8, name, f"the layout needs this field once, with {bits} bits")


def codes_hold(guide: Guide, layout: Layout) -> Iterator[Finding]:
    """Property 8: every value of every field is decoded as it was encoded, and no field changes
    another one. A code is its fields side by side, so this proves it for all answers.
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
                yield Finding(
                    8, field.name, f"{answers_text(answers)} gives a wrong code ({error.why})"
                )
                continue
            if dict(back) != answers:
                yield Finding(
                    8, field.name, f"{answers_text(answers)} comes back as {answers_text(back)}"
                )
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
    clinics = [
        n for field in layout.fields if field.name == "clinic" for n in field.numbers.values()
    ]
    code = encode(layout, full, day=9, clinic=max(clinics, default=None))
    if decode(layout, guide.questions, code).answers != full:
        yield Finding(8, "code", "fields touch each other")
