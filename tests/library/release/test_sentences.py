"""Rules as sentences, for the page that a clinician signs."""

import pytest

from treatment_guide.engine.conditions import ALWAYS, AllOf, Among, AnyOf, Condition, Not
from treatment_guide.library.model import Library
from treatment_guide.library.release.sentences import condition_words

KNEE = Among("place", frozenset({"knee"}))
EITHER = Among("place", frozenset({"heel", "knee"}))
WALKS = Among("sample-question", frozenset({"walks"}))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (ALWAYS, "always"),
        (KNEE, "Place: “Knee”"),
        (EITHER, "Place: “Knee” or “Heel”"),
        (AllOf((KNEE, WALKS)), "Place: “Knee”; and Tried: “Short walks”"),
        (AnyOf((KNEE, WALKS)), "Place: “Knee”; or Tried: “Short walks”"),
        (
            AllOf((AnyOf((KNEE, WALKS)), WALKS)),
            "(Place: “Knee”; or Tried: “Short walks”); and Tried: “Short walks”",
        ),
        (Not(EITHER), "not (Place: “Knee” or “Heel”)"),
    ],
    ids=["always", "one choice", "two choices", "and", "or", "or inside and", "not"],
)
def test_a_condition_reads_as_a_sentence(
    library: Library, condition: Condition, expected: str
) -> None:
    """Questions and choices are named in the words readers see; a choice is quoted, and what is
    joined inside a condition is bracketed, so that no "or" of a label reads as one of the rule.
    """
    assert condition_words(condition, library) == expected


def test_every_rule_has_its_line(library: Library) -> None:
    """Each rule of each option, each notice and each question to ask is on the page, in order."""
    assert [(line.subject, line.kind, line.because) for line in library.rules] == [
        ("first-option", "fits", "A fresh look makes sense for nearly everyone."),
        ("sample-option", "fits", "A walking plan can ease a sore knee."),
        ("sample-option", "first", "Short walks come first."),
        ("sample-option", "wait", "A doctor should check that sign first."),
        ("", "notice", "See a doctor about that sign first"),
        ("", "ask", "Where does my pain come from?"),
    ]


def test_every_rule_stands_on_its_sources(library: Library) -> None:
    """A line of the page names the sources its rule stands on."""
    lines = {(line.subject, line.kind): line.sources for line in library.rules}

    assert lines["sample-option", "first"] == ("a-trial", "a-guideline")
