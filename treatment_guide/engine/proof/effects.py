"""The proof for one caution, mark, notice or question to ask: properties 5 and 6."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.compiled.bits import each_bit
from treatment_guide.engine.compiled.rules import CompiledOption
from treatment_guide.engine.groups import group_of
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Group, Option, Rule
from treatment_guide.engine.proof.classes import Space
from treatment_guide.engine.proof.findings import Finding, answers_text
from treatment_guide.engine.proof.independent_rules import USED, connected
from treatment_guide.engine.proof.open_questions import Moves


class Effect:
    """One caution, `done` mark, notice or question to ask, over all its classes.

    A caution acts only where its option is not less-likely. Of the option's rules only those count
    that share a question with it; see `independent`.
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
            looks.append(Option("", "", fits, against=against, caution=(rule,)))
        if option is None or len(fits) < len(option.fits):
            looks.append(Option("", "", (*fits, USED), against=against, caution=(rule,)))
        self.spaces = [EffectSpace(guide, look) for look in looks]

    @property
    def size(self) -> int:
        """How many classes are looked at."""
        return sum(space.space.size for space in self.spaces)

    def findings(self) -> Iterator[Finding]:
        """Breaches of properties 5 and 6 by this rule."""
        if not any(True in space.acts for space in self.spaces):
            yield Finding(5, self.subject, "it can never act")
        for space in self.spaces:
            for question, answers in space.vain():
                message = f"`{question}` is asked in vain: {answers_text(answers)}"
                yield Finding(6, self.subject, message)


class EffectSpace:
    """The classes of one rule together with the rules that may make its option less-likely, by
    number. The rule is the only caution of the option.
    """

    def __init__(self, guide: Guide, option: Option) -> None:
        self.bits = guide.compiled.bits
        compiler = guide.compiled.compiler
        self.rules = CompiledOption(compiler, option)
        conditions = [rule.condition for rule in (*option.grouping, *option.caution)]
        self.space = Space(self.bits, conditions)

    @cached_property
    def groups(self) -> list[Group]:
        """The group of the option in every class."""
        return [group_of(self.rules, known) for known in self.space.known]

    @cached_property
    def acts(self) -> list[bool]:
        """Whether the rule acts in every class: not where its option is less-likely."""
        return [
            group != "less-likely" and any(self.rules.caution.flags(known.chosen, known.possible))
            for group, known in zip(self.groups, self.space.known, strict=True)
        ]

    def vain(self) -> Iterator[tuple[str, Answers]]:
        """The questions that the rule keeps open although no answer can change whether it acts,
        each with a sample. A caution keeps a question open only where its option fits.
        """
        found: dict[int, int] = {}
        moves = Moves(self.space, self.acts)
        for number, known in enumerate(self.space.known):
            if self.groups[number] != "fits":
                continue
            still = self.rules.open_caution(known.chosen, known.possible) & ~known.answered
            if still:
                for mark in each_bit(still & ~moves.possible(number)):
                    found.setdefault(mark, known.chosen)
        for mark, chosen in found.items():
            (question,) = self.bits.named(mark)
            yield question, self.bits.answers(chosen)


def effects_of(guide: Guide, option: Option) -> Iterator[Effect]:
    """The cautions and marks of an option, each with the rules that may rule the option out."""
    for rule in option.caution:
        yield Effect(guide, rule, f"{option.id}, caution {rule.because}", option)
    for rule in option.done:
        yield Effect(guide, rule, f"{option.id}, mark {rule.because}")
