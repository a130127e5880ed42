"""Rules as sentences: the page that a clinician signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from treatment_guide.engine.conditions import AllOf, Among, AnyOf, Condition, Not
from treatment_guide.engine.model import Option, Rule
from treatment_guide.library.in_words.lists import joined
from treatment_guide.library.model import Library, RuleLine

KINDS = ("fits", "first", "wait", "against", "caution", "done")


class Rules(Protocol):
    """All rules: a rule book that was just read, or a guide."""

    @property
    def options(self) -> Mapping[str, Option]:
        """The options with their rules."""

    @property
    def notices(self) -> tuple[Rule, ...]:
        """The notices."""

    @property
    def asks(self) -> tuple[Rule, ...]:
        """The questions to ask."""


def condition_words(condition: Condition, library: Library) -> str:
    """A condition in plain words: "Place: “Knee” or “Hip”; and Cause: “Arthritis”". Choices are quoted
    and a condition inside another is bracketed, since labels hold "or" themselves.
    """
    ui = library.ui
    if isinstance(condition, Among):
        words = library.questions[condition.question]
        asked = library.guide.questions[condition.question]
        labels = [
            ui["rule-choice"].format(choice=words.choices[c].label)
            for c in asked.choices
            if c in condition.choices
        ]
        choices = joined(ui["rule-or"], labels, library.language)
        return ui["rule-answer"].format(question=words.name, choices=choices)
    if isinstance(condition, Not):
        return ui["rule-not"].format(condition=condition_words(condition.part, library))
    if isinstance(condition, AllOf) and not condition.parts:
        return ui["rule-always"]
    joint = ui["rule-any"] if isinstance(condition, AnyOf) else ui["rule-and"]
    parts = [part_words(part, library) for part in condition.parts]
    return joined(joint, parts, library.language)


def part_words(condition: Condition, library: Library) -> str:
    """A condition inside another, in brackets where it has several parts itself."""
    found = condition_words(condition, library)
    if isinstance(condition, (AllOf, AnyOf)) and len(condition.parts) > 1:
        return library.ui["rule-bracket"].format(condition=found)
    return found


def rule_lines(library: Library, book: Rules) -> tuple[RuleLine, ...]:
    """Every rule of the guide as a line, option by option, then notices and questions to ask."""
    lines = []
    for name, option in book.options.items():
        for kind in KINDS:
            for rule in getattr(option, kind):
                lines.append(
                    RuleLine(
                        name,
                        kind,
                        condition_words(rule.condition, library),
                        library.reasons[rule.because],
                        rule.sources,
                    )
                )
    for kind, rules in (("notice", book.notices), ("ask", book.asks)):
        for rule in rules:
            words = (
                library.notices[rule.because].title
                if kind == "notice"
                else library.asks[rule.because]
            )
            when = condition_words(rule.condition, library)
            lines.append(RuleLine("", kind, when, words, rule.sources))
    return tuple(lines)
