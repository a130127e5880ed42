"""The shapes of the proof, the standards and the releases."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from treatment_guide.library.schema.shape import Shape
from treatment_guide.library.schema.values import Day, Id, Ids, Whole

#: The form of the name of a test: its file, and the function.
TEST = r"^tests/[\w/]+\.py::test_\w+$"


class ProofShape(Shape):
    """`guide/proof.yaml`, written by `manage.py audit --record`: what the released proof covered."""

    release: str
    proved_on: Day = Field(alias="on")
    answer_sets: Whole = Field(alias="answer-sets")
    classes: Whole
    looked_at: Whole = Field(alias="looked-at")
    largest: Id
    largest_classes: Whole = Field(alias="largest-classes")


class ScoreShape(Shape):
    """One criterion of a published standard, and how the guide stands to it.

    `met`: the test named in `test` decides it. `signed`: an editor judged it on the day `on`.
    `reviewed`: it is met once clinicians have signed every part, as the signatures say.
    `not-met`: not met yet. `people`: it needs patients or clinicians.
    `not-asked`: the standard asks it of another kind of guide.
    """

    standard: Id
    state: Literal["met", "signed", "reviewed", "not-met", "people", "not-asked"]
    shown: list[str] = []
    test: str | None = Field(default=None, pattern=TEST)
    on: Day | None = None

    @model_validator(mode="after")
    def _backed(self) -> ScoreShape:
        if self.state == "met" and not self.test:
            raise ValueError("`met` needs the `test` that decides it.")
        if self.state == "signed" and not (self.on and self.shown):
            raise ValueError("`signed` needs the day (`on`) and the pages that show it (`shown`).")
        return self


class ConformanceShape(Shape):
    """One criterion of WCAG, and how we know that the guide meets it. `only`: the one version of WCAG
    that asks for it.
    """

    level: Literal["A", "AA"]
    state: Literal["supports", "partly", "does-not", "not-applicable", "not-evaluated"]
    only: Literal["2.1", "2.2"] | None = None
    test: str | None = None
    on: Day | None = None

    @model_validator(mode="after")
    def _backed(self) -> ConformanceShape:
        if self.state in ("supports", "partly", "does-not") and not (self.test or self.on):
            raise ValueError("Say how we know: the `test` that decides it, or the day (`on`).")
        return self


class HazardShape(Shape):
    """One hazard of the log, and what controls it.

    `severity`: the worst that could come of it, as of a harm in a fact. `closes`: who could make
    smaller what is left. The controls: safety answers as `health.blood-thinners`, rules by the id
    of their reason, notices, properties of the audit by number, tests, pages as `option:prp`.
    """

    severity: Literal["death", "serious", "lasting", "passing"]
    closes: list[Literal["clinician", "readers", "clinic", "makers"]] = Field(min_length=1)
    answers: list[str] = []
    rules: Ids = []
    notices: Ids = []
    properties: list[Whole] = []
    tests: list[Annotated[str, Field(pattern=TEST)]] = []
    pages: list[str] = []

    @model_validator(mode="after")
    def _controlled(self) -> HazardShape:
        if not (self.answers or self.rules or self.notices or self.properties or self.tests):
            raise ValueError(
                "Name a control that can fail: `answers`, `rules`, `notices`, `properties` or "
                "`tests`. A page alone tells of a danger and holds nothing back."
            )
        return self


class GroundShape(Shape):
    """A ground on which the law forbids to treat people worse: `answers` that tell of it."""

    answers: list[str] = []


class ReleaseShape(Shape):
    """`guide/releases/<release>.yaml`: what a release said, hashed."""

    release: str = Field(pattern=r"^\d{4}\.\d+$")
    day: Day
    rules: dict[Id, str]
    words: dict[str, str]
    facts: dict[Id, str]
    shared: dict[Id, str]
    reasons: dict[Id, str] = {}
    region: str = ""
