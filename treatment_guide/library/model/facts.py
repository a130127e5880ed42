"""Facts (numbers for readers), and the sources that facts and rules cite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Source:
    """One entry of the bibliography."""

    id: str
    kind: str
    name: str
    url: str
    read: str
    read_on: date
    year: int | None = None


@dataclass(frozen=True)
class Fact:
    """One number for readers, with its sentence.

    `value` and `versus` are counts out of 100, 1,000 or 10,000, points, or as the kind says;
    a pair is a range. `sentence` is the whole fact in words, its numbers filled in.
    `places` are the places in the body that it is about; empty where it holds for all of them.
    """

    id: str
    kind: str
    value: int | float | str | tuple[int | float, int | float]
    versus: int | float | str | tuple[int | float, int | float] | None
    after: str
    people: int | None
    sources: tuple[str, ...]
    certainty: str
    checked: date
    check_by: date
    sentence: str
    overdue_sentence: str
    who: str
    value_label: str
    versus_label: str
    caveat: str
    counted: str = "people"
    places: tuple[str, ...] = ()

    @property
    def counted_words(self) -> str:
        """The key of the words that say how many were studied, and of what."""
        return f"fact-{self.counted}"

    @property
    def drawn(self) -> tuple[tuple[str, int], ...]:
        """The icon arrays of this fact: label and count out of 100; empty when it is no such
        count.

        The label of a single array may be empty: the sentence says what is counted.
        """
        if self.kind != "of-100" or not isinstance(self.value, int):
            return ()
        rows = [(self.value_label, self.value)]
        if isinstance(self.versus, int):
            rows.append((self.versus_label, self.versus))
        return tuple(rows)

    def overdue(self, on: date) -> bool:
        """True when the check-by day of the number is before the day `on`."""
        return on > self.check_by
