"""The audit of what matters to a reader (property 12)."""

from __future__ import annotations

import pytest

from tests.engine.fixture_types import Build, When
from tests.engine.proof.findings import broken
from treatment_guide.engine.code import Layout
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Rule
from treatment_guide.engine.proof.audit import audit


@pytest.mark.parametrize("kind", ["fits", "against", "wait"])
def test_a_wish_that_moves_an_option_is_found(
    kind: str, guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 12 is broken by a rule of any kind that looks at what matters to the reader."""
    wished = Rule(when(matters=["sleep"]), "wished", ("a-guideline",))
    option = guide.options["injection"]
    moved = with_option(guide, "injection", **{kind: (*getattr(option, kind), wished)})

    assert 12 in broken(audit(moved, layout))


def test_a_wish_may_add_a_caution(guide: Guide, layout: Layout, with_option: Build, when: When):
    """Words about a wish ("asking is not agreeing") move nothing."""
    said = Rule(when(matters=["sleep"]), "said", ("a-guideline",))

    assert broken(audit(with_option(guide, "injection", caution=(said,)), layout)) == set()
