"""Faults of reviews: each with its file, its line, its field, and what would be right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.library.review.conftest import DAY, OPTION, Load, signed, swap
from treatment_guide.library.problems import Problem
from treatment_guide.library.review.covered import fingerprint
from treatment_guide.library.review.packet import packet
from treatment_guide.library.review.signing import Refused, keep
from treatment_guide.library.review.subjects import subjects
from treatment_guide.management.commands.review import told

OBJECTION = """\
what: option:sample-option
who: Mara Example
role: surgeon
day: 2026-12-01
words: "The third sentence: it promises too much."
state: open
"""
WHO, AT = "guide/reviewers.yaml", "reviews/objections/too-much.yaml"
Faults = Callable[[Path], list[Problem]]


def object_(guide: Path, text: str = OBJECTION) -> None:
    (guide / AT).parent.mkdir(parents=True, exist_ok=True)
    (guide / AT).write_text(text)


def test_an_objection_is_kept_with_what_came_of_it(guide: Path, load: Load) -> None:
    """The words of the reviewer, and the answer once there is one."""
    object_(guide)
    (one,) = load().reviews.objections
    assert (one.state, one.who, one.words) == (
        *("open", "Mara Example"),
        "The third sentence: it promises too much.",
    )
    object_(guide, OBJECTION.replace("open", "changed\nrelease: 'next'"))
    (one,) = load().reviews.objections
    assert (one.state, one.release) == ("changed", "next")
    object_(guide, OBJECTION.replace("open", "declined\nreason: The source says so."))
    (one,) = load().reviews.objections
    assert (one.state, one.reason) == ("declined", "The source says so.")


def kept(guide: Path, load: Load) -> str:
    """The hash of the sample option as it stands, its text kept."""
    library = load()
    now = fingerprint(library, subjects(library)[OPTION])
    keep(guide, library, OPTION, now)
    return now


def test_what_changed_since_an_objection_is_told_in_words(guide: Path, load: Load) -> None:
    """Who objected and never signed reads what changed, and not all of it again."""
    object_(guide, f"{OBJECTION}hash: {kept(guide, load)}\n")
    assert load().reviews.objections[0].changes == ()

    swap(guide, "en/reasons.md", "can ease a sore", "may ease a sore")
    library = load()
    (change,) = library.reviews.objections[0].changes
    assert (change.was, change.now) == (
        *("A walking plan can ease a sore knee.", "A walking plan may ease a sore knee."),
    )
    said = [*told(library, packet(library, OPTION, DAY))]
    assert f"    now: {change.now}" in said


def test_the_text_of_an_older_packet_is_not_kept_for_an_objection(guide: Path, load: Load) -> None:
    """Only what stands there can be kept; the reviewer prints the packet again."""
    with pytest.raises(Refused, match="print it again"):
        keep(guide, load(), OPTION, "0000-0000-0000-0000")
    assert not (guide / "reviews").exists()


@pytest.mark.parametrize(
    ("wrong", "told_of"),
    [("missing", "objected to is missing"), ("changed", "not the one that was read")],
)
def test_a_text_that_was_objected_to_stands_as_it_was(
    guide: Path, load: Load, problems_in: Faults, wrong: str, told_of: str
) -> None:
    """A text that is gone or changed by hand would tell other changes."""
    now = kept(guide, load)
    object_(guide, f"{OBJECTION}hash: {now}\n")
    text = guide / "reviews" / "read" / f"{now}.txt"
    if wrong == "missing":
        text.unlink()
    else:
        text.write_text(text.read_text().replace("can ease", "will end"))
    (problem,) = problems_in(guide)
    assert told_of in problem.message


#: What is wrong: the file, words and other words, the line and the field, what the fault says.
WRONG = {
    "a role misspelled": (AT, "surgeon", "surgoen", 3, "role", "`surgeon`"),
    "a subject misspelled": (AT, "sample-option", "sampel-option", 1, "what", "`option:sample-"),
    "a state that is none": (AT, "open", "done", 6, "state", "'open'"),
    "changed in no release": (AT, "open", "changed", 1, "", "`release`"),
    "changed in a release that is none": (
        *(AT, "open", "changed\nrelease: '2020.9'", 7, "release"),
        "no release",
    ),
    "declined without a reason": (AT, "open", "declined", 1, "", "`reason`"),
    "no day": (AT, "2026-12-01", "soon", 4, "day", "year-month-day"),
    "wanted by a subject that is none": (
        *(WHO, "option:sample-option", "option:sampel-option", 3, "wants"),
        "`option:sample-option`",
    ),
    "a wanted role that is none": (
        WHO,
        "surgeon]\n  every",
        "surgoen]\n  every",
        3,
        "wants",
        "meant",
    ),
    "nobody wanted for the rest": (WHO, "  every: [physiotherapist]\n", "", 2, "wants", "`every`"),
    "a role without words": (
        *(WHO, "roles: [physiotherapist", "roles: [nurse, physiotherapist", 1, "roles"),
        "`role-nurse`",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_fault_of_a_review_says_what_would_be_right(
    guide: Path, problems_in: Faults, wrong: str
) -> None:
    """One mistake, one fault, at its line."""
    file, old, new, line, field, says = WRONG[wrong]
    object_(guide)
    swap(guide, file, old, new)
    (told,) = problems_in(guide)

    assert (told.file, told.line, told.field) == (file, line, field)
    assert says in told.message


def test_a_text_that_no_signature_names_is_a_fault(guide: Path, problems_in: Faults) -> None:
    """Nothing lies among the reviews that nobody signed."""
    signed(guide).unlink()
    (told,) = problems_in(guide)

    assert told.file.startswith("reviews/read/")
    assert "No signature" in told.message
