"""A notice may name the time after which it is worth looking again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from treatment_guide.library.problems import Problem


@pytest.mark.parametrize("fact", ["no-such-fact", "sample-topic-pain"])
def test_a_notice_waits_only_for_a_fact_of_a_duration(
    content: Path, problems_in: Callable[[Path], list[Problem]], fact: str
) -> None:
    """A fact that is not there, or counts people, gives no day."""
    file = content / "guide/notices.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("when: days", f"look-again: {fact}, when: date", 1), encoding="utf-8"
    )

    (found,) = problems_in(content)

    assert (found.file, found.field) == ("guide/notices.yaml", "look-again")
    assert fact in found.message


@pytest.mark.parametrize(("time", "faults"), [("10 years", 0), ("11 years", 1), ("9999 years", 1)])
def test_a_notice_waits_no_longer_than_a_calendar_reaches(
    content: Path, problems_in: Callable[[Path], list[Problem]], time: str, faults: int
) -> None:
    """A day in thousands of years has no date, and the outcome page would fail on it."""
    fact = "sample-topic-pain"
    (content / "guide/facts/sample-topic.yaml").write_text(
        f"{fact}:\n  kind: duration\n  value: {time}\n  source: a-trial\n  certainty: moderate\n"
        "  checked: 2026-11-22\n  check-by: 2027-11-22\n",
        encoding="utf-8",
    )
    words = f"## {fact}\nThis takes {{value}}.\n"
    (content / "en/facts/sample-topic.md").write_text(words, encoding="utf-8")
    file = content / "guide/notices.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("when: days", f"look-again: {fact}, when: date", 1), encoding="utf-8"
    )

    found = [(each.file, each.field) for each in problems_in(content)]

    assert found == [("guide/notices.yaml", "look-again")] * faults
