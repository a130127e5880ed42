"""The proof for one option: properties 1, 2, 5, 6 and 9, over every class of answers that its rules
tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import compress

from treatment_guide.engine.compiled.bits import each_bit
from treatment_guide.engine.compiled.rules import CompiledOption
from treatment_guide.engine.conditions import ALWAYS
from treatment_guide.engine.groups import group_of, open_in_group
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import GROUPS, Group, Option, Rule
from treatment_guide.engine.narrowing import place
from treatment_guide.engine.outcome import Standing
from treatment_guide.engine.proof.classes import Space
from treatment_guide.engine.proof.findings import Finding, answers_text
from treatment_guide.engine.proof.independent_rules import USED
from treatment_guide.engine.proof.open_questions import Moves


class OptionSpace:
    """The classes of the grouping rules of one option, by number."""

    def __init__(self, guide: Guide, option: Option) -> None:
        self.option = option
        self.bits = guide.compiled.bits
        self.rules = CompiledOption(guide.compiled.compiler, replace(option, caution=(), done=()))
        flags = guide.compiled.compiler.flags
        self.unused = flags(option.fits, False)
        self.first_done = flags(option.first, True)
        self.space = Space(self.bits, (rule.condition for rule in option.grouping))
        self._reach: dict[int, bool] = {}

    @cached_property
    def groups(self) -> list[Group]:
        """The group in every class."""
        return [group_of(self.rules, known) for known in self.space.known]

    def standing(self, number: int) -> Standing:
        """Where the option stands in a class."""
        return place(self.rules, self.space.known[number], self.groups[number])

    def sample_text(self, number: int) -> str:
        """The answers of the sample of a class, for a finding."""
        return answers_text(self.bits.answers(self.space.known[number].chosen))

    def can_fit(self, number: int) -> bool:
        """True when some sure answers to what is open make the option fit."""
        if number not in self._reach:
            self._reach[number] = False  # not by way of itself
            self._reach[number] = self.groups[number] == "fits" or any(
                self.can_fit(then) for _, then in self.space.completions(number)
            )
        return self._reach[number]

    def look(self) -> tuple[list[Finding], set[Rule], bool]:
        """Breaches of properties 1, 2, 6 and 9; the rules that alone decide the group in some
        class; whether the option fits in some class.
        """
        name = self.option.id
        found: list[Finding] = []
        alone: set[Rule] = set()
        vain: dict[int, int] = {}
        moves = Moves(self.space, self.groups)
        for number, known in enumerate(self.space.known):
            group = self.groups[number]
            found += self._reasoned(number)
            found += self._silent(number)
            alone |= set(self.deciding(known))
            if group == "depends" and not self.can_fit(number):
                message = f"depends, and nothing can make it fit: {self.sample_text(number)}"
                found.append(Finding(9, name, message))
            still = open_in_group(self.rules, known, group) & ~known.answered
            if still:
                for mark in each_bit(still & ~moves.possible(number)):
                    vain.setdefault(mark, number)
        for mark, number in vain.items():
            (question,) = self.bits.named(mark)
            found.append(
                Finding(6, name, f"`{question}` is asked in vain: {self.sample_text(number)}")
            )
        return found, alone, "fits" in self.groups

    def _reasoned(self, number: int) -> Iterator[Finding]:
        stands = self.standing(number)
        if stands.group not in GROUPS:
            message = f"{stands.group} is no group: {self.sample_text(number)}"
            yield Finding(1, self.option.id, message)
        if stands.group == "fits" or (stands.group == "depends" and USED in self.option.fits):
            return  # what it depends on may stand in another part
        if not any(reason.questions for reason in stands.reasons):
            message = f"{stands.group} without a reason: {self.sample_text(number)}"
            yield Finding(1, self.option.id, message)

    def _silent(self, number: int) -> Iterator[Finding]:
        """Breaches of property 2: the option fits although a `first` is not known to be done; or
        it is later or less-likely although a sure answer to an open question would bring it into
        `fits` or `depends`.
        """
        group, known = self.groups[number], self.space.known[number]
        if group == "fits":
            done = self.first_done(known.chosen, known.possible)
            for rule, is_done in zip(self.option.first, done, strict=True):
                if not is_done:
                    message = f"fits past `{rule.because}`: {self.sample_text(number)}"
                    yield Finding(2, self.option.id, message)
        if group not in ("later", "less-likely"):
            return
        for question, then in self.space.completions(number):
            if self.groups[then] not in ("later", "less-likely"):
                message = f"{group} although {question.id} is open: {self.sample_text(number)}"
                yield Finding(2, self.option.id, message)
                return

    def deciding(self, known: Known) -> Iterator[Rule]:
        """The rules that alone decide for these answers: without such a rule the option would be in
        another group, or in the same one for another reason.
        """
        option, rules = self.option, self.rules
        here = (known.chosen, known.possible)
        against = list(compress(option.against, rules.against.flags(*here)))
        if len(against) == 1:
            yield from against
        if against:
            return
        usable = [r for r, out in zip(option.fits, self.unused(*here), strict=True) if not out]
        if len(usable) == 1 and any(rules.fits.flags(*here)):
            yield from usable
        if not usable:
            return
        wait = list(compress(option.wait, rules.wait.flags(*here)))
        if len(wait) == 1:
            yield from wait
        if wait:
            return
        first = list(compress(option.first, rules.first.flags(*here)))
        if len(first) == 1:
            yield from first


def held_back(guide: Guide, option: Option) -> Iterator[Finding]:
    """Breaches of property 1 by an option for trials only: its one rule speaks against it always,
    and names a source, since it names no answer.
    """
    if len(option.against) != 1 or option.against[0].condition != ALWAYS:
        yield Finding(1, option.id, "an option for trials only has one `against`, always")
    elif not option.against[0].sources:
        yield Finding(1, option.id, "an option for trials only names a source")
    others = (option.fits, option.first, option.wait, option.caution, option.done)
    for rule in (rule for rules in others for rule in rules):
        yield Finding(5, option.id, f"the rule `{rule.because}` never decides")


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
