"""Paper in a translation that nobody has signed: the original stands beneath each danger sign."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories import STORY
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
SPANISH = LIBRARY.translations["es"]


def english(html: Any) -> str:
    """What stands on the paper in English."""
    (article,) = html.find("article")
    return " ".join("".join(e.itertext()) for e in article.iter() if e.get("lang") == "en")


@pytest.mark.parametrize("query", ["", "?print=large"])
def test_a_readers_own_sheet_has_the_english_beneath(
    client: Any, html: Any, code: Any, query: str
) -> None:
    """Hand-outs on or off: it is the reader's. A sign that the reader ticked is among them."""
    answers = {**STORY, "urgent": "slow-worry"}
    page = html(client.get(f"/es/whats-next/take/{code(answers)}/{query}"))
    beneath = english(page)
    offered = [
        (question, sign)
        for question in LIBRARY.guide.danger
        for sign in question.offered({"place": frozenset((STORY["place"],))})
        if sign in question.levels and sign not in question.never_stored
    ]

    assert len(offered) > 8
    for question, sign in offered:
        words = LIBRARY.questions[question.id].choices[sign]
        assert (words.short or words.label) in beneath, sign
    assert LIBRARY.site.phones["crisis"].number in beneath
    assert SPANISH.ui["sheet-translated"] in page.words("article")
    assert english(html(client.get(f"/whats-next/take/{code(answers)}/"))) == ""


@pytest.mark.parametrize("path", ["/clinics/forms/back/", "/clinics/booklets/sciatica/"])
def test_a_form_and_a_booklet_have_the_english_beneath(
    client: Any, html: Any, settings: Any, path: str
) -> None:
    """Each sign of the form; of the booklet, the part that says when to get help."""
    settings.UNSIGNED_HANDOUTS = ("es",)
    page = html(client.get(f"/es{path}"))
    beneath = english(page)

    if "forms" in path:
        signs = [
            LIBRARY.questions[question.id].choices[sign]
            for question in LIBRARY.guide.danger
            for sign in question.offered({"place": frozenset(("back",))})
            if sign in question.levels
        ]
        assert all((words.short or words.label) in beneath for words in signs)
    else:
        assert "numbness between the legs" in beneath
    assert SPANISH.ui["handout-translated"] in page.words("article")
    assert "/es/go/" in page.words("article")
