"""A translation is signed in its own words: what is signed in one language says nothing of another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.library.review.conftest import ASKED, LATER, OPTION, PAGE, names, signed, swap
from tests.library.review.test_forged_signatures import own_folder
from tests.made_up.language import add_language
from treatment_guide.library.loading.languages.all import load_languages
from treatment_guide.library.loading.languages.translation import mark
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import Library
from treatment_guide.library.problems import Problems
from treatment_guide.library.review.covered import fingerprint
from treatment_guide.library.review.due import of_reviews
from treatment_guide.library.review.signing import Asked, sign
from treatment_guide.library.review.subjects import subjects
from treatment_guide.library.review.translated import unsigned

OURS = "qx"
THEIR_PAGE = PAGE.replace("en/", f"{OURS}/")


@pytest.fixture
def both(guide: Path) -> Path:
    """The small guide with a made-up translation."""
    add_language(guide, OURS)
    return guide


def read(root: Path, local: Path | None = None) -> tuple[Library, Library]:
    """The original and its translation."""
    original = load_languages(root, whole=False, local=local)
    return original, original.translations[OURS]


def sign_in(library: Library, root: Path, asked: Asked = ASKED) -> Path:
    """Sign in the language of a library, as it stands."""
    now = fingerprint(library, subjects(library)[asked.what])
    return sign(root, library, replace(asked, hash=now), asked.day)


def test_a_signature_counts_in_its_language_alone(both: Path) -> None:
    """The same person may sign both, on the same day, each by the hash of its own words."""
    original, theirs = read(both)
    hashes = {fingerprint(each, subjects(each)[OPTION]) for each in (original, theirs)}
    files = {sign_in(theirs, both).name, signed(both, replace(ASKED, role="surgeon")).name}
    original, theirs = read(both)

    assert len(hashes) == len(files) == 2
    assert [each.role for each in original.reviews.signatures] == ["surgeon"]
    assert [each.role for each in theirs.reviews.signatures] == ["physiotherapist"]
    assert names(original, OPTION) == names(theirs, OPTION) == [ASKED.who]
    sign_in(theirs, both, replace(ASKED, role="surgeon", who="Bo Sample", registration=""))
    assert not unsigned(read(both)[1], LATER, OPTION)


def test_it_lapses_when_the_words_of_its_language_change(both: Path) -> None:
    """And not when another language does; an editor is told."""
    sign_in(read(both)[1], both)
    path = both / PAGE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: ", "title: Another ", 1), encoding="utf-8")
    mark(WordFiles(both, OURS, Problems()), PAGE.removeprefix("en/").removesuffix(".md"))
    assert names(read(both)[1], OPTION) == [ASKED.who]

    swap(both, f"{OURS}/reasons.md", "cän ëäsë", "mäy ëäsë")
    original, theirs = read(both)

    assert names(theirs, OPTION) == [] and unsigned(theirs, LATER, OPTION)
    assert [each.holds for each in theirs.reviews.signatures] == [False]
    told = list(of_reviews(theirs, LATER, objections=False))
    assert any("lapsed" in row and OPTION in row for row in told)
    assert original.reviews.signatures == ()


def test_a_hospital_signs_a_translation_for_its_own_copy(both: Path) -> None:
    """In its folder, as it signs the original; where its folder is not, nothing counts."""
    folder = own_folder(both)
    sign_in(read(both, folder)[1], folder, replace(ASKED, who="Ana Local"))

    assert names(read(both, folder)[1], OPTION) == ["Ana Local"]
    assert names(read(both, folder)[0], OPTION) == ["Bo Local"]
    assert names(read(both)[1], OPTION) == []
