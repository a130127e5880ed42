"""What readers may ask themselves at the end of a topic."""

from __future__ import annotations

from typing import Any

import pytest

from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
asking = pytest.mark.parametrize("topic", LIBRARY.self_checks)


@asking
def test_an_answer_is_one_tap_away_and_kept_nowhere(client: Any, html: Any, topic: str) -> None:
    """Native folds without a form: nothing to send, nothing to keep, and no score."""
    page = html(client.get(f"/topics/{topic}/"))
    (section,) = page.find("section", id="took-in")
    folds = list(section.iter("details"))

    assert [fold.find("summary").text for fold in folds] == [
        each.question for each in LIBRARY.self_checks[topic]
    ]
    assert not any(fold.get("open") for fold in folds)
    assert not list(section.iter("form")) and not list(section.iter("input"))


@asking
def test_no_question_is_about_a_danger_sign(topic: str) -> None:
    """Danger signs are never a quiz: no words of them, and no number to call."""
    for each in LIBRARY.self_checks[topic]:
        said = f"{each.question} {each.answer}".lower()
        assert not any(word in said for word in ("danger", "911", "emergency", "999"))
