"""The audit of the one order of options and choices (property 7)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from tests.engine.fixture_types import Patch
from tests.engine.proof.findings import broken
from treatment_guide.engine.answers import Answers, Question
from treatment_guide.engine.code import Layout
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.proof import audit as audit_module
from treatment_guide.engine.proof.audit import audit
from treatment_guide.engine.reader import Reader


def test_audit_finds_options_that_change_places(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 7 is broken where options are sorted by how well they do."""

    def ranked(reader: Reader) -> Any:
        found = narrow(reader)
        if not isinstance(found, Outcome):
            return found
        return replace(found, standings=tuple(sorted(found.standings, key=lambda s: s.group)))

    monkeypatch.setattr(audit_module, "narrow", ranked)

    assert broken(audit(guide, layout)) == {7}


def test_audit_finds_choices_that_change_places(guide: Guide, layout: Layout):
    """Property 7 is broken where a place offers its causes in an order of its own."""

    @dataclass(frozen=True)
    class Shuffled(Question):
        def offered(self, answers: Answers) -> tuple[str, ...]:
            return tuple(reversed(super().offered(answers)))

    usual = guide.questions["cause"]
    cause = Shuffled(**{field.name: getattr(usual, field.name) for field in fields(usual)})
    faulty = replace(guide, questions={**guide.questions, "cause": cause})

    assert broken(audit(faulty, layout)) == {7}
