"""Signatures that nobody gave: files changed by hand, what is refused, and a clinic's own folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copy

import pytest

from tests.library.review.conftest import (
    ASKED,
    DAY,
    LATER,
    OPTION,
    PAGE,
    UNTIL,
    Load,
    names,
    signed,
    swap,
)
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent
from treatment_guide.library.review.covered import covered, fingerprint, hash_of
from treatment_guide.library.review.packet import packet
from treatment_guide.library.review.read_text import ReadText, parsed, written
from treatment_guide.library.review.signing import Refused, sign
from treatment_guide.library.review.standing import page_until, standing
from treatment_guide.library.review.subjects import subjects

# --- forged files ------------------------------------------------------------


def rewritten(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def _hash_of_now(guide: Path, file: Path) -> None:
    """The text changes, and its new hash is typed into the old signature."""
    swap(guide, PAGE, "for a few days.", "for a few weeks.")
    library = load_library_without(guide, file)
    old = file.read_text().partition("hash: '")[2][:19]
    rewritten(file, old, fingerprint(library, subjects(library)[OPTION]))


def _hash_and_text_of_now(guide: Path, file: Path) -> None:
    """The same, and another signature has brought the text of that hash."""
    _hash_of_now(guide, file)
    aside = file.rename(guide.parent / "aside.yaml")
    for text in (guide / "reviews" / "read").iterdir():
        text.unlink()
    signed(guide, replace(ASKED, who="Bo Sample"))
    aside.rename(file)


def load_library_without(guide: Path, file: Path) -> Library:
    aside = (guide.parent / "aside").resolve()
    file.rename(aside)
    texts = {each: each.read_text() for each in (guide / "reviews" / "read").iterdir()}
    for each in texts:
        each.unlink()
    try:
        return load_library(guide, whole=False)
    finally:
        aside.rename(file)
        for each, text in texts.items():
            each.write_text(text)


FORGED: dict[str, Callable[[Path, Path], object]] = {
    "the hash of now": _hash_of_now,
    "the hash of now, with its text": _hash_and_text_of_now,
    "another subject": lambda g, f: rewritten(f, OPTION, "option:first-option"),
    "another name": lambda g, f: rewritten(f, "Mara O''Example", "Bo Sample"),
    "another role": lambda g, f: rewritten(f, "'physiotherapist'", "'surgeon'"),
    "no interests said": lambda g, f: rewritten(f, "interests: 'none'\n", ""),
    "other interests": lambda g, f: rewritten(f, "'none'", "'none at all'"),
    "a later last day": lambda g, f: rewritten(f, UNTIL.isoformat(), "2028-11-30"),
    "a last day far away": lambda g, f: rewritten(f, UNTIL.isoformat(), "2099-01-01"),
    "another language": lambda g, f: rewritten(f, "language: 'en'", "language: 'es'"),
    "a text that says something else": lambda g, f: rewritten(
        next((g / "reviews" / "read").iterdir()), "a few days", "a few weeks"
    ),
    "a text that is gone": lambda g, f: next((g / "reviews" / "read").iterdir()).unlink(),
    "a text that is none": lambda g, f: next((g / "reviews" / "read").iterdir()).write_text("x\n"),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_file_changed_by_hand_is_a_fault_and_no_signature(guide: Path, forged: str) -> None:
    """A signature that the command did not write so stops the start, with its file and line."""
    file = signed(guide)
    FORGED[forged](guide, file)

    with pytest.raises(BrokenContent) as broken:
        load_library(guide, whole=False)
    told = broken.value.problems
    assert {each.file.partition("/")[0] for each in told} == {"reviews"}
    assert all(each.line and each.message for each in told)


def test_an_older_file_under_a_new_name_signs_nothing_more(guide: Path, load: Load) -> None:
    """A copy of a signature is about the same subject and the same text as the first."""
    file = signed(guide)
    copy(file, file.with_name("option-first-option-mara-o-example-2026-12-01.yaml"))

    assert names(load(), "option:first-option") == []


def test_a_signature_of_one_region_counts_in_no_other(guide: Path) -> None:
    """A copy for another region shows other words, if only in whom to call."""
    for folder, file in (("guide", "yaml"), ("en", "md")):
        copy(guide / folder / "regions" / f"here.{file}", guide / folder / "regions" / f"uk.{file}")
    signed(guide)
    here, there = (load_library(guide, {"region": r}, whole=False) for r in ("here", "uk"))

    assert names(here, OPTION) == ["Mara O'Example"]
    assert names(there, OPTION) == []
    signed(guide, replace(ASKED, who="Bo Sample"), region="uk")
    there = load_library(guide, {"region": "uk"}, whole=False)
    assert names(there, OPTION) == ["Bo Sample"]


def test_a_byte_order_mark_changes_nothing_that_is_read(guide: Path, load: Load) -> None:
    """It is left out of the page and of the file, so it neither keeps nor takes a name."""
    file = signed(guide)
    for path in (guide / PAGE, file, next((guide / "reviews" / "read").iterdir())):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert names(load(), OPTION) == ["Mara O'Example"]

    swap(guide, PAGE, "for a few days.", "for a few weeks.")
    assert names(load(), OPTION) == []


# --- what is refused ---------------------------------------------------------

REFUSED = {
    "no interests": ({"interests": " "}, "none"),
    "a role that nobody has": ({"role": "surgon"}, "`surgeon`"),
    "a subject that is none": ({"what": "option:sample-opton"}, "option:sample-option"),
    "a day to come": ({"day": DAY + timedelta(days=1)}, "has not come"),
    "a last day that is over": ({"until": DAY - timedelta(days=1)}, "is over"),
    "a last day too far away": ({"until": date(2029, 12, 2)}, "two years"),
    "a hash that was not read": ({"hash": "0000-0000-0000-0000"}, "manage.py review"),
    "no hash": ({"hash": ""}, "manage.py review"),
    "no name": ({"who": ""}, "who"),
    "a name with hidden letters": ({"who": "Mara\u202eExample"}, "who"),
    "a name with letters that look alike": ({"who": "M\u0430ra Example"}, "one alphabet"),
    "a name in wide letters": ({"who": "\uff2dara Example"}, "one alphabet"),
}


@pytest.mark.parametrize("refused", REFUSED)
def test_what_cannot_be_signed_is_refused_with_what_would_be_right(
    guide: Path, load: Load, refused: str
) -> None:
    """Nothing is written."""
    given, told = REFUSED[refused]
    library = load()
    now = fingerprint(library, subjects(library)[OPTION])
    with pytest.raises(Refused, match=told):
        sign(guide, library, replace(ASKED, **{"hash": now, **given}), DAY)

    assert not (guide / "reviews").exists()


def test_what_was_signed_is_not_signed_again(guide: Path) -> None:
    """The same person on the same day: the file is there already."""
    signed(guide)
    with pytest.raises(Refused, match="already"):
        signed(guide)


@pytest.mark.parametrize("said", ["“none”", "none # 'at all'", "I own shares: yes", "no: [1, {2}]"])
def test_what_was_signed_can_be_read_again(guide: Path, load: Load, said: str) -> None:
    """Whatever a reviewer says: the next start reads it as it was said, or nothing was written."""
    try:
        signed(guide, replace(ASKED, interests=said))
    except Refused:
        assert load().reviews.signatures == ()
        return
    (one,) = standing(load(), OPTION, LATER).signed
    assert one.interests == said


def test_two_people_without_latin_letters_can_sign_on_one_day(guide: Path, load: Load) -> None:
    """Their files have names of their own."""
    for who in ("张伟明", "李娜娜"):
        signed(guide, replace(ASKED, who=who, registration=""))
    assert sorted(names(load(), OPTION)) == sorted(["张伟明", "李娜娜"])


def test_no_change_of_code_takes_names_off_unnoticed() -> None:
    """The hash of the same words is the same in every release. Where this fails, all signatures ever
    made have lapsed: change it only if that is meant, and say so in CHANGELOG.md.
    """
    words = {"facts/one": "value: 1\nsentence: It is 1.", "reasons/two": "Für alle – “so”."}
    assert hash_of("option:x", "en", "us", words) == "d92a-332b-34d3-c53a"
    text = ReadText("option:x", "en", "us", words)
    assert parsed(written(text)) == text


def test_the_hash_of_an_older_packet_is_refused(guide: Path, load: Load) -> None:
    """Who read an older print cannot sign what stands now."""
    library = load()
    old = fingerprint(library, subjects(library)[OPTION])
    swap(guide, PAGE, "for a few days.", "for a few weeks.")
    with pytest.raises(Refused, match="changed since the packet was printed"):
        sign(guide, load(), replace(ASKED, hash=old), DAY)


# --- packets and days --------------------------------------------------------


def test_a_packet_shows_everything_that_a_signature_covers(guide: Path, load: Load) -> None:
    """Each item is a line of it, and the hash to sign stands on it."""
    library = load()
    for what, subject in subjects(library).items():
        made = packet(library, what, DAY)
        lines = {line.item for section in made.sections for line in section.lines}
        assert lines == {*covered(library, subject)}, what
        assert made.hash == fingerprint(library, subject)


def test_a_page_says_until_when_its_review_stays_true(guide: Path, load: Load) -> None:
    """A page that was made on a day may be shown until a signature comes or goes; one without any
    for ever.
    """
    signed(guide)
    signed(guide, replace(ASKED, who="Bo Sample", registration="", until=date(2027, 3, 1)))
    library = load()
    page = library.options["sample-option"].page

    assert page_until(library, page, DAY - timedelta(days=9)) == DAY - timedelta(days=1)
    assert page_until(library, page, LATER) == date(2027, 3, 1)
    assert page_until(library, page, date(2027, 3, 2)) == UNTIL
    assert page_until(library, page, UNTIL + timedelta(days=1)) is None
    assert page_until(library, library.topics["sample-topic"], DAY) is None


# --- a clinic's own folder ---------------------------------------------------


def own_folder(guide: Path) -> Path:
    """A hospital's folder with a signature for the option as it stands."""
    folder = guide.parent / "hospital"
    folder.mkdir()
    (folder / "hospital.yaml").write_text(
        "kind: example\nname: Made-up Hospital\nwebsite: https://hospital.example\n"
        "checked: 2026-11-22\ncheck-by: 2027-11-22\n"
    )
    library = load_library(guide, whole=False)
    now = fingerprint(library, subjects(library)[OPTION])
    sign(folder, library, replace(ASKED, who="Bo Local", registration="", hash=now), DAY)
    return folder


def test_a_hospital_signs_for_its_own_copy(guide: Path) -> None:
    """Its signature counts where its folder is, beside those of the guide; and it lapses alike."""
    signed(guide)
    folder = own_folder(guide)
    there, elsewhere = (load_library(guide, whole=False, local=each) for each in (folder, None))

    assert names(there, OPTION) == ["Mara O'Example", "Bo Local"]
    assert names(elsewhere, OPTION) == ["Mara O'Example"]
    swap(guide, PAGE, "for a few days.", "for a few weeks.")
    assert names(load_library(guide, whole=False, local=folder), OPTION) == []


def test_a_hospitals_own_words_neither_keep_nor_take_a_name(guide: Path) -> None:
    """No signature covers them: they stand in a frame with the hospital's name."""
    signed(guide)
    folder = own_folder(guide)
    (folder / "en").mkdir()
    (folder / "en" / "options.md").write_text("## sample-option\nOur walking group does this.\n")
    library = load_library(guide, whole=False, local=folder)

    assert names(library, OPTION) == ["Mara O'Example", "Bo Local"]
    assert not any("walking group" in words for words in covered_words(library))


def covered_words(library: Library) -> list[str]:
    return [w for each in subjects(library).values() for w in covered(library, each).values()]


def test_a_forged_signature_of_a_hospital_is_a_fault_of_its_folder(guide: Path) -> None:
    """Its file is named with its whole path."""
    folder = own_folder(guide)
    (file,) = (folder / "reviews").glob("*.yaml")
    rewritten(file, "Bo Local", "Dr Bo Local")
    with pytest.raises(BrokenContent) as broken:
        load_library(guide, whole=False, local=folder)

    assert [each.file for each in broken.value.problems] == [str(file)]
