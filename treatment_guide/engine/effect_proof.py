"""The proof for one caution, mark, notice or question to ask: properties 5 and 6."""

from __future__ import annotations

from collections.abc import Iterator

from treatment_guide.engine.classes import Sample, Space
from treatment_guide.engine.conditions import truth
from treatment_guide.engine.findings import Finding, said
from treatment_guide.engine.flow import only_about_unsure, open_in_effects
from treatment_guide.engine.model import Guide, Option, Rule
from treatment_guide.engine.moves import Moves
from treatment_guide.engine.narrowing import group_of, meanings
from treatment_guide.engine.parts import USED, connected


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
        self.moves = Moves(self.space, self.acts)

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
            for question in {q for q in still if not answers.get(q)} - self.moves.possible(answers):
                vain.setdefault(question, answers)
        return acted, vain


def effects_of(guide: Guide, option: Option) -> Iterator[Effect]:
    """The cautions and marks of an option, each with the rules that may rule the option out."""
    for rule in option.caution:
        yield Effect(guide, rule, f"{option.id}, caution {rule.because}", option)
    for rule in option.done:
        yield Effect(guide, rule, f"{option.id}, mark {rule.because}")
