"""One reader: the answers, and all that is computed from them, each once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from treatment_guide.engine.answers import Answers, Level, signs
from treatment_guide.engine.groups import all_groups
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import Group


class Reader:
    """The answers of one reader, for one request.

    `chosen` are the choices of their answers, as far as these count, as bits. `open_questions` is
    what `flow.open_questions` found, by the groups that it was asked for: a page asks repeatedly.
    """

    def __init__(self, guide: Guide, answers: Answers) -> None:
        self.guide = guide
        self.rules = guide.compiled
        self.chosen = self.rules.bits.chosen(answers)
        self.open_questions: dict[tuple[Group, ...], tuple[str, ...]] = {}

    @cached_property
    def known(self) -> Known:
        """What these answers let us know."""
        return Known(self.rules.bits, self.chosen)

    @cached_property
    def answers(self) -> Answers:
        """The answers that count."""
        return self.rules.bits.answers(self.chosen)

    def has_answered(self, question: str) -> bool:
        """True where a question has an answer, `not-sure` being one. Ticks made in an earlier edition
        of the question are no answer.
        """
        asked = self.rules.bits.by_id[question]
        return bool(self.chosen & asked.mask) and not self.chosen & asked.earlier

    @cached_property
    def signs(self) -> dict[Level, tuple[str, ...]]:
        """The danger signs ticked, by level, the most urgent level first."""
        if not self.chosen & self.rules.bits.signs:
            return {}
        return signs(self.guide.questions, self.answers)

    @property
    def urgent(self) -> bool:
        """True where a ticked danger sign is an emergency or for today."""
        return bool(self.signs.keys() - {"days"})

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """The group of every option, in fixed order."""
        return all_groups(self.rules, self.known)
