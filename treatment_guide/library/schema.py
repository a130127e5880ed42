"""The shape of every YAML file in `content/guide`, and how it becomes engine objects.

pydantic reports every fault of a file at once, each with its path.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from treatment_guide.engine.conditions import ALWAYS, AllOf, Among, AnyOf, Condition, Not
from treatment_guide.library.problems import Problems
from treatment_guide.library.reading import Document

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_BOOLEAN = {"yes", "no", "on", "off", "true", "false", "y", "n", "null", "~"}


def _choice(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in _BOOLEAN:
        raise ValueError("An id is never a bare yes, no, on or off. Give it a word that says more.")
    return value


ChoiceId = Annotated[Id, BeforeValidator(_choice)]


def _whole(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"-?\d+", value):
        return int(value)
    raise ValueError("Give a whole number.")


def _number(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value) if "." in value else int(value)
    raise ValueError("Give a number.")


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("Give a date like 2026-11-22.") from None


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[int | float, BeforeValidator(_number)]
Day = Annotated[date, BeforeValidator(_day)]
Ids = Annotated[list[Id], BeforeValidator(_listed)]
ChoiceIds = Annotated[list[ChoiceId], BeforeValidator(_listed), Field(min_length=1)]


class Shape(BaseModel):
    """A part of a file: unknown keys are faults."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


Certainty = Literal["high", "moderate", "low", "very-low"]


class RuleShape(Shape):
    """One rule: `if` (acts when true) or `need` (acts when not), its words, its sources."""

    when: Any = Field(default=None, alias="if")
    need: Any = None
    because: Id
    source: Ids = Field(min_length=1)


class OptionShape(Shape):
    """`guide/options/<option>.yaml`."""

    step: Id
    certainty: Certainty
    tags: list[Id] = []
    use: list[Id] = []
    nowhere: Id | None = None
    fits: list[RuleShape] = Field(min_length=1)
    first: list[RuleShape] = []
    wait: list[RuleShape] = []
    against: list[RuleShape] = []
    caution: list[RuleShape] = []
    done: list[RuleShape] = []
    related: list[str] = []


class SituationShape(Shape):
    """`guide/situations/<situation>.yaml`: the answers people come with, the main ones first."""

    answers: list[dict[Id, ChoiceId]] = Field(min_length=1)
    words: list[Id] = []
    related: list[str] = []


class ScoreShape(Shape):
    """One criterion of a published standard, and how the guide stands to it.

    `met`: a test decides it, named in `test`. `signed`: an editor judged it on the day `on`.
    `not-met`: it is not so yet. `people`: it needs patients or clinicians.
    `not-asked`: the standard asks it of another kind of guide.
    """

    standard: Id
    state: Literal["met", "signed", "not-met", "people", "not-asked"]
    shown: list[str] = []
    test: str | None = Field(default=None, pattern=r"^tests/[\w/]+\.py::test_\w+$")
    on: Day | None = None

    @model_validator(mode="after")
    def _backed(self) -> ScoreShape:
        if self.state == "met" and not self.test:
            raise ValueError("`met` needs the `test` that decides it.")
        if self.state == "signed" and not (self.on and self.shown):
            raise ValueError("`signed` needs the day (`on`) and the pages that show it (`shown`).")
        return self


class ProofShape(Shape):
    """`guide/proof.yaml`, written by `manage.py audit --record`: what the released proof covered."""

    release: str
    proved_on: Day = Field(alias="on")
    situations: Annotated[int, BeforeValidator(_whole)]
    classes: Whole
    looked_at: Whole = Field(alias="looked-at")
    largest: Id
    largest_classes: Whole = Field(alias="largest-classes")


class ConformanceShape(Shape):
    """One criterion of WCAG, and how we know that the guide meets it."""

    level: Literal["A", "AA"]
    state: Literal["supports", "partly", "not-applicable", "not-evaluated"]
    test: str | None = None
    on: Day | None = None

    @model_validator(mode="after")
    def _backed(self) -> ConformanceShape:
        if self.state in ("supports", "partly") and not (self.test or self.on):
            raise ValueError("Say how we know: the `test` that decides it, or the day (`on`).")
        return self


class PictureShape(Shape):
    """Where a picture stands: a page (`option:prp`) and one of its parts."""

    page: str
    part: Id


class SharedRuleShape(RuleShape):
    """A rule of `guide/shared-rules.yaml`, used by options under its name."""

    kind: Literal["first", "wait", "against", "caution"]


class QuestionShape(Shape):
    """`guide/questions/<question>.yaml`."""

    kind: Literal["one", "several"]
    choices: list[ChoiceId] = Field(min_length=2)
    change: dict[str, Literal["never", "later", "add", "find-out", "either"]]
    most: Whole | None = None
    by: Id | None = None
    offers: dict[ChoiceId, list[ChoiceId]] = {}
    everywhere: list[ChoiceId] = []
    not_sure_means: Literal["one-of-these"] | None = Field(default=None, alias="not-sure-means")
    levels: dict[ChoiceId, Literal["emergency", "today", "days"]] = {}
    never_stored: list[ChoiceId] = Field(default=[], alias="never-stored")
    never_comes: list[ChoiceId] = Field(default=[], alias="never-comes")

    @field_validator("choices")
    @classmethod
    def _once(cls, choices: list[str]) -> list[str]:
        if len(set(choices)) != len(choices):
            raise ValueError("A choice stands twice.")
        return choices

    @field_validator("change")
    @classmethod
    def _with_default(cls, change: dict[str, str]) -> dict[str, str]:
        if "default" not in change:
            raise ValueError("`change` needs a `default`.")
        return change

    @model_validator(mode="after")
    def _choices_agree(self) -> QuestionShape:
        known = set(self.choices)
        named = {c for row in self.offers.values() for c in row} | set(self.everywhere)
        named |= (
            set(self.levels)
            | set(self.never_stored)
            | set(self.never_comes)
            | (set(self.change) - {"default"})
        )
        unknown = sorted(named - known)
        if unknown:
            raise ValueError(f"Not a choice of this question: {', '.join(unknown)}.")
        if self.offers and self.by is None:
            raise ValueError("`offers` needs `by`: the question that decides what is offered.")
        return self


class FlowShape(Shape):
    """`guide/flow.yaml`: the order of everything that has one."""

    core: list[Id] = Field(min_length=1)
    sharpen: list[Id]
    weigh: list[Id]
    floor: Id
    steps: dict[Id, list[Id]]
    topics: list[Id]
    about: list[Id]
    clinics: list[Id] = []
    situations: dict[ChoiceId, list[Id]] = {}
    words: dict[Id, str] = {}
    compare: list[Id] = []
    matters_first: dict[ChoiceId, Id] = Field(default={}, alias="matters-first")


class FieldShape(Shape):
    """One field of the answer code."""

    field: Id
    bits: Whole


class NumbersShape(Shape):
    """`guide/numbers.yaml`: the permanent numbers of the answer code. Add-only."""

    blocks: list[list[FieldShape]]
    now: list[Id]
    numbers: dict[Id, dict[ChoiceId, Whole]]
    retired: dict[Id, list[Whole]] = {}


class EffectShape(Shape):
    """A notice or a question to ask: a rule whose words carry its own id."""

    when: Any = Field(alias="if")
    source: Ids = Field(min_length=1)
    look_again: Id | None = Field(default=None, alias="look-again")


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
        "web-page",
        "news",
    ]
    name: str = Field(min_length=5)
    year: Whole | None = None
    url: str = Field(pattern=r"^https?://\S+$")
    read: Literal["primary", "secondary"]
    read_on: Day = Field(alias="read-on")


SPAN = re.compile(r"^(\d+)(?: to (\d+))? (minute|hour|day|week|month|year)s?$")


def _span(value: Any) -> Any:
    if value == "not-given":
        return value
    if isinstance(value, str) and SPAN.match(value):
        return value
    raise ValueError("Give a time like `3 months` or `2 to 4 weeks`.")


Span = Annotated[str, BeforeValidator(_span)]
Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_number(v) for v in value]
    if isinstance(value, str) and SPAN.match(value):
        return value
    return _number(value)


class FactShape(Shape):
    """One number for readers."""

    kind: Literal["of-100", "of-1000", "of-10000", "points", "duration", "count", "cost"]
    value: Annotated[int | float | str | list[int | float], BeforeValidator(_value)]
    versus: Annotated[int | float | list[int | float] | None, BeforeValidator(_value)] = None
    after: Span | None = None
    people: Whole | None = None
    range: Pair | None = None
    scale: Whole | None = None
    unit: Id | None = None
    currency: Literal["usd", "gbp"] | None = None
    source: Ids = Field(min_length=1)
    certainty: Certainty
    checked: Day
    check_by: Day = Field(alias="check-by")

    @model_validator(mode="after")
    def _complete(self) -> FactShape:
        faults = []
        counted = self.kind.startswith("of-")
        if (counted or self.kind == "points") and self.after is None:
            faults.append("Say `after`: no number without its time (or `not-given`).")
        if self.kind == "points" and self.scale is None:
            faults.append("Points need their `scale`.")
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
        if self.check_by <= self.checked:
            faults.append("`check-by` comes after `checked`.")
        if faults:
            raise ValueError(" ".join(faults))
        return self


def _as_list(value: float | list[int | float]) -> list[int | float]:
    return value if isinstance(value, list) else [value]


class SiteShape(Shape):
    """`guide/site.yaml`."""

    origin: str = Field(pattern=r"^https://[a-z0-9.-]+$")
    language: str
    region: Id
    release: str = Field(pattern=r"^\d{4}\.\d+$")
    name: str | None = Field(default=None, min_length=3, max_length=40)
    publisher: str | None = Field(default=None, min_length=3, max_length=80)
    contact: str | None = Field(
        default=None, pattern=r"^(https://[^\s/]+\.\S+|mailto:[^@\s]+@[^@\s]+\.[^@\s]+)$"
    )


class ReleaseShape(Shape):
    """`guide/releases/<release>.yaml`: what a release said, hashed."""

    release: str = Field(pattern=r"^\d{4}\.\d+$")
    day: Day
    rules: dict[Id, str]
    words: dict[str, str]
    facts: dict[Id, str]
    shared: dict[Id, str]


class RegionShape(Shape):
    """`guide/regions/<region>.yaml`: whom to call."""

    phones: dict[Id, str]
    source: Ids = Field(min_length=1)


AnyShape = TypeVar("AnyShape", bound=BaseModel)


def validated(
    shape: type[AnyShape],
    document: Document,
    data: Any,
    problems: Problems,
    where: tuple[str | int, ...] = (),
) -> AnyShape | None:
    """The data in this shape, or None; every fault is noted with its line and field."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        for fault in error.errors():
            path = (*where, *fault["loc"])
            field = ".".join(str(part) for part in path if not str(part).startswith("function-"))
            problems.add(document.file, document.line(path), field, _plain_words(fault))
        return None


def _plain_words(fault: Any) -> str:
    kind = fault["type"]
    if kind == "missing":
        return "This is needed and is not there."
    if kind == "extra_forbidden":
        return "This key is not known here. Is it misspelled?"
    if kind == "string_pattern_mismatch":
        return f"`{fault['input']}` is not of the right form."
    return str(fault["msg"]).removeprefix("Value error, ")


def condition(data: Any, where: str, faults: list[str]) -> Condition:
    """The condition written in a rule. What cannot be read is added to `faults`.

    `{place: [knee], cause: [arthritis]}` means both; `any: [..]` and `not: {..}` as they say;
    `always` is always true.
    """
    if data == "always":
        return ALWAYS
    if not isinstance(data, dict) or not data:
        faults.append("A condition is `always`, or questions with lists of choices.")
        return ALWAYS
    parts: list[Condition] = []
    for key, value in data.items():
        if key == "any":
            if not isinstance(value, list) or len(value) < 2:
                faults.append("`any` needs a list of two or more conditions.")
                continue
            parts.append(AnyOf(tuple(condition(each, where, faults) for each in value)))
        elif key == "not":
            parts.append(Not(condition(value, where, faults)))
        else:
            choices = [value] if isinstance(value, str) else value
            if not isinstance(choices, list) or not all(isinstance(c, str) for c in choices):
                faults.append(f"`{key}` needs a list of choices.")
                continue
            parts.append(Among(key, frozenset(choices)))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
