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
    file.write_text(text.replace("{if:", f"{{look-again: {fact}, if:", 1), encoding="utf-8")

    (found,) = problems_in(content)

    assert (found.file, found.field) == ("guide/notices.yaml", "look-again")
    assert fact in found.message
