"""Breaches of the twelve properties, as the audit reports them."""

from __future__ import annotations

from dataclasses import dataclass

from treatment_guide.engine.answers import Answers


@dataclass(frozen=True, order=True)
class Finding:
    """One breach: the number of the property, the id of the option or question, a sentence."""

    property: int
    subject: str
    message: str

    def __str__(self) -> str:
        return f"property {self.property}, {self.subject}: {self.message}"


def answers_text(answers: Answers) -> str:
    """Answers in a finding."""
    rows = (f"{q}: {'/'.join(sorted(chosen))}" for q, chosen in answers.items() if chosen)
    return ", ".join(rows) or "nothing said"
