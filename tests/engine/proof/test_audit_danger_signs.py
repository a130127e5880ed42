"""The audit of danger signs (property 3): asked before every page, alone, and never on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.fixture_types import Build, Patch, Relaid
from tests.engine.proof.findings import broken
from treatment_guide.engine.answers import NONE
from treatment_guide.engine.code import Layout
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.proof import audit as audit_module
from treatment_guide.engine.proof.audit import audit
from treatment_guide.engine.reader import Reader


def test_audit_finds_a_danger_sign_that_leads_to_options(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 3 is broken where options are shown in spite of an urgent sign."""
    calm = {"urgent": frozenset({NONE}), "urgent-here": frozenset({NONE})}
    monkeypatch.setattr(
        audit_module,
        "narrow",
        lambda reader: narrow(Reader(reader.guide, {**reader.answers, **calm})),
    )

    assert broken(audit(guide, layout)) == {3}


@pytest.mark.parametrize("field", ["urgent", "urgent-here", "day", "day-high"])
def test_audit_finds_a_danger_sign_on_paper(
    guide: Guide, layout: Layout, with_field: Relaid, field: str
):
    """Property 3 is broken by an answer code that prints danger signs or their day."""
    assert broken(audit(guide, with_field(layout, field, now=False))) == {3}


def test_audit_finds_a_page_that_skips_the_danger_signs(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 3 is broken where a page is shown before the danger signs are answered."""
    monkeypatch.setattr(audit_module, "gate", lambda *_: None)

    assert broken(audit(guide, layout)) == {3}


def test_audit_finds_a_guide_that_asks_for_no_danger_signs(
    guide: Guide, layout: Layout, with_option: Build
):
    """Property 3 is broken by a guide without a question about danger signs."""
    calm = with_option(guide, "injection", wait=())
    harmless = {k: replace(q, levels={}) for k, q in calm.questions.items()}

    assert broken(audit(replace(calm, questions=harmless), layout)) == {3}
