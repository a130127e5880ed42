"""What follows from one set of answers: `chosen`, `possible` and `answered` as integers."""

from __future__ import annotations

from collections.abc import Iterator

from treatment_guide.engine.compiled.bits import Bits, QuestionBits


class Known:
    """`chosen` and `possible` (choices) and `answered` (questions), as bits (`compiled/bits.py`).

    `possible` and `answered` follow from `chosen`; `possible` may be given if it is computed
    already.
    """

    __slots__ = ("_answered", "_meant", "_more", "bits", "chosen", "possible", "unsure_which")

    def __init__(self, bits: Bits, chosen: int, possible: int | None = None) -> None:
        self.bits = bits
        self.chosen = chosen
        self.possible = bits.possible(chosen) if possible is None else possible
        self._answered: int | None = None
        #: True for an unsure answer that means "one of the choices offered here".
        self.unsure_which = bool(chosen & bits.unsure_which)
        self._meant: list[tuple[int, int]] = []
        self._more: Iterator[tuple[int, int]] | None = None

    @property
    def answered(self) -> int:
        """The questions with an answer, `not-sure` being one."""
        if self._answered is None:
            self._answered = self.bits.answered(self.chosen)
        return self._answered

    def one_of(self) -> Iterator[tuple[int, int]]:
        """`chosen` and `possible` for each choice that an unsure answer may mean. Computed lazily,
        and once.
        """
        yield from self._meant
        if self._more is None:
            self._more = self.bits.meanings(self.chosen, self.possible)
        for each in self._more:
            self._meant.append(each)
            yield each

    def answering(self, question: QuestionBits, own: int) -> Known:
        """The same with another answer `own` (bits) to a question."""
        if not question.children:
            return Known(self.bits, *self.bits.replaced(self.chosen, self.possible, question, own))
        chosen = self.chosen & ~question.mask | own
        return Known(self.bits, self.bits.reread(chosen, question))
