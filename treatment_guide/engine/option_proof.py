"""The proof for one option: properties 1, 2, 5, 6 and 9, over every class of answers that its rules
tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from treatment_guide.engine.classes import Sample, Space
from treatment_guide.engine.conditions import Truths, truth
from treatment_guide.engine.findings import Finding, said
from treatment_guide.engine.model import GROUPS, Group, Guide, Option, Rule
from treatment_guide.engine.moves import Moves
from treatment_guide.engine.narrowing import Standing, group_of, meanings, open_in_group, place
from treatment_guide.engine.parts import USED


class OptionSpace:
    """All situations that the grouping rules of one option tell apart."""

    def __init__(self, guide: Guide, option: Option) -> None:
        self.guide = guide
        self.option = option
        self.space = Space(guide.questions, (rule.condition for rule in option.grouping))
        self._groups: dict[tuple[object, ...], Group] = {}
        self._reach: dict[tuple[object, ...], bool] = {}
        self.moves = Moves(self.space, self.group)

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
            for question in {q for q in still if not answers.get(q)} - self.moves.possible(answers):
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
