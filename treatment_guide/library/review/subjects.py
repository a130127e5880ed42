"""The subjects that a clinician can sign, each small enough to be read in one sitting.

A subject is named in one word: `option:prp` is the page of an option with its rules, `rules:prp`
its rules alone, `safety:health.pregnancy` one row of the safety matrix, `notices` all notices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.model import Library
from treatment_guide.library.review.labels import LABELS

#: The kinds that are one subject each, and those of which there is one for each id.
SINGLE = ("danger-signs", "notices", "care", "asks", "glossary", "home", "diagnoses")
MANY = (
    "option",
    "rules",
    "situation",
    "topic",
    "step",
    "values",
    "safety",
    "questions",
    "outcomes",
    "labels",
    "danger-words",
)
KINDS = (*SINGLE, *MANY)
#: The kinds whose subjects are called by the name of what they are about.
NAMED = tuple(kind for kind in MANY if kind not in ("labels", "danger-words"))
#: What people type in danger, and what only sounds like it: the fields of the phrases.
DANGER_WORDS = {
    "phrases": ("phrases", "labels", "levels", "raised"),
    "calm": ("calm", "same", "not_now"),
}


@dataclass(frozen=True)
class Subject:
    """One thing to sign: its kind, and its id where there are several of the kind."""

    kind: str
    name: str = ""

    @property
    def id(self) -> str:
        """The subject in one word: `option:prp`, `notices`."""
        return f"{self.kind}:{self.name}" if self.name else self.kind


def subjects(library: Library) -> dict[str, Subject]:
    """Every subject by its id, those first that can harm most."""
    return {each.id: each for each in _subjects(library)}


def _subjects(library: Library) -> Iterator[Subject]:
    guide = library.guide
    yield Subject("danger-signs")
    yield Subject("notices")
    yield Subject("care")
    yield from (Subject("safety", answer.id) for answer in guide.safety)
    yield from (Subject("option", name) for name in library.options)
    yield from (Subject("rules", name) for name in guide.options)
    yield from (Subject("situation", name) for name in library.situations)
    yield from (Subject("values", step) for step in library.step_options)
    yield from (Subject("outcomes", place) for place in outcome_places(library))
    yield from (Subject("topic", name) for name in library.topics)
    yield from (Subject("step", name) for name in library.steps)
    yield from (Subject("questions", name) for name in questions(library))
    yield Subject("asks")
    yield Subject("glossary")
    yield from (Subject("labels", name) for name in LABELS)
    yield from (Subject("danger-words", name) for name in DANGER_WORDS)
    yield Subject("diagnoses")
    yield Subject("home")


def outcome_places(library: Library) -> tuple[str, ...]:
    """The places by which outcomes are signed: every choice of the question that asks where."""
    asked = library.guide.questions.get(PLACE)
    return tuple(asked.choices) if asked else ()


def questions(library: Library) -> tuple[str, ...]:
    """The questions that are signed one by one: all but those about danger signs."""
    danger = {question.id for question in library.guide.danger}
    return tuple(name for name in library.questions if name not in danger)
