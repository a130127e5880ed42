"""A small guide that a made-up reviewer signs. No such person exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.library.conftest import lay_valid
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.model import Library
from treatment_guide.library.review.covered import fingerprint
from treatment_guide.library.review.signing import Asked, sign
from treatment_guide.library.review.standing import standing
from treatment_guide.library.review.subjects import subjects

DAY, UNTIL = date(2026, 12, 1), date(2027, 12, 1)
LATER = DAY + timedelta(days=30)
OPTION, TOPIC = "option:sample-option", "topic:sample-topic"
PAGE, TOPIC_PAGE = "en/options/sample-option.md", "en/topics/sample-topic.md"
RULES, FACTS = "guide/options/sample-option.yaml", "guide/facts/sample-topic.yaml"
REVIEWERS = """\
roles: [physiotherapist, surgeon]
wants:
  option:sample-option: [physiotherapist, surgeon]
  every: [physiotherapist]
"""
ASKED = Asked(
    what="option:sample-option",
    who="Mara O'Example",
    role="physiotherapist",
    interests="none",
    day=DAY,
    until=UNTIL,
    hash="",
    registration="EX 0001",
)

Load = Callable[[], Library]


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """The small guide with two roles of reviewers, in a folder that a test may change."""
    folder = lay_valid(tmp_path / "guide")
    (folder / "guide" / "reviewers.yaml").write_text(REVIEWERS)
    with open(folder / "en" / "ui.md", "a") as ui:
        ui.write("\n## role-physiotherapist\na physical therapist\n\n## role-surgeon\na surgeon\n")
    return folder


@pytest.fixture
def load(guide: Path) -> Load:
    """Reads the guide as it stands."""
    return lambda: load_library(guide, whole=False)


def names(library: Library, what: str, on: date = LATER) -> list[str]:
    """Whose signature counts for a subject."""
    return [each.who for each in standing(library, what, on).signed]


def signed(guide: Path, asked: Asked = ASKED, region: str = "") -> Path:
    """Sign what is asked as it stands, and give the file."""
    library = load_library(guide, {"region": region} if region else None, whole=False)
    now = fingerprint(library, subjects(library)[asked.what])
    return sign(guide, library, replace(asked, hash=now), asked.day)


def swap(folder: Path, file: str, old: str, new: str) -> None:
    """Change words of a file. They must stand there once."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")
