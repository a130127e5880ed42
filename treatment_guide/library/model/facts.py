"""Facts (numbers for readers), and the sources that facts and rules cite."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from math import floor

_WORD = re.compile(r"\w{4,}")
_SENTENCE = re.compile(r"\S[^.?!]*[.?!]+|\S[^.?!]+$")


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
    a pair is a range. `sentence` is the whole fact in words, its numbers filled in;
    `sentence_of_hundred` is the same with points as points of 100 (empty: no other).
    `places` are the places in the body that it is about; empty where it holds for all of them.
    `comparator` is what it was compared with (`sham`, `placebo`, …; empty where nobody says), and
    `subject` what it is about where a page tells of several things; empty: of the whole option.
    `scale` is the most that points can be. `short` names what was measured, and when; `difference`
    says the gap to the other side first; both are empty where the words have none.
    `severity` is that of a harm: `death`, `serious`, `lasting` or `passing`. `leads`: it stands in
    the fact table of its option. `knew`: people knew what they got; `knew_said`: `difference` says so. `better` says which points are
    better (`higher`, `lower`), `better_said` that the caveat says so; `smallest_noticed` is the smallest change of points that people
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
    knew_said: bool = False
    better: str = ""
    better_said: bool = False
    smallest_noticed: float | None = None
    smallest_source: str = ""
    gap: float | None = None
    sentence_of_hundred: str = ""

    @property
    def better_words(self) -> str:
        """The key of the words that say which points are better, for two numbers that are drawn;
        empty where nothing is to be said, or the caveat says it.
        """
        told = self.better and self.versus is not None and not self.better_said
        return f"better-{self.better}" if told else ""

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
    def caveat_left(self) -> str:
        """The sentences of the caveat that `difference` does not say already: those with a word of
        four letters or more that is not in it.
        """
        said = {*_WORD.findall(self.difference.lower())}
        sentences = _SENTENCE.findall(self.caveat)
        return " ".join(s for s in sentences if not {*_WORD.findall(s.lower())} <= said)

    @property
    def sides_of_hundred(self) -> tuple[float, float | None] | None:
        """The two sides as they are shown on the scale of 100; None where the fact is a range, or
        no number of people or points. They are whole, unless that would change the gap between
        them: 10.6 and 9.3 are 1.3 apart, 11 and 9 would be 2.
        """
        if not isinstance(self.value, int | float):
            return None
        value = self.of_hundred(self.value)
        if value is None or not (self.versus is None or isinstance(self.versus, int | float)):
            return None
        versus = None if self.versus is None else self.of_hundred(self.versus)
        if versus is None:
            return whole(value), None
        if self._keeps_gap(value, versus):
            return whole(value), whole(versus)
        return round(value, 1), round(versus, 1)

    @property
    def shown_gap(self) -> float | None:
        """The gap between the two sides as it is shown: whole, where both sides are."""
        apart = self.gap_of_hundred
        if apart is None:
            return None
        sides = self.sides_of_hundred
        keeps = sides is not None and all(side == int(side) for side in sides if side is not None)
        return whole(apart) if keeps else round(apart, 1)

    @property
    def noticed_from(self) -> float | None:
        """Where on the scale of 100 people begin to notice a gap to the other side; None where
        nobody has measured it, or where it is off the scale.
        """
        if self.smallest_noticed is None or not isinstance(self.versus, int | float):
            return None
        step = -self.smallest_noticed if self.better == "lower" else self.smallest_noticed
        found = self.of_hundred(self.versus + step)
        return found if found is not None and 0 < found < 100 else None

    def _keeps_gap(self, value: float, versus: float) -> bool:
        apart = self.gap_of_hundred
        if apart is None or (apart and not whole(apart)):
            return False  # a small gap must not become none
        return abs(whole(value) - whole(versus)) == whole(apart)

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


def whole(number: float) -> int:
    """A number rounded to a whole one, halves up: 32.5 is 33."""
    return floor(number + 0.5)
