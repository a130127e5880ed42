"""A signature counts while exactly what was read still stands, until its last day, and no other way
keeps a name on a text.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.library.review.conftest import (
    ASKED,
    DAY,
    FACTS,
    LATER,
    OPTION,
    PAGE,
    RULES,
    TOPIC,
    TOPIC_PAGE,
    UNTIL,
    Load,
    names,
    signed,
    swap,
)
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.review.covered import covered
from treatment_guide.library.review.in_words import CHANGE_KINDS
from treatment_guide.library.review.signing import Refused
from treatment_guide.library.review.standing import standing
from treatment_guide.library.review.subjects import subjects


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


@pytest.mark.parametrize(
    "second",
    [
        {"role": "surgeon"},
        {"role": "surgeon", "who": "Dr. Mára O'Example, PhD", "registration": ""},
        {"role": "surgeon", "who": "M. Example"},  # the number of the register is the same
    ],
)
def test_one_person_is_one_reviewer(guide: Path, load: Load, second: dict[str, str]) -> None:
    """Two roles of one person make no two reviewers: the command refuses the second, and of files
    that are there all the same the first role counts alone.
    """
    text = signed(guide).read_text()
    with pytest.raises(Refused, match="One person is one reviewer"):
        signed(guide, replace(ASKED, **second))
    (guide / "reviews").rename(guide.parent / "aside")
    other = signed(guide, replace(ASKED, **second))
    other.with_name("option-sample-option-mara-o-example-2026-12-01-a.yaml").write_text(text)
    stands = standing(load(), OPTION, LATER)

    assert (stands.state, len(stands.signed), len(stands.missing)) == ("partly", 1, 1)
    assert len(load().reviews.signatures) == 2


def test_who_signs_again_in_time_is_named_once(guide: Path, load: Load) -> None:
    """With the later last day."""
    signed(guide)
    signed(guide, replace(ASKED, day=LATER, until=UNTIL + timedelta(days=30)))
    stands = standing(load(), OPTION, LATER)

    assert [each.until for each in stands.signed] == [UNTIL + timedelta(days=30)]


def test_a_role_is_named_by_its_id_or_as_the_packet_prints_it(guide: Path, load: Load) -> None:
    """Who types what stands on the paper is understood."""
    signed(guide, replace(ASKED, role="Physical therapist"))
    assert [each.role for each in standing(load(), OPTION, LATER).signed] == ["physiotherapist"]


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
