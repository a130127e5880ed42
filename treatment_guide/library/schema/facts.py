"""The shapes of facts (numbers for readers) and of sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from treatment_guide.library.in_words.spans import SPAN
from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import (
    Certainty,
    ChoiceId,
    Day,
    Id,
    Ids,
    Number,
    Pair,
    Span,
    Whole,
    number,
    one_or_more,
    wrong_day,
)


class SourceShape(Shape):
    """One entry of the bibliography."""

    kind: Literal[
        "guideline",
        "review",
        "trial",
        "cohort",
        "survey",
        "safety-notice",
        "leaflet",
        "policy",
        "law",
        "web-page",
        "news",
    ]
    name: str = Field(min_length=5)
    year: Whole | None = None
    url: str = Field(pattern=r"^https?://\S+$")
    read: Literal["primary", "secondary"]
    read_on: Day = Field(alias="read-on")


#: What a number was compared with. `sham` (a fake procedure) and `placebo` (a dummy pill or
#: injection) are controlled against the wish to get better; the others are open or uncontrolled.
Comparator = Literal[
    "sham", "placebo", "other-care", "no-treatment", "before", "other-people", "none"
]
#: The confidence of the upper bound of a zero count.
CONFIDENCE = 0.95


def zero_bound(people: int, of: int) -> int:
    """How many of `of` people could still have an event that none of `people` had: the upper end
    of a one-sided 95 % interval, rounded, at least 1. For many people it is 3 / n, the rule of
    three (Hanley and Lippman-Hand, JAMA 1983).
    """
    none: float = (1 - CONFIDENCE) ** (1 / people)
    return max(1, round(of * (1 - none)))


def _true(value: Any) -> Any:
    if value not in ("true", True):
        raise ValueError("Write `true`, or leave the field out.")
    return True


#: A mark that a record bears or does not: `true`, or the field is left out.
Mark = Annotated[Literal[True] | None, BeforeValidator(_true)]


class SmallestNoticed(Shape):
    """The smallest change on a scale that people notice, and the source that says so."""

    points: Number
    source: Id


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [number(v) for v in value]
    if isinstance(value, str) and SPAN.match(value):
        return value
    return number(value)


class FactShape(Shape):
    """One number for readers."""

    kind: Literal["of-100", "of-1000", "of-10000", "points", "duration", "count", "cost"]
    value: Annotated[int | float | str | list[int | float], BeforeValidator(_value)]
    versus: Annotated[int | float | list[int | float] | None, BeforeValidator(_value)] = None
    after: Span | None = None
    people: Whole | None = None
    versus_people: Whole | None = Field(default=None, alias="versus-people")
    upper: Whole | None = None
    versus_upper: Whole | None = Field(default=None, alias="versus-upper")
    comparator: Comparator | None = None
    subject: Id | None = None
    severity: Literal["death", "serious", "lasting", "passing"] | None = None
    leads: Mark = None
    knew: Mark = None
    better: Literal["higher", "lower"] | None = None
    smallest_noticed: SmallestNoticed | None = Field(default=None, alias="smallest-noticed")
    gap: Number | None = None
    counted: Id | None = None
    range: Pair | None = None
    scale: Whole | None = None
    unit: Id | None = None
    currency: Literal["usd", "gbp"] | None = None
    places: Annotated[list[ChoiceId], BeforeValidator(one_or_more)] = []
    source: Ids = Field(min_length=1)
    certainty: Certainty
    checked: Day
    check_by: Day = Field(alias="check-by")

    @property
    def compares(self) -> bool:
        """True for people or points on two sides."""
        return self.versus is not None and (self.kind.startswith("of-") or self.kind == "points")

    @property
    def _sides(self) -> list[int | float]:
        """The numbers of both sides; for a value in words (`6 weeks`) none."""
        given = [self.value, [] if self.versus is None else self.versus]
        return [n for each in given if not isinstance(each, str) for n in _as_list(each)]

    @model_validator(mode="after")
    def _complete(self) -> FactShape:
        faults = []
        counted = self.kind.startswith("of-")
        if (counted or self.kind == "points") and self.after is None:
            faults.append("Say `after`: no number without its time (or `not-given`).")
        if self.kind == "points" and self.scale is None:
            faults.append("Points need their `scale`.")
        elif self.kind == "points" and self.scale and any(abs(n) > self.scale for n in self._sides):
            faults.append(f"No number of points is beyond the `scale`, which ends at {self.scale}.")
        if self.kind == "count" and self.unit is None:
            faults.append("A count needs its `unit`.")
        if self.kind == "cost" and self.currency is None:
            faults.append("A cost needs its `currency`.")
        if (self.kind == "duration") != isinstance(self.value, str):
            faults.append("A duration has a value like `6 weeks`; the other kinds have numbers.")
        numbers: list[Any] = self.value if isinstance(self.value, list) else [self.value]
        if counted:
            top = int(self.kind.removeprefix("of-"))
            both = [*numbers, *([] if self.versus is None else _as_list(self.versus))]
            if any(not isinstance(n, int) or not 0 <= n <= top for n in both):
                faults.append(f"Give whole numbers from 0 to {top}.")
        if isinstance(self.value, list) and (len(numbers) != 2 or numbers[0] >= numbers[1]):
            faults.append("Two values are a range: the lower first.")
        if self.kind != "points" and (self.better or self.smallest_noticed):
            faults.append("`better` and `smallest-noticed` are for points alone.")
        if self.gap is not None and (not self.compares or isinstance(self.value, list)):
            faults.append("`gap` is for two numbers of people or points: `value` and `versus`.")
        faults += [*_zero_faults(self)]
        if wrong := wrong_day(self.checked, self.check_by):
            faults.append(wrong)
        if faults:
            raise ValueError(" ".join(faults))
        return self


def group_sizes(shape: FactShape) -> tuple[int | None, int | None]:
    """How many were studied on the side of `value`, and on the side of `versus`; None where the
    record does not say.
    """
    first, second = shape.people, shape.versus_people
    if shape.versus is not None:
        first = first - second if first is not None and second is not None else None
    return first, second


def _zero_faults(shape: FactShape) -> Iterator[str]:
    """What a count of nobody lacks: the size of its group, and its upper bound."""
    sizes = group_sizes(shape)
    for side, count, people, upper in (
        ("", shape.value, sizes[0], shape.upper),
        ("versus-", shape.versus, sizes[1], shape.versus_upper),
    ):
        if not shape.kind.startswith("of-") or count != 0:
            if upper is not None:
                yield f"`{side}upper` is for a count of 0 alone."
            continue
        of = int(shape.kind.removeprefix("of-"))
        if not people or people < 0:
            sized = "`people` and `versus-people`" if shape.versus is not None else "`people`"
            yield f"None of how many? A count of 0 needs {sized}."
        elif upper != (bound := zero_bound(people, of)):
            yield (
                f"None of {people} leaves up to {bound} of {of} possible (the upper bound of 95 %): "
                f"write `{side}upper: {bound}`."
            )


def _as_list(value: float | list[int | float]) -> list[int | float]:
    return value if isinstance(value, list) else [value]
