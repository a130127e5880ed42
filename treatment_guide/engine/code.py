"""The answer code: a set of answers as a short text that can be typed.

Crockford's base 32 in lower case, and one check character over GF(32), so that no single wrong
character and no swap of neighbours passes. The layout is data (`Layout`): fields of fixed width in
blocks that end on a character. Trailing zero characters are dropped. Zero in a field means
unanswered, and every choice has a number that is never given to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as default
from datetime import date
from functools import cached_property

from treatment_guide.engine.answers import EARLIER, Answers, Questions
from treatment_guide.engine.codes.alphabet import ALPHABET, VALUE, check_character

BITS = 5
_READ_AS = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None, "_": None})
#: The two characters of each number below 1,024.
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
#: From our alphabet to the digits that Python reads a number of base 32 in.
_TO_PYTHON = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")

#: The most characters of a code, its check character among them.
LONGEST_CODE = 80

#: The two fields of the day on which the danger signs were answered, with their bits. Zero in
#: either means no day. Codes of the first release have only the lower field, which repeats
#: every 1,023 days, so no day is read from them.
DAY_FIELDS = {"day": 10, "day-high": 4}
_LOW, _HIGH = ((1 << bits) - 1 for bits in DAY_FIELDS.values())

#: The field of the edition: the highest of the editions of the questions answered. A code without
#: such an answer has none, so codes on paper stay as they are.
EDITION = "edition"

#: Fields whose number is no choice.
_NOT_CHOSEN = {*DAY_FIELDS, EDITION}

#: The numbers of clinics: the guide's own, and those that a clinic's own folder gives out. A code
#: with one of the latter works on every site, and names a clinic only where that folder is.
OUR_CLINICS, LOCAL_CLINICS = range(1, 256), range(256, 512)

#: Days are counted from this one.
EPOCH = date(2026, 1, 1)

#: They are stored modulo this number, so they repeat after 42 years.
DAY_SPAN = _LOW * _HIGH


class WrongCode(ValueError):
    """The text is not a code that was ever issued. `why` names the kind of fault."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Field:
    """One field: a question (or `day`, `day-high`, `clinic`, `edition`, `spare`), its width in bits, its
    numbers.

    For a question of one choice the number is the value; for one of several it is the position of
    its bit, 1 being the most significant. The numbers of `clinic` are those of the clinics that the
    guide knows. `retired` numbers decode to no choice, and so do those of `elsewhere`, unless they
    are in `numbers`: other sites give them out.
    """

    name: str
    bits: int
    several: bool = False
    numbers: Mapping[str, int] = default(default_factory=dict)
    retired: frozenset[int] = frozenset()
    now: bool = False  # holds for a day only: left out of codes on paper
    edition: int = 0  # in which its question last gained a safety choice
    elsewhere: range = range(0)

    @property
    def capacity(self) -> int:
        """How many numbers the field has room for."""
        return self.bits if self.several else 2**self.bits - 1

    @cached_property
    def values(self) -> dict[str, int]:
        """What each choice adds to the number of the field: its bit, or the number itself."""
        if not self.several:
            return dict(self.numbers)
        return {choice: 1 << (self.bits - number) for choice, number in self.numbers.items()}

    @cached_property
    def answers(self) -> dict[int, frozenset[str]]:
        """The answer for each number of the field; for a field of several, for each of its bits.
        Retired numbers give no choice.
        """
        known = {value: frozenset((choice,)) for choice, value in self.values.items()}
        retired = {1 << (self.bits - number) if self.several else number for number in self.retired}
        return known | dict.fromkeys(retired, frozenset())


@dataclass(frozen=True)
class Layout:
    """The fields, in blocks; every block fills whole characters."""

    blocks: tuple[tuple[Field, ...], ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field in order."""
        return tuple(field for block in self.blocks for field in block)

    @cached_property
    def places(self) -> tuple[tuple[Field, int, int], ...]:
        """Every field in order, with how far it is shifted in the whole number, and its mask."""
        found, left = [], self.characters * BITS
        for field in self.fields:
            left -= field.bits
            found.append((field, left, (1 << field.bits) - 1))
        return tuple(found)

    @cached_property
    def shifts(self) -> dict[str, tuple[Field, int]]:
        """Every field by its name, with how far it is shifted."""
        return {field.name: (field, shift) for field, shift, _ in self.places}

    @cached_property
    def in_editions(self) -> tuple[Field, ...]:
        """The fields of questions that gained a safety choice."""
        return tuple(field for field in self.fields if field.edition)

    @cached_property
    def characters(self) -> int:
        """How many characters all fields fill, without the check character."""
        return sum(field.bits for field in self.fields) // BITS

    @cached_property
    def now(self) -> frozenset[str]:
        """The questions whose answers hold for a day: left out of codes on paper, and they lapse."""
        return frozenset(field.name for field in self.fields if field.now)


@dataclass(frozen=True)
class Decoded:
    """What a code says: answers, the day its danger signs were answered (as `day_number` gives
    it), the clinic's number.
    """

    answers: Answers
    day: int | None = None
    clinic: int | None = None


def normal_form(text: str) -> str:
    """A typed code in its normal form: lower case, O as 0, I and L as 1, no hyphens or spaces.

    Raises WrongCode for any other character that is not in the alphabet.
    """
    plain = text.strip().lower().translate(_READ_AS)
    if not plain or len(plain) > LONGEST_CODE:
        raise WrongCode("length")
    if not VALUE.keys() >= set(plain):
        raise WrongCode("letters")
    return plain


def encode(
    layout: Layout,
    answers: Answers,
    *,
    day: int | None = None,
    clinic: int | None = None,
    paper: bool = False,
) -> str:
    """The code of these answers. With `paper`, answers that hold for a day (danger signs,
    `since`) are left out. Choices without a number (thoughts of self-harm) are never encoded.
    `day` is a `day_number`, `clinic` a clinic's number.
    """
    numbers = {**_day_numbers(day), "clinic": clinic or 0, EDITION: _edition(layout, answers)}
    shifts, value = layout.shifts, 0
    for name, chosen in answers.items():
        if name in shifts and chosen:
            field, shift = shifts[name]
            if not (paper and field.now):
                value |= _number(field, chosen) << shift
    for name, number in numbers.items():
        if number and name in shifts:
            field, shift = shifts[name]
            if not (paper and field.now):
                value |= number << shift
    body = _characters(value, layout.characters).rstrip("0")
    return body + check_character(body)


def _characters(value: int, count: int) -> str:
    """A number in base 32, as so many characters."""
    pairs = range((count - 2) * BITS, -1, -2 * BITS)
    body = "".join([_PAIRS[value >> shift & 1023] for shift in pairs])
    return body + ALPHABET[value & 31] if count % 2 else body


def _edition(layout: Layout, answers: Answers) -> int:
    """The edition that a code of these answers has: the highest of the questions answered, but
    below that of any question whose ticks are of an earlier one.
    """
    answered = [field for field in layout.in_editions if answers.get(field.name)]
    earlier = [f.edition for f in answered if EARLIER in answers[f.name]]
    below = min(earlier, default=len(ALPHABET))
    return max((f.edition for f in answered if f.edition < below), default=0)


def _number(field: Field, chosen: Iterable[str]) -> int:
    """The number of an answer. A choice that has none counts for nothing."""
    known = field.values
    values = [known[choice] for choice in chosen if choice in known]
    return sum(values) if field.several else values[0] if values else 0


def _day_numbers(day: int | None) -> dict[str, int]:
    """What the two fields of a day hold. Zero is no day, so both parts are kept one higher."""
    if day is None:
        return dict.fromkeys(DAY_FIELDS, 0)
    high, low = divmod(day_number(day), _LOW)
    return {"day": 1 + low, "day-high": 1 + high}


def decode(layout: Layout, questions: Questions, text: str) -> Decoded:
    """What a typed code says. Raises WrongCode for anything that was never issued."""
    plain = normal_form(text)
    body, check = plain[:-1], plain[-1]
    if body.endswith("0"):
        raise WrongCode("form")
    if check_character(body) != check:
        raise WrongCode("check")
    size = layout.characters
    if len(body) > size:
        raise WrongCode("length")
    value = int(body.translate(_TO_PYTHON).ljust(size, "0"), 32)
    answers: dict[str, frozenset[str]] = {}
    other: dict[str, int] = {}
    clinic: int | None = None
    for field, shift, mask in layout.places:
        number = value >> shift & mask
        if not number:
            continue
        if field.name in _NOT_CHOSEN:
            other[field.name] = number
        elif chosen := _chosen(field, number):
            if field.name == "clinic":
                clinic = number
            answers[field.name] = chosen
    edition = other.get(EDITION, 0)
    if edition > max((field.edition for field in layout.in_editions), default=0):
        raise WrongCode("never issued")
    ordered = {q: answers[q] for q in questions if q in answers}
    for field in layout.in_editions:
        if field.name in ordered and field.edition > edition:
            ordered[field.name] |= {EARLIER}
    day = _day(other.get("day", 0), other.get("day-high", 0))
    return Decoded(ordered, day, clinic)


def _day(low: int, high: int) -> int | None:
    """The day that two fields hold; None for no day, and for the lower field alone."""
    if high and not low:
        raise WrongCode("never issued")
    return (high - 1) * _LOW + low - 1 if high else None


def _chosen(field: Field, number: int) -> frozenset[str]:
    """The choices in the number of a field, without retired ones: the number of a clinic that left,
    or of one that another site knows, names no clinic, and its codes still work.

    Raises WrongCode for a choice that was never issued.
    """
    answers = field.answers
    try:
        if number in field.elsewhere and number not in answers:
            return frozenset()
        if not field.several:
            return answers[number]
        found: frozenset[str] = frozenset()
        while number:
            bit = number & -number
            found |= answers[bit]
            number ^= bit
        return found
    except KeyError:
        raise WrongCode("never issued") from None


def days_since_2026(day: date) -> int:
    """How many days a day is after 2026-01-01; below zero before it."""
    return (day - EPOCH).days


def day_number(days_since_2026: int) -> int:
    """The day as a code stores it: days since 2026-01-01 modulo `DAY_SPAN` (42 years)."""
    return days_since_2026 % DAY_SPAN


def still_today(decoded_day: int | None, today: int) -> bool:
    """True when danger signs answered on `decoded_day` still count: that day was today or
    yesterday.

    `today` is the number of days since 2026-01-01.
    """
    if decoded_day is None:
        return False
    return decoded_day in (day_number(today), day_number(today - 1))


def lapsed(layout: Layout, decoded: Decoded, today: int) -> Decoded:
    """What a code says on the day `today` (days since 2026-01-01).

    Answers about today (the fields under `now` in the layout) were given on the day of the code.
    Once neither today nor yesterday is that day, they are left out, and so is the day.
    """
    if still_today(decoded.day, today):
        return decoded
    kept = {q: chosen for q, chosen in decoded.answers.items() if q not in layout.now}
    return replace(decoded, answers=kept, day=None)


def grouped(code: str) -> str:
    """A code as it is printed, in fours: `10m0-04k9`."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
