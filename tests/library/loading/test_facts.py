"""How the fields of a fact become the words that readers see."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.english import ENGLISH
from treatment_guide.library.loading.facts import build_fact
from treatment_guide.library.model import Fact, Library
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.facts import FactShape, zero_bound
from treatment_guide.library.text.content_files import Entry

#: Builds a fact from the words of its sentence, its extras and its fields.
BuildFact = Callable[..., Fact]

#: Units that the small guide does not use.
UNITS = {"unit-visits": "visit|visits", "unit-people": "person|people"}

quick = settings(max_examples=60, deadline=None)


def shape(**fields: Any) -> FactShape:
    """The fields of a fact, as they stand in its file; what is not given does not matter here."""
    needed = {"kind": "of-100", "value": "30", "source": "a-trial", "certainty": "low"}
    if not fields.get("kind", "of-").startswith(("duration", "count", "cost")):
        needed |= {"after": "3 months"}
    dates = {"checked": "2026-11-22", "check-by": "2027-11-22"}
    return FactShape.model_validate(needed | dates | fields)


@pytest.fixture
def fact_of(library: Library, problems: Problems) -> BuildFact:
    """Builds a fact from its fields and words; what is wrong with it is in `problems`."""

    def build(
        body: str = "{value}", extras: dict[str, str] | None = None, **fields: Any
    ) -> Fact | None:
        names = {"who": "adults"} | ({"value": "A", "versus": "B"} if "versus" in fields else {})
        words = Entry("a-fact", 1, body, names if extras is None else extras)
        ui = {**library.ui, **UNITS}
        return build_fact("a-fact", shape(**fields), words, "en/facts/a.md", ui, ENGLISH, problems)

    return build


# --- numbers in words --------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "of-100", "value": "47"}, "47 of 100"),
        ({"kind": "of-100", "value": ["10", "20"]}, "10 to 20 of 100"),
        ({"kind": "of-1000", "value": "3"}, "3 of 1,000"),
        ({"kind": "of-10000", "value": "2"}, "2 of 10,000"),
        ({"kind": "points", "value": "1", "scale": "10"}, "1 point out of 10"),
        ({"kind": "points", "value": "2.1", "scale": "10"}, "2.1 points out of 10"),
        ({"kind": "points", "value": "-0.5", "scale": "100"}, "−0.5 points out of 100"),
        ({"kind": "points", "value": ["1", "2.5"], "scale": "10"}, "1 to 2.5 points out of 10"),
        ({"kind": "duration", "value": "1 day"}, "1 day"),
        ({"kind": "duration", "value": "6 weeks"}, "6 weeks"),
        ({"kind": "duration", "value": "2 to 4 weeks"}, "2 to 4 weeks"),
        ({"kind": "count", "value": "1", "unit": "visits"}, "1 visit"),
        ({"kind": "count", "value": "3", "unit": "visits"}, "3 visits"),
        ({"kind": "count", "value": ["3", "5"], "unit": "visits"}, "3 to 5 visits"),
        ({"kind": "count", "value": "1050", "unit": "people"}, "1,050 people"),
        ({"kind": "cost", "value": "700", "currency": "usd"}, "$700"),
        ({"kind": "cost", "value": "1200", "currency": "gbp"}, "£1,200"),
        ({"kind": "cost", "value": ["500", "1500"], "currency": "usd"}, "$500 to $1,500"),
    ],
    ids=lambda given: given if isinstance(given, str) else given["kind"],
)
def test_a_value_reads_as_its_kind_says(
    fact_of: BuildFact, fields: dict[str, Any], expected: str
) -> None:
    """Every kind of fact has one way to be read, with its denominator, unit or currency."""
    assert fact_of(**fields).sentence == expected


@quick
@given(hundredths=st.integers(-10_000_000, 10_000_000))
def test_a_number_is_read_as_it_was_given(hundredths: int) -> None:
    """Up to two places behind the point no number is rounded, and none has a zero too many."""
    value = hundredths / 100
    words = ENGLISH.number(value)

    assert float(words.replace(",", "").replace("−", "-")) == value
    assert not words.endswith((".", ".0"))


@quick
@given(number=st.integers(0, 10**9))
def test_a_large_number_has_commas(number: int) -> None:
    """Digits stand in threes, so that thousands can be read at a glance."""
    parts = ENGLISH.number(number).split(",")

    assert int("".join(parts)) == number
    assert [len(part) for part in parts[1:]] == [3] * (len(parts) - 1)


def test_the_sentence_of_a_fact_is_its_words_with_its_numbers(fact_of: BuildFact) -> None:
    """Value, comparison, time, people and range come from the fields, wherever the words name
    them."""
    fact = fact_of(
        "{value} people walked {after} later,\nof {people} ({range}). With rest it was {versus}.",
        value="30",
        versus="20",
        people="1200",
        range=["25", "35"],
    )

    assert fact.sentence == (
        "30 of 100 people walked 3 months later, of 1,200 (25 to 35). With rest it was 20 of 100."
    )


@pytest.mark.parametrize("name", ["who", "caveat", "value", "versus"])
def test_the_other_words_of_a_fact_have_their_numbers_too(fact_of: BuildFact, name: str) -> None:
    """A place for a number is filled in the line below the sentence and in the labels too."""
    words = {"who": "adults", "value": "A", "versus": "B", name: "asked {after} after it"}
    fact = fact_of(extras=words, versus="20")

    labels = {"who": fact.who, "caveat": fact.caveat}
    labels |= {"value": fact.value_label, "versus": fact.versus_label}
    assert labels[name] == "asked 3 months after it"


# --- nobody is not never -----------------------------------------------------


@pytest.mark.parametrize(
    ("people", "of", "bound"),
    [(1050, 1000, 3), (14, 100, 19), (99, 100, 3), (4766, 1000, 1), (1_000_000, 100, 1)],
)
def test_nobody_leaves_the_upper_end_of_95_percent(people: int, of: int, bound: int) -> None:
    """None of n leaves about 3 / n possible (Hanley and Lippman-Hand, 1983), and never nothing."""
    assert zero_bound(people, of) == bound


def test_nobody_is_shown_out_of_how_many_and_with_what_is_still_possible(
    fact_of: BuildFact,
) -> None:
    """`0 of 1,000` would say that it cannot happen: readers see the true count and the bound."""
    fields = {"kind": "of-1000", "value": "0", "people": "1050", "upper": "3"}
    fact = fact_of("It followed {value} needles, so up to about {upper}.", **fields)

    assert fact.sentence == "It followed none of 1,050 needles, so up to about 3 of 1,000."
    assert (fact.value, fact.upper) == (0, 3)


def test_nobody_on_the_other_side_is_shown_likewise(fact_of: BuildFact) -> None:
    """The side it is compared with has its own number of people, and its own bound."""
    fields = {"value": "64", "versus": "0", "people": "28"}
    fields |= {"versus-people": "14", "versus-upper": "19"}
    fact = fact_of("{value} got well, and {versus} (up to {versus-upper}).", **fields)

    assert fact.drawn == (), "A picture with nobody in it says that it cannot happen."
    assert fact.sentence == "64 of 100 got well, and none of 14 (up to 19 of 100)."
    assert fact.versus_upper == 19


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"value": "0"}, "None of how many"),
        ({"value": "0", "people": "50"}, "write `upper: 6`"),
        ({"value": "0", "people": "50", "upper": "2"}, "write `upper: 6`"),
        ({"value": "3", "people": "50", "upper": "6"}, "for a count of 0 alone"),
        ({"value": "64", "versus": "0", "people": "28"}, "`versus-people`"),
        ({"value": "64", "versus": "0", "people": "28", "versus-people": "14"}, "versus-upper: 19"),
    ],
)
def test_a_zero_without_its_bound_is_refused(fields: dict[str, str], says: str) -> None:
    """A count of nobody needs the size of its group and the upper bound that follows from it."""
    with pytest.raises(ValidationError, match=re.escape(says)):
        shape(**fields)


def test_words_that_hide_the_bound_are_refused(fact_of: BuildFact, problems: Problems) -> None:
    """The bound is shown beside the zero, not only kept in the record."""
    assert fact_of("Seen in {value}.", value="0", people="50", upper="6") is None
    assert "{upper}" in problems.found[0].message


# --- what a fact needs -------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "extras", "fields", "says"),
    [
        ("{value} of 9", None, {}, "digit"),
        ("{value}", {"who": "adults over 60"}, {}, "digit"),
        ("no number", None, {}, "{value}"),
        ("{value} {versus}", None, {}, "{versus}"),
        ("{value} {people}", None, {}, "{people}"),
        ("{value} {range}", None, {}, "{range}"),
        ("{value} {after}", None, {"after": "not-given"}, "{after}"),
        ("{value} {sum}", None, {}, "{sum}"),
        ("{value}", {}, {}, "who"),
        ("{value}", {"who": "adults"}, {"versus": "20"}, "two names"),
        ("{value}", {"who": "adults", "note": "well"}, {}, "note"),
        ("{value}", None, {"kind": "count", "value": "3", "unit": "moons"}, "moons"),
        ("{value}", None, {"people": "9", "counted": "moons"}, "moons"),
        ("{value}", None, {"counted": "injections"}, "`people`"),
    ],
    ids=[
        *("digit in the words", "digit below", "no value", "no comparison", "no people"),
        *("no range", "no time", "unknown place", "nobody studied", "sides without names"),
        *("unknown extra", "unknown unit", "counted without words", "counted without a number"),
    ],
)
def test_words_and_fields_of_a_fact_agree(
    fact_of: BuildFact,
    problems: Problems,
    body: str,
    extras: dict[str, str] | None,
    fields: dict[str, Any],
    says: str,
) -> None:
    """A fact is refused when its words want what its fields do not have, or hold numbers."""
    fact = fact_of(body, extras, **fields)

    assert fact is None
    noted = [*problems.found, *(each.problem for each in problems.lacking)]
    assert says in " ".join(problem.message for problem in noted)


@pytest.mark.parametrize(
    "fields",
    [
        {"after": None},
        {"kind": "points", "value": "2", "scale": "10", "after": None},
        {"kind": "points", "value": "2"},
        {"kind": "points", "value": "21", "scale": "10"},
        {"kind": "points", "value": "2", "versus": "-18", "scale": "10"},
        {"kind": "count", "value": "2"},
        {"kind": "cost", "value": "2"},
        {"kind": "duration", "value": "6"},
        {"value": "6 weeks"},
        {"value": "101"},
        {"value": "-1"},
        {"value": "2.5"},
        {"value": "30", "versus": "130"},
        {"value": ["20", "10"]},
        {"value": ["10", "20", "30"]},
        {"check-by": "2026-11-22"},
        {"checked": "22.11.2026"},
        {"certainty": "certain"},
        {"source": []},
        {"after": "soon"},
    ],
    ids=[
        *("count without time", "points without time", "points without scale"),
        *("points beyond their scale", "points beyond their scale on the other side"),
        *("count without unit", "cost without currency", "duration without unit"),
        *("people as a duration", "more than all", "less than none", "part of a person"),
        *("comparison above all", "range backwards", "range of three", "due at once"),
        *("bad date", "unknown certainty", "no source", "bad time"),
    ],
)
def test_the_fields_of_a_fact_are_complete(fields: dict[str, Any]) -> None:
    """No number without its time, its unit or its source, and none that cannot be."""
    given = {key: value for key, value in fields.items() if value is not None}
    if fields.get("after", "") is None:
        given["after"] = None

    with pytest.raises(ValueError):
        shape(**given)


# --- pictures ----------------------------------------------------------------


@quick
@given(value=st.integers(1, 100), versus=st.integers(1, 100))
def test_a_count_of_100_people_is_drawn(library: Library, value: int, versus: int) -> None:
    """Both sides of a comparison are drawn as people of 100, each under its name."""
    words = Entry("a", 1, "{value}", {"who": "adults", "value": "Walks", "versus": "Rest"})
    fields = shape(value=str(value), versus=str(versus))
    fact = build_fact("a", fields, words, "a.md", library.ui, ENGLISH, Problems())

    assert fact is not None
    assert fact.drawn == (("Walks", value), ("Rest", versus))


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "of-1000", "value": "3"},
        {"kind": "points", "value": "2", "scale": "10"},
        {"kind": "duration", "value": "6 weeks"},
        {"value": ["10", "20"]},
    ],
    ids=["of 1,000", "points", "duration", "range"],
)
def test_what_is_no_count_of_100_is_not_drawn(fact_of: BuildFact, fields: dict[str, Any]) -> None:
    """Icon arrays are for single counts of 100 people only."""
    assert fact_of(extras={"who": "adults", "value": "Walks"}, **fields).drawn == ()


def test_a_number_that_stands_alone_is_drawn_without_a_name(fact_of: BuildFact) -> None:
    """One count needs no name beside its picture: the sentence above says what is counted."""
    assert fact_of(extras={"who": "adults"}, value="43").drawn == (("", 43),)
