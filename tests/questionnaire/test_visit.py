"""One visit: what follows from its answers is computed once."""

from __future__ import annotations

import pytest

from tests.site_fixtures import TODAY
from tests.stories import KNEE, STORY, choices_of
from treatment_guide.engine import code as codes
from treatment_guide.library.content_check import current_library
from treatment_guide.questionnaire import visit
from treatment_guide.questionnaire.visit import Visit

LIBRARY = current_library()


def test_the_code_of_a_visit_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many links carry it. Other answers have a code of their own each time."""
    here = Visit(LIBRARY, choices_of(STORY), TODAY, None)
    found = []

    def counted(*given: object, **how: object) -> str:
        found.append(given)
        return codes.encode(*given, **how)

    monkeypatch.setattr(visit, "encode", counted)
    mine = {here.address(page, here.answers) for page in ("outcome", "take", "clinician")}
    other = here.code(choices_of(KNEE))

    assert len(found) == 2
    assert mine == {
        f"/whats-next/{page}/{here.code(here.answers)}/"
        for page in ("outcome", "take", "clinician")
    }
    assert other == Visit(LIBRARY, choices_of(KNEE), TODAY, None).code(choices_of(KNEE))
    assert other != here.code(here.answers)
