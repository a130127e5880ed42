"""One visit: what follows from its answers is computed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from django.test import Client

from tests.conftest import THE_DAY
from tests.site_fixtures import TODAY
from tests.stories import KNEE, STORY, choices_of
from treatment_guide.engine import code as codes
from treatment_guide.http import clock
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


@pytest.mark.parametrize("page", ["outcome", "cause", "take", "clinician", "urgent"])
def test_a_request_reads_the_day_once(
    page: str, client: Client, code: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At midnight a page speaks of one day, and so does the answer to a form."""
    asked = []
    noon = datetime.combine(THE_DAY, time(12), UTC)
    monkeypatch.setattr(clock, "now", lambda: asked.append(1) or noon)
    address = f"/whats-next/{page}/{code(STORY)}/"

    client.get(address)
    read = len(asked)
    client.post(address, {page: "none"})

    assert read == 1
    assert len(asked) <= 2
