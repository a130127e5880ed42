"""A signature counts while exactly what was read still stands, until its last day, and no other way
keeps a name on a text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copy

import pytest

from tests.library.review.conftest import ASKED, DAY, UNTIL, Load, signed, swap
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent
from treatment_guide.library.review.covered import covered, fingerprint, hash_of
from treatment_guide.library.review.in_words import CHANGE_KINDS
from treatment_guide.library.review.packet import packet
from treatment_guide.library.review.read_text import ReadText, parsed, written
from treatment_guide.library.review.signing import Refused, sign
from treatment_guide.library.review.standing import page_until, standing
from treatment_guide.library.review.subjects import subjects

OPTION, TOPIC = "option:sample-option", "topic:sample-topic"
PAGE, TOPIC_PAGE = "en/options/sample-option.md", "en/topics/sample-topic.md"
RULES, FACTS = "guide/options/sample-option.yaml", "guide/facts/sample-topic.yaml"
LATER = DAY + timedelta(days=30)


def names(library: Library, what: str, on: date = LATER) -> list[str]:
    """Whose signature counts for a subject."""
    return [each.who for each in standing(library, what, on).signed]


def test_a_signature_counts_while_its_text_and_its_days_hold(guide: Path, load: Load) -> None:
    """From the day of the reading to the last day; not before, and not after."""
    signed(guide)
    library = load()

    assert names(library, OPTION, DAY) == names(library, OPTION, UNTIL) == ["Mara O'Example"]
    assert names(library, OPTION, DAY - timedelta(days=1)) == []
    assert names(library, OPTION, UNTIL + timedelta(days=1)) == []


def test_who_is_still_missing_is_said(guide: Path, load: Load) -> None:
    """An option that wants two roles is signed in part by one, and wholly by both."""
    signed(guide)
    one = standing(load(), OPTION, LATER)
    signed(guide, replace(ASKED, who="Bo Sample", role="surgeon", registration=""))
    both = standing(load(), OPTION, LATER)

    assert (one.state, one.missing) == ("partly", ("surgeon",))
    assert (both.state, both.missing, len(both.signed)) == ("signed", (), 2)


def test_who_signs_an_option_has_signed_its_rules(guide: Path, load: Load) -> None:
    """The packet of an option holds all that the packet of its rules holds; not the other way."""
    library = load()
    known = subjects(library)
    rules, option = (covered(library, known[f"{k}:sample-option"]) for k in ("rules", "option"))
    signed(guide)

    assert rules.items() <= option.items()
    assert names(load(), "rules:sample-option") == ["Mara O'Example"]
    assert names(load(), "option:first-option") == names(load(), TOPIC) == []


# --- changed text ------------------------------------------------------------

#: What is signed, and one change of what its reader saw: the file, words, other words.
CHANGES = {
    "a word of the page": (OPTION, PAGE, "for a few days.", "for a few weeks."),
    "the title": (OPTION, PAGE, "title: Walks (a", "title: Runs (a"),
    "the summary": (OPTION, PAGE, "Short walks that grow", "Long walks that grow"),
    "a source of a sentence": (
        *(OPTION, PAGE),
        "Some people had sore feet for a few days. <source:a-trial>",
        "Some people had sore feet for a few days. <source:a-guideline>",
    ),
    "what a source is": (OPTION, "guide/sources/all.yaml", "  kind: trial", "  kind: cohort"),
    "where a source stands": (
        *(OPTION, "guide/sources/all.yaml"),
        "https://trial.example/walks",
        "https://trial.example/runs",
    ),
    "a condition of a rule": (OPTION, RULES, "{place: [knee]}", "{place: [knee, heel]}"),
    "the kind of a rule": (OPTION, RULES, "first:\n  - need:", "wait:\n  - if:"),
    "a rule that is added": (
        *(OPTION, RULES, "first:\n"),
        "against:\n  - {if: {place: [heel]}, because: sample-reason, source: [a-trial]}\nfirst:\n",
    ),
    "a shared rule": (
        *(OPTION, "guide/shared-rules.yaml"),
        "{urgent: [slow-sign]}",
        "{any: [{urgent: [slow-sign]}, {place: [heel]}]}",
    ),
    "a source of a rule": (OPTION, RULES, "[a-trial, a-guideline]", "[a-guideline]"),
    "a reason": (OPTION, "en/reasons.md", "can ease a sore", "heals every sore"),
    "a shared reason": (OPTION, "en/reasons.md", "should check that", "need not check that"),
    "the words for nowhere": (OPTION, "en/reasons.md", "is made for sore", "is good for no"),
    "the label of an answer": (OPTION, "en/questions/place.md", "## knee\nKnee", "## knee\nHip"),
    "the words where no gain is known": (
        *(OPTION, "en/ui.md", "## side-no-gain\n"),
        "## side-no-gain\nEveryone gains. ",
    ),
    "how sure the evidence is": (OPTION, RULES, "certainty: moderate", "certainty: high"),
    "a tag": (OPTION, RULES, "tags: [weak-evidence]", "tags: [weak-evidence, done]"),
    "the words of a tag": (OPTION, "en/ui.md", "Weak evidence", "Strong evidence"),
    "a number": (TOPIC, FACTS, "value: 30", "value: 90"),
    "how many people were studied": (TOPIC, FACTS, "people: 200", "people: 20000"),
    "when it was measured": (TOPIC, FACTS, "after: 3 months", "after: 3 years"),
    "the source of a number": (TOPIC, FACTS, "source: a-trial", "source: a-guideline"),
    "the words of a number": (TOPIC, "en/facts/sample-topic.md", "had less pain", "had no pain"),
    "the caveat of a number": (TOPIC, "en/facts/sample-topic.md", "One small", "Many large"),
    "where a link leads": (TOPIC, TOPIC_PAGE, "(option:sample-", "(option:first-"),
    "a message": ("notices", "en/notices.md", "within days.", "within years."),
    "when a message is told": (
        *("notices", "guide/notices.yaml"),
        "{urgent: [slow-sign]}",
        "{place: [heel]}",
    ),
    "how soon a message says to act": (
        *("notices", "guide/notices.yaml"),
        "when: days",
        "when: visit",
    ),
    "a word of the word list": ("glossary", "en/glossary.md", "when you use it", "at rest"),
    "a phrase of the region": ("danger-signs", "en/regions/here.md", "emergency room", "shop"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_name_stays_on_changed_text(guide: Path, load: Load, change: str) -> None:
    """Whatever a reader of the packet saw: when it changes, the signature has lapsed, and what
    changed is told in words.
    """
    what, file, old, new = CHANGES[change]
    signed(guide, replace(ASKED, what=what))
    assert names(load(), what) == ["Mara O'Example"]

    swap(guide, file, old, new)
    library = load()
    stands = standing(library, what, LATER)

    assert names(library, what) == []
    assert (stands.state, len(stands.lapsed)) == ("lapsed", 1)
    told = stands.lapsed[0].changes
    assert told and all(each.was or each.now for each in told)
    assert {each.kind for each in told} <= {*CHANGE_KINDS}


def test_what_changed_is_told_as_sentences(guide: Path, load: Load) -> None:
    """A rule as its sentence, a part of a page by its heading, a number with its words: what stood
    there, and what stands there now. What did not change is not told.
    """
    signed(guide)
    swap(guide, RULES, "{place: [knee]}", "{place: [heel]}")
    swap(guide, PAGE, "sore feet for a few days", "sore feet for a few weeks")
    told = standing(load(), OPTION, LATER).lapsed[0].changes
    by_kind = {each.kind: each for each in told}

    assert by_kind["rule"].was == "Used when: Place: “Knee”"
    assert by_kind["rule"].now == "Used when: Place: “Heel”"
    assert by_kind["page"].name == load().ui["part-harms"]
    assert by_kind["page"].was == "Some people had sore feet for a few days.[a-trial]"
    assert by_kind["page"].now == "Some people had sore feet for a few weeks.[a-trial]"
    assert "source" not in by_kind


#: What a signature is not about: none of these takes a name away.
BESIDE = {
    "the day of a check": (PAGE, "checked: 2026-11-22", "checked: 2026-11-23"),
    "another option": ("en/options/first-option.md", "little risk", "much risk"),
    "a page of another kind": (TOPIC_PAGE, "many causes", "a few causes"),
    "a new term of the word list": (
        *("en/glossary.md", "- also: sore knees"),
        "- also: sore knees\n\n## short-walk\nA walk of some minutes.\n\n- name: short walks",
    ),
    "markup alone": (PAGE, "A plan of short walks", "A plan of **short** walks"),
    "when a source was read": (
        "guide/sources/all.yaml",
        "url: https://trial.example/walks\n  read: primary\n  read-on: 2026-11-22",
        "url: https://trial.example/walks\n  read: primary\n  read-on: 2026-11-23",
    ),
}


@pytest.mark.parametrize("change", BESIDE)
def test_what_is_not_about_the_subject_takes_no_name_away(
    guide: Path, load: Load, change: str
) -> None:
    """Days, layout and other pages: nobody has to sign again for them."""
    signed(guide)
    swap(guide, *BESIDE[change])

    assert names(load(), OPTION) == ["Mara O'Example"]


def test_the_path_of_a_copy_takes_no_name_away(guide: Path) -> None:
    """A hospital that serves the guide below a path shows the same words."""
    signed(guide)
    library = load_library(guide, whole=False, base="/patients/guide")

    assert any(
        "/patients/guide/" in b.html
        for p in library.options["sample-option"].page.parts
        for b in p.blocks
        if hasattr(b, "html")
    )
    assert names(library, OPTION) == ["Mara O'Example"]


def test_text_that_comes_back_brings_the_name_back(guide: Path, load: Load) -> None:
    """The hash is of what was read: a change that is undone is none."""
    signed(guide)
    swap(guide, PAGE, "for a few days.", "for a few weeks.")
    assert names(load(), OPTION) == []
    swap(guide, PAGE, "for a few weeks.", "for a few days.")

    assert names(load(), OPTION) == ["Mara O'Example"]


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
        signed(guide, replace(ASKED, who=who))
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
    signed(guide, replace(ASKED, who="Bo Sample", until=date(2027, 3, 1)))
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
    sign(folder, library, replace(ASKED, who="Bo Local", hash=now), DAY)
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
