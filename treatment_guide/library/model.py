"""What the content becomes: immutable objects that views read from memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from treatment_guide.engine.code import Layout
from treatment_guide.engine.model import Guide
from treatment_guide.library.blocks import Block


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
    """One number for readers, with the words that carry it.

    `value` and `versus` are counts out of 100, 1,000 or 10,000, points, or as the kind says;
    a pair is a range. `sentence` is the whole fact in words, its numbers filled in.
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

    @property
    def drawn(self) -> tuple[tuple[str, int], ...]:
        """The icon arrays of this fact: label and how many of 100; empty when it allows none.

        A number that stands alone may have no label: its sentence says what is counted.
        """
        if self.kind != "of-100" or not isinstance(self.value, int):
            return ()
        rows = [(self.value_label, self.value)]
        if isinstance(self.versus, int):
            rows.append((self.versus_label, self.versus))
        return tuple(rows)

    def overdue(self, on: date) -> bool:
        """True when the number should have been looked at again before this day."""
        return on > self.check_by


@dataclass(frozen=True)
class Part:
    """One part of a page: its id, its heading, its blocks."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """One page of words. `sources` are in the order they are first cited."""

    kind: str
    id: str
    title: str
    short: str
    summary: str
    parts: tuple[Part, ...]
    sources: tuple[str, ...]
    facts: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    checked: date
    check_by: date
    reviewed_by: str
    grade: float
    word_count: int
    gains_words: int = 0
    harms_words: int = 0

    def part(self, name: str) -> Part | None:
        """The part with this id, if the page has one."""
        return next((part for part in self.parts if part.id == name), None)

    @property
    def address(self) -> str:
        """Where the page stands on the site."""
        return address(self.kind, self.id)


@dataclass(frozen=True)
class OptionPage:
    """An option as readers meet it: its page, where it belongs, its honest tags."""

    page: Page
    step: str
    certainty: str
    tags: tuple[str, ...]
    related: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """The permanent id."""
        return self.page.id


@dataclass(frozen=True)
class SituationPage:
    """A place and a cause people come from: its page, and the answers it stands for.

    `answers` are sets of choices by question, the main one first.
    """

    page: Page
    place: str
    answers: tuple[Mapping[str, str], ...]
    words: tuple[str, ...]
    related: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ChoiceWords:
    """The words of one choice. `told` says it in the reader's own voice; `marked` is the label
    as HTML, its key words bold for scanning. `change` and `gone` say what it takes for the choice
    to come, or to go: "after a program of 6 weeks", "once the infection has gone".
    `short` names a danger sign in a few words, for paper.
    """

    label: str
    marked: str = ""
    hint: str = ""
    told: str = ""
    card: str = ""
    short: str = ""
    change: str = ""
    gone: str = ""


@dataclass(frozen=True)
class QuestionWords:
    """The words of one question. `find_out` says whom to ask when the answer is not known."""

    title: str
    name: str
    why: str
    hint: str
    told: str
    choices: Mapping[str, ChoiceWords]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    find_out: str = ""


@dataclass(frozen=True)
class Term:
    """One entry of the word list."""

    id: str
    name: str
    html: str


@dataclass(frozen=True)
class Message:
    """A notice: a title and a text. `look_again` is the fact that says after how long it is worth
    looking again, if any.
    """

    title: str
    html: str
    sources: tuple[str, ...] = ()
    look_again: str = ""


@dataclass(frozen=True)
class Phone:
    """A number to call: as it is read and as it is dialed."""

    number: str
    dial: str


@dataclass(frozen=True)
class Site:
    """Who publishes the guide and where. `name`, `publisher` and `contact` are empty when
    whoever runs this copy has not set them; a contact is an address a link can have.
    """

    origin: str
    language: str
    release: str
    phones: Mapping[str, Phone]
    name: str = ""
    publisher: str = ""
    contact: str = ""

    @property
    def contact_shown(self) -> str:
        """The contact as it is read."""
        return self.contact.removeprefix("mailto:").removeprefix("https://").rstrip("/")


@dataclass(frozen=True)
class Opening:
    """Days (`monday` …) on which a clinic has the same hours, and those hours as `08:00`."""

    days: tuple[str, ...]
    opens: str
    closes: str


@dataclass(frozen=True)
class Clinic:
    """A clinic that links to the guide. `made_up` is true for the example.

    `offers` are options; `wait` is a span such as `2 to 4 weeks`.
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


@dataclass(frozen=True)
class Diagnosis:
    """What a diagnosis code says to the guide: answers (a place, a cause), or danger.

    Without answers it names no place, and the reader has to choose one.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    danger: bool = False


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
    """One criterion of WCAG as the accessibility report shows it."""

    number: str
    name: str
    level: str
    state: str
    note: str
    test: str
    on: date | None


@dataclass(frozen=True)
class Picture:
    """A drawing on a page: its name in templates/art, and the caption that says the same."""

    name: str
    caption: str


@dataclass(frozen=True)
class RuleLine:
    """One rule as a clinician reads it: what it is about, what it does, when, why, on what."""

    subject: str
    kind: str
    when: str
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """What the proof of a release covered: all sets of answers, the classes that decide every
    group, the classes looked at, and the option with the most of them.
    """

    release: str
    on: date
    situations: int
    classes: int
    looked_at: int
    largest: str
    largest_classes: int


@dataclass(frozen=True)
class Record:
    """The hashes of one release: rules by option, words by page, facts, and what is for all."""

    day: date
    rules: Mapping[str, str]
    words: Mapping[str, str]
    facts: Mapping[str, str]
    shared: Mapping[str, str]


@dataclass(frozen=True)
class Library:
    """Everything the site serves. Built once at start; nothing in it changes."""

    site: Site
    guide: Guide
    layout: Layout
    steps: Mapping[str, Page]
    step_options: Mapping[str, tuple[str, ...]]
    options: Mapping[str, OptionPage]
    topics: Mapping[str, Page]
    about: Mapping[str, Page]
    pages: Mapping[str, Page]
    questions: Mapping[str, QuestionWords]
    reasons: Mapping[str, str]
    notices: Mapping[str, Message]
    asks: Mapping[str, str]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    cited_on: Mapping[str, tuple[tuple[str, str], ...]]
    terms: Mapping[str, Term]
    ui: Mapping[str, str]
    situations: Mapping[str, SituationPage] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    compare: tuple[str, ...] = ()
    matters_first: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()
    pictures: Mapping[tuple[str, str, str], Picture] = field(default_factory=dict)
    danger_words: tuple[str, ...] = ()
    search_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[RuleLine, ...] = field(default=())
    releases: Mapping[str, Record] = field(default_factory=dict)
    proof: Proof | None = None
    clinic_pages: Mapping[str, Page] = field(default_factory=dict)
    clinics: Mapping[int, Clinic] = field(default_factory=dict)
    diagnoses: Mapping[str, Mapping[str, Diagnosis]] = field(default_factory=dict)
    conformance: tuple[Conformance, ...] = ()

    @property
    def reading_pages(self) -> tuple[Page, ...]:
        """Every page of words, in a fixed order."""
        return (
            *self.pages.values(),
            *self.steps.values(),
            *(option.page for option in self.options.values()),
            *(situation.page for situation in self.situations.values()),
            *self.topics.values(),
            *self.about.values(),
            *self.clinic_pages.values(),
        )


def address(kind: str, name: str) -> str:
    """The address of a page of this kind."""
    if kind == "page":
        return "/" if name == "home" else f"/{name}/"
    folder = {
        "option": "options",
        "step": "steps",
        "situation": "situations",
        "topic": "topics",
        "about": "about",
        "clinics": "clinics",
    }[kind]
    return f"/{folder}/{name}/"
