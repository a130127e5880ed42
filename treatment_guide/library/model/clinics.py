"""Clinics that link to the guide, and the meaning of diagnosis codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from treatment_guide.library.model.site import Phone


@dataclass(frozen=True)
class Opening:
    """Days (`monday` …) on which a clinic has the same hours, and those hours as `08:00`."""

    days: tuple[str, ...]
    opens: str
    closes: str


@dataclass(frozen=True)
class Clinic:
    """A clinic that links to the guide. `made_up` is true for the example.

    `offers` are options; `wait` is a span such as `2 to 4 weeks`; `notice` is a paragraph of HTML in
    its own words, empty for none.
    """

    id: str
    number: int
    made_up: bool
    name: str
    phone: Phone
    hours: tuple[Opening, ...]
    out_of_hours: Phone | None
    website: str
    offers: frozenset[str]
    wait: str
    checked: date
    check_by: date
    notice: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """The meaning of a diagnosis code: answers (a place, a cause), or danger.

    Without answers it names no place, and the reader chooses one.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    danger: bool = False
