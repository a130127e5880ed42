"""What the questions that are still open can change."""

from __future__ import annotations

from collections.abc import Callable

from treatment_guide.engine.classes import Sample, Space


class Moves:
    """Which open questions can still change how something stands, worked out class by class.

    `stands` says how it stands for some answers: the group of an option, or whether a rule acts.
    """

    def __init__(self, space: Space, stands: Callable[[Sample], object]) -> None:
        self.space = space
        self.stands = stands
        self._known: dict[tuple[object, ...], frozenset[str]] = {}

    def possible(self, answers: Sample) -> frozenset[str]:
        """The open questions to which some sure answer, now or after others, changes it."""
        key = self.space.key(answers)
        if key not in self._known:
            found: set[str] = set()
            here = self.stands(answers)
            for question in self.space.open_here(answers):
                for then in self.space.settled(answers, question):
                    if self.stands(then) != here:
                        found.add(question)
                    found |= self.possible(then)
            self._known[key] = frozenset(found)
        return self._known[key]
