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
    `comparator` is what it was compared with (`sham`, `placebo`, …; empty where nobody says), and
    `subject` what it is about where a page tells of several things; empty: of the whole option.
    `upper` and `versus_upper` are the upper bounds of 95 % of a count of nobody, as counts of the
    same number of people.
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
    comparator: str = ""
    subject: str = ""
    upper: int | None = None
    versus_upper: int | None = None

    @property
    def counted_words(self) -> str:
        """The key of the words that say how many were studied, and of what."""
        return f"fact-{self.counted}"

    @property
    def drawn(self) -> tuple[tuple[str, int], ...]:
        """The icon arrays of this fact: label and count out of 100; empty when it is no such
        count, or counts nobody: a picture with nobody in it would say that it cannot happen.

        The label of a single array may be empty: the sentence says what is counted.
        """
        if self.kind != "of-100" or not isinstance(self.value, int):
            return ()
        if self.value == 0 or self.versus == 0:
            return ()
        rows = [(self.value_label, self.value)]
        if isinstance(self.versus, int):
            rows.append((self.versus_label, self.versus))
        return tuple(rows)

    @property
    def controlled(self) -> bool:
        """True for a number against a fake treatment, which people could not tell apart."""
        return self.comparator in ("sham", "placebo")

    def same_thing(self, other: Fact) -> bool:
        """True when both numbers are about the same thing: places in common, and one subject. A
        number without places or subject is about all of them.
        """
        places = not self.places or not other.places or {*self.places} & {*other.places}
        return bool(places) and (
            self.subject == other.subject or not self.subject or not other.subject
        )

    def overdue(self, on: date) -> bool:
        """True when the check-by day of the number is before the day `on`."""
        return on > self.check_by
