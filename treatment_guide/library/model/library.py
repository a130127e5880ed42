"""The library: everything that the site serves, in one object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from treatment_guide.engine.code import Layout
from treatment_guide.engine.guide import Guide
from treatment_guide.library.model.about import (
    Conformance,
    Ground,
    Hazard,
    Proof,
    Record,
    RuleLine,
    Score,
)
from treatment_guide.library.model.body_map import MapPlace
from treatment_guide.library.model.clinics import Clinic, Diagnosis
from treatment_guide.library.model.facts import Fact, Source
from treatment_guide.library.model.language import NO_LANGUAGE, Language
from treatment_guide.library.model.local import Local
from treatment_guide.library.model.pages import OptionPage, Page, Picture, SituationPage
from treatment_guide.library.model.recalls import Recall
from treatment_guide.library.model.reviews import Reviews
from treatment_guide.library.model.search import DangerPhrases
from treatment_guide.library.model.site import Site
from treatment_guide.library.model.words import (
    CareWords,
    Message,
    QuestionWords,
    SelfCheck,
    Term,
    ValueStatement,
)


@dataclass(frozen=True)
class Library:
    """Everything the site serves in one language. Built once at start; nothing in it changes."""

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
    language: Language = NO_LANGUAGE
    situations: Mapping[str, SituationPage] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    safety: Mapping[str, str] = field(default_factory=dict)  # words of the safety matrix
    care: Mapping[str, CareWords] = field(default_factory=dict)
    compare: tuple[str, ...] = ()
    matters_first: Mapping[str, str] = field(default_factory=dict)
    #: By thing that may matter, then by option.
    self_checks: Mapping[str, tuple[SelfCheck, ...]] = field(default_factory=dict)  # by topic
    value_statements: Mapping[str, Mapping[str, ValueStatement]] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    grounds: tuple[Ground, ...] = ()
    pictures: Mapping[tuple[str, str, str], Picture] = field(default_factory=dict)
    danger_phrases: DangerPhrases = field(default_factory=DangerPhrases)
    #: What people type for a page that then comes first: the words, and the address of the page.
    page_names: Mapping[str, str] = field(default_factory=dict)
    search_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[RuleLine, ...] = field(default=())
    releases: Mapping[str, Record] = field(default_factory=dict)
    proof: Proof | None = None
    clinic_pages: Mapping[str, Page] = field(default_factory=dict)
    clinics: Mapping[int, Clinic] = field(default_factory=dict)
    diagnoses: Mapping[str, Mapping[str, Diagnosis]] = field(default_factory=dict)
    conformance: tuple[Conformance, ...] = ()
    body_maps: Mapping[str, tuple[MapPlace, ...]] = field(default_factory=dict)
    #: What is withdrawn, and the pages of the options among it. They are in no other field.
    recalls: tuple[Recall, ...] = ()
    withdrawn: Mapping[str, Page] = field(default_factory=dict)
    #: The library before anything was withdrawn; None where nothing is.
    released: Library | None = field(default=None, repr=False, compare=False)
    reviews: Reviews = field(default_factory=Reviews)
    local: Local | None = None  # of a clinic's own folder; its clinics are among the others
    base: str = ""  # the path below which the site stands: links in pages begin with it

    #: The library that this one translates; None for the original.
    original: Library | None = field(default=None, repr=False, compare=False)
    #: The libraries that translate this one and are served, by language.
    translations: dict[str, Library] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
    #: The whole translations that this copy does not serve (LANGUAGES): paper may name them.
    unserved: tuple[str, ...] = ()
    #: Values computed from this library, by the function that computed them (`library.once`). They
    #: are not compared. Those by the name of the function are stored with it.
    computed: dict[object, object] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )

    def __getstate__(self) -> dict[str, object]:
        stored = {name: value for name, value in self.computed.items() if isinstance(name, str)}
        return {**self.__dict__, "computed": stored}

    def fact_on(self, day: date, name: str) -> Fact | None:
        """A number by its id; None where there is none, or it is past its check-by day."""
        fact = self.facts.get(name)
        return None if fact is None or fact.overdue(day) else fact

    def page(self, kind: str, name: str) -> Page | None:
        """The page of words of this kind and id, if there is one."""
        if kind == "option":
            option = self.options.get(name)
            return option.page if option else self.withdrawn.get(name)
        if kind == "situation":
            situation = self.situations.get(name)
            return situation.page if situation else None
        return self._pages_of_kind[kind].get(name) if kind in self._pages_of_kind else None

    def released_name(self, option: str) -> str:
        """The short name of an option, also of one that is withdrawn."""
        page = (self.released or self).options[option].page
        return page.short or page.title

    @property
    def _pages_of_kind(self) -> Mapping[str, Mapping[str, Page]]:
        return {
            "page": self.pages,
            "step": self.steps,
            "topic": self.topics,
            "about": self.about,
            "clinics": self.clinic_pages,
        }

    @property
    def reading_pages(self) -> tuple[Page, ...]:
        """Every page of words, in a fixed order."""
        return (
            *self.pages.values(),
            *self.steps.values(),
            *(option.page for option in self.options.values()),
            *self.withdrawn.values(),
            *(situation.page for situation in self.situations.values()),
            *self.topics.values(),
            *self.about.values(),
            *self.clinic_pages.values(),
        )
