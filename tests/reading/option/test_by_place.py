"""Gains and harms of an option by place, the worst harm first, and neither side too large."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.reading.option.test_fact_forms import COUNT, OPEN, SHAM
from treatment_guide.library.model import Fact
from treatment_guide.library.text.blocks import Html
from treatment_guide.reading.option.balance import LEAST, MOST, arranged
from treatment_guide.reading.option.by_place import (
    EVERYWHERE,
    Section,
    by_place,
    gain_side,
    harm_side,
    keys,
)
from treatment_guide.reading.option.fact_forms import ROW
from treatment_guide.reading.option.room import room_of
from treatment_guide.reading.page_parts import ShownFact

#: Room in which nothing has to go below.
AMPLE = 99_999
ORDER = ("shoulder", "back", "buttock", "hip", "knee")


def at(*places: str, **fields: object) -> Fact:
    """A count about these places."""
    return replace(COUNT, id="-".join(places) or "all", places=places, **fields)


def shown(fact: Fact) -> ShownFact:
    return ShownFact(fact, (1,), False, "30")


def named(block: Html) -> Iterable[str]:
    """The places that words name, in these tests."""
    return [place for place in ORDER if place in block.html]


def sections(gains: list[object], harms: list[object]) -> list[Section]:
    made = [
        [shown(b) if isinstance(b, Fact) else Html(str(b)) for b in side] for side in (gains, harms)
    ]
    return by_place(*made, ORDER, named)


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ([at("knee"), at("hip")], [{"hip"}, {"knee"}]),
        ([at("back"), at("back", "buttock")], [{"back", "buttock"}]),
        ([at("hip"), at("knee"), at("hip", "knee")], [{"hip"}, {"knee"}, {"hip", "knee"}]),
        ([at("shoulder", "back", "hip", "knee"), at()], []),
    ],
    ids=["in order", "one within the other", "each of its own", "too many, or none"],
)
def test_places_with_a_number_have_a_section(facts: list[Fact], wanted: list[set[str]]) -> None:
    """Sections follow the order of the question; places that share numbers share one."""
    assert keys(facts, ORDER) == [frozenset(each) for each in wanted]


def test_what_holds_everywhere_stands_last() -> None:
    """A number about no place, and words about none, stand behind all places."""
    made = sections([at("knee"), at("hip")], [at("hip", value=3), at(), "Infection can happen."])

    assert [each.key for each in made] == [frozenset({"hip"}), frozenset({"knee"}), EVERYWHERE]
    assert len(made[-1].harms) == 2


def test_words_under_gains_stay_with_the_number_before_them() -> None:
    """They may be about it; under harms words without a place hold everywhere."""
    made = sections(
        [at("hip"), at("knee"), "It faded later."], [at("hip", value=2), "It can bleed."]
    )

    assert [len(each.gains) for each in made] == [1, 2, 0]
    assert [len(each.harms) for each in made] == [1, 0, 1]


def test_an_option_of_one_place_has_one_section() -> None:
    """Nothing stands apart where all is about the same place."""
    made = sections([at("knee")], ["Infection can happen.", at("knee", value=2)])

    assert [each.key for each in made] == [frozenset({"knee"})]


def order(side: str, *facts: Fact) -> list[str]:
    made = (gain_side if side == "gains" else harm_side)([shown(fact) for fact in facts])
    return [each.block.fact.id for each in made.shown if isinstance(each.block, ShownFact)]


def test_the_worst_harm_stands_first() -> None:
    """Death before what is serious, lasting or passing; then the most frequent."""
    sore = replace(COUNT, id="sore", severity="passing", value=90)
    numb = replace(COUNT, id="numb", severity="lasting", value=5)
    often = replace(COUNT, id="often", severity="lasting", value=9)
    death = replace(COUNT, id="death", severity="death", kind="of-1000", value=4)

    assert order("harms", sore, numb, often, death) == ["death", "often", "numb", "sore"]


def test_a_gain_against_a_fake_treatment_stands_first() -> None:
    """Whatever the page has first."""
    assert order("gains", OPEN, SHAM) == ["sham", "open"]


def test_rows_beside_each_other_are_one_list() -> None:
    """A list reads as one thing to a screen reader."""
    few = [replace(COUNT, id=str(n), kind="of-1000", value=n) for n in (4, 3)]
    side = harm_side([*map(shown, few), Html("<p>Words.</p>")])

    assert [(run.rows, len(run.shown)) for run in side.runs] == [(True, 2), (False, 1)]


def many(number: int, **fields: object) -> list[ShownFact]:
    return [shown(replace(COUNT, id=f"n{i}", versus=10, **fields)) for i in range(number)]


def test_neither_side_takes_more_room_than_is_fair() -> None:
    """A side with many numbers gives up pictures, and then its least careful numbers."""
    section = Section(EVERYWHERE, tuple(many(4)), (Html("<p>" + "words " * 30 + "</p>"),))
    made = arranged([section], AMPLE)
    (place,) = made.places

    assert room_of(place.gains) <= MOST * room_of(place.harms)
    assert made.more_gains
    assert {each.form for each in place.gains.shown} == {ROW}


def test_bad_harms_stay_whatever_room_they_take() -> None:
    """What can go wrong at its worst is never folded away."""
    bad = tuple(many(6, severity="serious"))
    made = arranged([Section(EVERYWHERE, (Html("<p>Little.</p>"),), bad)], AMPLE)

    assert LEAST > 0 and made.more_harms == ()
    assert len(made.places[0].harms.shown) == len(bad)


def test_the_number_that_leads_never_goes_below() -> None:
    """The fact table and the page below it tell the same."""
    lead = shown(replace(SHAM, id="lead", leads=True))
    section = Section(EVERYWHERE, (lead, *many(3)), (Html("<p>Little.</p>"),))
    made = arranged([section], 0)

    assert lead in [each.block for each in made.places[0].gains.shown]
    assert lead not in made.more_gains


def test_trials_that_clash_go_below_last() -> None:
    """Open comparisons make room before a gain against a fake treatment does."""
    clash = [shown(replace(SHAM, id=name, people=900)) for name in ("yes", "no")]
    open_ones = [shown(replace(OPEN, id=name)) for name in ("a", "b", "c")]
    harms = (Html("<p>" + "words " * 60 + "</p>"),)
    made = arranged([Section(EVERYWHERE, (*clash, *open_ones), harms)], AMPLE)

    assert made.more_gains
    assert {b.fact.id for b in made.more_gains if isinstance(b, ShownFact)} <= {"a", "b", "c"}


def test_a_place_with_one_side_alone_joins_the_last_section_of_a_long_page() -> None:
    """Each row names its place, so nothing is lost but a heading."""
    knee, hip, back = (Section(frozenset({place}), (shown(at(place)),), ()) for place in ORDER[2:])
    both = Section(frozenset({"shoulder"}), (shown(at("shoulder")),), (Html("<p>It aches.</p>"),))
    made = arranged([both, knee, hip, back], 0)

    assert made.places[0].key == {"shoulder"} and made.places[-1].key == EVERYWHERE
    assert len(made.places) < len([both, knee, hip, back])


def test_a_side_whose_numbers_went_below_says_so() -> None:
    """It never says that nobody knows."""
    one = Section(frozenset({"knee"}), tuple(many(1)), (Html("<p>It aches.</p>"),))
    made = arranged([one], 0)

    assert [(place.gains.runs, place.gains.below) for place in made.places] == [((), True)]
