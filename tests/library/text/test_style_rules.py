"""The rules of style: what they catch, and what they let pass."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.english import style_with
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.markdown import Prose
from treatment_guide.library.text.style_rules import (
    CITED_PARTS,
    Passage,
    lint_fairness,
    lint_passage,
    reading_grade,
    sentences,
)

quick = settings(max_examples=60, deadline=None)

#: Names that may carry digits, and medical names that a page explains.
NAMES = style_with(re.compile(r"(?<![\w-])(?:NG59|L4|hyaluronic acid)(?![\w-])", re.IGNORECASE))


def faults(
    text: str, *, part: str = "recovery", cited: bool = False, typed: str | None = None
) -> list[str]:
    """What the lint says about one paragraph."""
    problems = Problems()
    prose = Prose(7, "paragraph", text, text if typed is None else typed, cited)
    lint_passage(Passage("en/page.md", part, [prose]), NAMES, problems)
    return [str(problem) for problem in problems.found]


# --- numbers -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "It takes 6 weeks.",
        "It costs $700.",
        "It eased by 2.1 points.",
        "It takes six weeks.",
        "About twenty people took part.",
        "Plan for two or more visits.",
        "It helped thirty percent.",
        "It helped 30% of them.",
        "A few per cent were worse.",
        "A dozen patients stopped.",
    ],
)
def test_a_number_in_prose_is_a_fault(text: str) -> None:
    """Numbers for readers are facts: typed into prose they are refused, as digits or words."""
    assert ["A number is typed" in fault for fault in faults(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "It was last checked on November 22, 2026.",
        "NICE wrote this in 2016.",
        "See Step 2 of the guide.",
        "The nerve at L4 leaves here.",
        "NG59 says so.",
        "Use one hand, then both.",
        "Two sides disagree.",
        "Go with someone you trust.",
    ],
)
def test_names_dates_and_steps_may_carry_numbers(text: str) -> None:
    """Dates, years, step numbers, listed names and everyday words like "one hand" are let pass."""
    assert faults(text) == []


def test_a_name_hides_no_count() -> None:
    """A word of the word list is a name, but a count of such things is still a number."""
    problems = Problems()
    prose = Prose(7, "paragraph", "It failed in three trials.", "It failed in three trials.", True)
    lint_passage(
        Passage("en/page.md", "gains", [prose]), style_with(re.compile(r"\btrials\b")), problems
    )

    assert [problem.line for problem in problems.found] == [7]


def test_a_number_of_a_fact_is_not_typed() -> None:
    """The sentence of a fact may hold digits: nobody typed them into the page."""
    assert faults("47 of 100 people felt better.", typed="") == []


@pytest.mark.parametrize(
    "text",
    ["About one in five felt well.", "One out of ten had a flare.", "It hits one in twenty."],
)
def test_one_in_x_is_a_fault(text: str) -> None:
    """ "1 in X" is hard to compare, so it is refused, in words too."""
    assert ["of 100 people" in fault for fault in faults(text)] == [True]


# --- the verbs of a device ---------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "We recommend an injection.",
        "This guide diagnoses you.",
        "It is the best option for knees.",
        "This is recommended for you.",
        "Your risk is low.",
        "You should have an operation.",
        "You need surgery.",
        "It is the right treatment for you.",
        "It cures you.",
    ],
)
def test_the_words_of_a_device_are_a_fault(text: str) -> None:
    """The guide does not diagnose, recommend or choose, and its words may not either."""
    assert ["not ours to say" in fault for fault in faults(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "NICE recommends exercise.",
        "Ask which option fits you.",
        "It does not diagnose.",
        "You need not wait.",
        "You should have someone with you.",
    ],
)
def test_what_others_recommend_may_be_said(text: str) -> None:
    """What guidelines say, and what the guide does not do, can be said."""
    assert faults(text) == []


# --- length ------------------------------------------------------------------


@quick
@given(words=st.integers(1, 60))
def test_a_sentence_has_up_to_20_words(words: int) -> None:
    """A sentence of 20 words passes, one of 21 is a fault."""
    text = " ".join(["word"] * words) + "."

    assert sum("20 is the limit" in fault for fault in faults(text)) == (words > 20)


def test_a_colon_starts_a_new_breath() -> None:
    """What stands behind a colon is counted by itself, as it is read."""
    text = " ".join(["word"] * 18) + ": " + " ".join(["word"] * 18) + "."

    assert faults(text) == []


@quick
@given(count=st.integers(1, 8))
def test_a_paragraph_has_up_to_3_sentences(count: int) -> None:
    """A paragraph of 3 sentences passes, one of 4 is a fault."""
    assert len(faults(" ".join(["Walk a bit."] * count))) == (count > 3)


def test_sentences_end_at_their_marks() -> None:
    """Full stops, question marks and exclamation marks end a sentence; numbers do not."""
    assert sentences("It fell by 2.1 points. Why? Nobody knows!") == [
        "It fell by 2.1 points.",
        "Why?",
        "Nobody knows!",
    ]


# --- sources -----------------------------------------------------------------


@pytest.mark.parametrize("part", sorted(CITED_PARTS))
def test_a_finding_without_a_source_is_a_fault(part: str) -> None:
    """Where pages say what was found, every paragraph carries a source."""
    assert ["No source" in fault for fault in faults("It helps.", part=part)] == [True]


@pytest.mark.parametrize("part", sorted(CITED_PARTS))
def test_a_finding_with_a_source_is_sound(part: str) -> None:
    """A paragraph with a source or a fact in it is let pass."""
    assert faults("It helps.", part=part, cited=True) == []


@pytest.mark.parametrize("text", ["We don't know.", "We don’t know how often it helps."])
def test_not_knowing_needs_no_source(text: str) -> None:
    """Where nobody has counted, the page says so, and that needs no source."""
    assert faults(text, part="harms") == []


def test_gains_harms_and_guidelines_are_among_the_cited_parts() -> None:
    """The parts in which a claim could mislead all need sources."""
    assert CITED_PARTS >= {"gains", "harms", "how-sure", "guidelines", "doing-nothing", "cost"}


# --- fairness ----------------------------------------------------------------


@quick
@given(gains=st.integers(1, 400), harms=st.integers(1, 400))
def test_gains_and_harms_get_equal_room(gains: int, harms: int) -> None:
    """Their words lie between 2 to 3 and 3 to 2, whichever has more."""
    problems = Problems()

    lint_fairness("en/page.md", 9, gains, harms, problems)

    fair = 2 * max(gains, harms) <= 3 * min(gains, harms)
    assert (problems.found == []) is fair


# --- reading grade -----------------------------------------------------------


def test_short_words_and_sentences_have_a_low_grade() -> None:
    """Plain words read easily."""
    assert reading_grade(["You walk a bit. Then you rest. It may help."], NAMES) < 3


def test_long_words_and_sentences_have_a_high_grade() -> None:
    """A text of the kind the guide replaces is far above the limit."""
    text = (
        "Individualized rehabilitation programs characteristically ameliorate musculoskeletal "
        "deterioration notwithstanding considerable heterogeneity of participants."
    )
    assert reading_grade([text], NAMES) > 15


def test_explained_medical_names_do_not_raise_the_grade() -> None:
    """A name that the guide explains counts as a short word, wherever it stands."""
    named = reading_grade(["You may hear of hyaluronic acid from your doctor."], NAMES)
    plain = reading_grade(["You may hear of it from your doctor."], NAMES)

    assert named == plain


def test_list_items_count_as_sentences() -> None:
    """A list without full stops is read item by item, not as one long sentence."""
    items = ["People with a sore knee", "People with a sore heel", "People who like to walk"]

    assert reading_grade(items, NAMES) == reading_grade([f"{item}." for item in items], NAMES)


def test_an_empty_page_has_no_grade() -> None:
    """Nothing to read is grade 0, not an error."""
    assert reading_grade([], NAMES) == 0
