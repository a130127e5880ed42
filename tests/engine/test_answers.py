"""Answers: what was said, what counts, and what it lets us know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from treatment_guide.engine.answers import (
    NONE,
    NOT_SURE,
    Answers,
    Question,
)
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known

Say = Callable[..., Answers]


#: A question that lets somebody choose two things at most.
TWO_AT_MOST = Question("goals", "several", ("sleep", "walk", "work", NONE), most=2)


@pytest.fixture(scope="module")
def told(guide: Guide) -> Callable[..., bool | None]:
    """A reader of what answers let us know: is one of these choices chosen?"""

    def look(answers: Answers, question: str, *choices: str) -> bool | None:
        bits = guide.compiled.bits
        known = Known(bits, bits.chosen(answers))
        mask = sum(bits.by_id[question].choices[choice] for choice in choices)
        if known.chosen & mask:
            return True
        return None if known.possible & mask else False

    return look


# --- what was ticked ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ticked", "read"),
    [
        ({NONE, "exercise"}, {"exercise"}),
        ({NONE, "exercise", "brace"}, {"exercise", "brace"}),
        ({NONE, NOT_SURE}, {NOT_SURE}),
        ({NONE}, {NONE}),
    ],
    ids=["beside a choice", "beside two", "beside not sure", "alone"],
)
def test_none_holds_only_when_it_stands_alone(guide: Guide, ticked: set[str], read: set[str]):
    """A real choice wins over a "none of these" that was ticked beside it."""
    assert guide.questions["tried"].read(ticked, {}) == read


def test_danger_sign_wins_over_none_beside_it(guide: Guide):
    """Someone who ticks a danger sign and "none of these" has the danger sign."""
    assert guide.questions["urgent"].read({"collapse", NONE}, {}) == {"collapse"}


def test_question_of_one_choice_keeps_one(guide: Guide):
    """Where one answer is asked for, one is kept: the first in the question's order."""
    assert guide.questions["place"].read({"back", "knee"}, {}) == {"knee"}


def test_question_with_a_limit_keeps_as_many_as_it_allows():
    """ "Up to two" keeps two."""
    assert TWO_AT_MOST.read({"sleep", "walk", "work"}, {}) == {"sleep", "walk"}


def test_none_does_not_use_up_the_limit():
    """A "none of these" that gives way to real choices takes no room from them."""
    assert TWO_AT_MOST.read({NONE, "walk", "work"}, {}) == {"walk", "work"}


def test_choice_that_is_not_offered_drops_out(guide: Guide, say: Say):
    """A cause that the place does not offer is not an answer."""
    assert guide.questions["cause"].read({"disc"}, say(place="knee")) == frozenset()


def test_choice_that_no_question_has_drops_out(guide: Guide):
    """What was never a choice is not an answer."""
    assert guide.questions["place"].read({"left ear"}, {}) == frozenset()


# --- what is offered ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "offered"),
    [
        ("knee", ("arthritis", "strain", NOT_SURE)),
        ("back", ("strain", "disc", NOT_SURE)),
        (NOT_SURE, ("arthritis", "strain", "disc", NOT_SURE)),
        (None, ("arthritis", "strain", "disc", NOT_SURE)),
    ],
    ids=["knee", "back", "not sure", "silent"],
)
def test_causes_are_offered_by_place(
    guide: Guide, say: Say, place: str | None, offered: tuple[str, ...]
):
    """Each place offers its own causes; no place, or not sure, offers them all."""
    answers = say(place=place) if place else {}

    assert guide.questions["cause"].offered(answers) == offered


# --- what answers let us know ---------------------------------------------------------------


@pytest.mark.parametrize("choice", ["exercise", "brace", NONE, NOT_SURE])
def test_silence_says_nothing(told: Callable[..., bool | None], choice: str):
    """Of a question that was left open, nothing is known, neither yes nor no."""
    assert told({}, "tried", choice) is None


@pytest.mark.parametrize("choice", ["exercise", "brace", NONE])
def test_not_sure_says_nothing_about_the_choices(
    told: Callable[..., bool | None], say: Say, choice: str
):
    """Who is not sure has neither said yes nor no to any choice."""
    assert told(say(tried=NOT_SURE), "tried", choice) is None


def test_not_sure_is_known_as_such(told: Callable[..., bool | None], say: Say):
    """That somebody is not sure is itself known, so that a notice may speak of it."""
    assert told(say(tried=NOT_SURE), "tried", NOT_SURE) is True


@pytest.mark.parametrize(
    ("choice", "value"),
    [("exercise", True), ("brace", None), (NONE, False)],
    ids=["ticked", "other choice", "none"],
)
def test_not_sure_beside_ticks_leaves_the_rest_open(
    told: Callable[..., bool | None], say: Say, choice: str, value: bool | None
):
    """With "not sure" beside ticks, what is ticked is known and the rest is not, but for "none":
    something was ticked.
    """
    assert told(say(tried=["exercise", NOT_SURE]), "tried", choice) is value


@pytest.mark.parametrize(
    ("choice", "value"),
    [("exercise", True), ("brace", False), (NONE, False), (NOT_SURE, False)],
    ids=["ticked", "other choice", "none", "not sure"],
)
def test_ticks_alone_deny_the_rest(
    told: Callable[..., bool | None], say: Say, choice: str, value: bool
):
    """Who ticks without "not sure" has said no to what was not ticked."""
    assert told(say(tried="exercise"), "tried", choice) is value


@pytest.mark.parametrize("choice", ["exercise", "brace"])
def test_none_denies_every_choice(told: Callable[..., bool | None], say: Say, choice: str):
    """ "None of these" says no to each of them."""
    assert told(say(tried=NONE), "tried", choice) is False


def test_what_is_not_offered_is_denied_even_by_silence(told: Callable[..., bool | None], say: Say):
    """A cause that the place does not offer is ruled out before anything is said about causes."""
    assert told(say(place="back"), "cause", "arthritis") is False


def test_what_is_offered_is_not_denied_by_silence(told: Callable[..., bool | None], say: Say):
    """A cause that the place does offer stays open until something is said."""
    assert told(say(place="back"), "cause", "disc") is None


def test_what_is_not_offered_is_denied_beside_not_sure(told: Callable[..., bool | None], say: Say):
    """Not sure of the cause means one of those that the place offers, and no other."""
    assert told(say(place="back", cause=NOT_SURE), "cause", "arthritis") is False


# --- contradicted places --------------------------------------------------------------------


@pytest.mark.parametrize("place", [None, NOT_SURE], ids=["silent", "not sure"])
def test_cause_rules_out_the_places_that_do_not_offer_it(
    told: Callable[..., bool | None], say: Say, place: str | None
):
    """Who does not say where, but says slipped disc, does not mean the knee."""
    answers = say(place=place, cause="disc") if place else say(cause="disc")

    assert told(answers, "place", "knee") is False


@pytest.mark.parametrize("place", [None, NOT_SURE], ids=["silent", "not sure"])
def test_cause_leaves_open_the_places_that_offer_it(
    told: Callable[..., bool | None], say: Say, place: str | None
):
    """Who says slipped disc may mean the back, but has not said so."""
    answers = say(place=place, cause="disc") if place else say(cause="disc")

    assert told(answers, "place", "back") is None


@pytest.mark.parametrize("cause", ["strain", NOT_SURE])
def test_cause_of_every_place_rules_out_none(guide: Guide, say: Say, cause: str):
    """A cause that every place offers says nothing about the place."""
    assert places_out(guide, say(cause=cause)) == set()


def test_danger_signs_rule_out_no_place(guide: Guide, say: Say):
    """Who ticks a danger sign is sent for help: the sign is not used to guess the place."""
    answers = say(cause="disc", urgent_here="pop")

    assert places_out(guide, answers) == {"knee"}


def places_out(guide: Guide, answers: Answers) -> set[str]:
    """The places that answers rule out."""
    bits = guide.compiled.bits
    place = bits.by_id["place"]
    out = place.contradicted(bits.chosen(answers))
    return {choice for choice, bit in place.choices.items() if bit & out}
