"""What the questions that are still open can change."""

from __future__ import annotations

from collections.abc import Sequence

from treatment_guide.engine.proof.classes import Space


class Moves:
    """Which open questions can still change a value, class by class.

    `stands` holds the value in every class: the group of an option, or whether a rule acts.
    """

    def __init__(self, space: Space, stands: Sequence[object]) -> None:
        self.space = space
        self.stands = stands
        self._known: dict[int, int] = {}

    def possible(self, number: int) -> int:
        """The open questions (marks) of a class to which a sure answer, now or after sure answers
        to others, changes the value.
        """
        if number not in self._known:
            found = 0
            here = self.stands[number]
            for question, then in self.space.completions(number):
                if self.stands[then] != here:
                    found |= question.mark
                found |= self.possible(then)
            self._known[number] = found
        return self._known[number]
