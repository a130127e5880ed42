"""The audit of answer codes (property 8): every answer comes back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.fixture_types import Patch, Relaid
from tests.engine.proof.findings import broken
from treatment_guide.engine.answers import NONE, NOT_SURE
from treatment_guide.engine.code import Layout
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.proof import audit as audit_module
from treatment_guide.engine.proof.audit import audit


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("place", {"numbers": {"knee": 1, "back": 1, NOT_SURE: 3}}),
        ("place", {"numbers": {"knee": 1, "back": 2}}),
        ("place", {"numbers": {"knee": 1, "back": 2, NOT_SURE: 16}}),
        ("tried", {"numbers": {NONE: 1, "exercise": 2, "brace": 2, NOT_SURE: 4}}),
        ("scan", {"name": "spare"}),
        ("spare", {"name": "scan"}),
    ],
    ids=[
        "a number given twice",
        "a choice without a number",
        "a number too large for its field",
        "one bit for two choices",
        "a question without a field",
        "two fields for one question",
    ],
)
def test_audit_finds_answers_that_do_not_come_back(
    guide: Guide, layout: Layout, with_field: Relaid, field: str, parts: dict[str, Any]
):
    """Property 8 is broken by a layout that does not give back every answer."""
    assert broken(audit(guide, with_field(layout, field, **parts))) == {8}


def test_audit_finds_a_code_that_loses_answers(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 8 is broken where a code says less than it was made of."""
    right = audit_module.encode
    monkeypatch.setattr(
        audit_module,
        "encode",
        lambda layout, answers, **more: right(
            layout, {q: c for q, c in answers.items() if q != "tried"}, **more
        ),
    )

    assert broken(audit(guide, layout)) == {8}
