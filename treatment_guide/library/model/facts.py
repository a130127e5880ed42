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
    `scale` is the most that points can be. `short` names what was measured, and when; `difference`
    says the gap to the other side first; both are empty where the words have none.
    `severity` is that of a harm: `death`, `serious`, `lasting` or `passing`. `leads`: it stands in
    the fact table of its option. `knew`: people knew what they got. `better` says which points are
    better (`higher`, `lower`); `smallest_noticed` is the smallest change of points that people
    notice, by the source `smallest_source`. `gap` is the study's own difference, where it is not
    that of `value` and `versus`.
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
    scale: int | None = None
    short: str = ""
    difference: str = ""
    severity: str = ""
    leads: bool = False
    knew: bool = False
    better: str = ""
    smallest_noticed: float | None = None
    smallest_source: str = ""
    gap: float | None = None

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

    def of_hundred(self, number: float) -> float | None:
        """A number of this fact on the one scale of comparisons: people of 100 or points of 100.
        None for a duration, a count or a cost.
        """
        if self.kind.startswith("of-"):
            return number * 100 / int(self.kind.removeprefix("of-"))
        return number * 100 / self.scale if self.kind == "points" and self.scale else None

    @property
    def gap_of_hundred(self) -> float | None:
        """How far the two sides are apart on the scale of 100, never below zero; None without two
        single numbers of people or points.
        """
        apart = self.gap
        if apart is None and isinstance(self.value, int | float):
            apart = self.value - self.versus if isinstance(self.versus, int | float) else None
        return None if apart is None else self.of_hundred(abs(apart))

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
