"""Objects for the pages about the guide: rules, proof, standards, releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class RuleLine:
    """One rule in words for clinicians: its option, kind, condition, reason and sources."""

    subject: str
    kind: str
    when: str
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """What the proof of a release covered: the numbers of all sets of answers, of the classes of
    the grouping rules, and of all classes looked at; the option with the most classes, and their
    number.
    """

    release: str
    on: date
    answer_sets: int
    classes: int
    looked_at: int
    largest: str
    largest_classes: int


@dataclass(frozen=True)
class Score:
    """One criterion of a standard as the scorecard shows it.

    `shown` are addresses of pages; `test` names the test that decides it.
    """

    id: str
    standard: str
    state: str
    words: str
    note: str
    shown: tuple[str, ...]
    test: str
    on: date | None

    @property
    def test_file(self) -> str:
        """The file the test stands in."""
        return self.test.partition("::")[0]

    @property
    def test_words(self) -> str:
        """The name of the test, which is a sentence, as words."""
        return self.test.rpartition("::")[2].removeprefix("test_").replace("_", " ")


@dataclass(frozen=True)
class Conformance:
    """One criterion of WCAG as the accessibility report shows it. `only` is the one version of WCAG
    that asks for it; empty for all.
    """

    number: str
    name: str
    level: str
    state: str
    note: str
    test: str
    on: date | None
    only: str = ""


@dataclass(frozen=True)
class Control:
    """What holds a hazard back: its kind (`answer`, `rule`, `notice`, `property`, `test`, `page`)
    and its id; of a page, its address.
    """

    kind: str
    id: str


@dataclass(frozen=True)
class Hazard:
    """One hazard of the log: what may happen, from what, to whom; its controls; what is left.

    `severity` is the worst that could come of it; `closes` names who could make smaller what is
    left. The words are HTML.
    """

    id: str
    title: str
    cause: str
    who: str
    left: str
    severity: str
    closes: tuple[str, ...]
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class Ground:
    """A ground on which the law forbids to treat people worse, such as age: its name, a note, and
    the answers that tell of it, each as a question and a choice.
    """

    id: str
    name: str
    note: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Record:
    """The hashes of one release: of rules by option, words by page, each fact, what all share, and
    the words of rules by option. `region` is the one it was made in. A record made before one of
    the last two was kept lacks it.
    """

    day: date
    rules: Mapping[str, str]
    words: Mapping[str, str]
    facts: Mapping[str, str]
    shared: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    region: str = ""
