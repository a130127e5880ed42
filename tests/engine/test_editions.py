"""Editions: what becomes of a code whose reader was never shown a safety choice of today."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.fixture_types import Build, Relaid
from treatment_guide.engine.answers import EARLIER, NONE, NOT_SURE, answer, effective, set_aside
from treatment_guide.engine.code import EDITION, Layout, WrongCode, decode, encode
from treatment_guide.engine.flow import next_page
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Rule
from treatment_guide.engine.reader import Reader


@pytest.fixture
def before(layout: Layout, with_field: Relaid) -> Layout:
    """The answer code before any question had an edition."""
    return Layout(
        (
            tuple(
                replace(f, name=EDITION) if f.name == "spare" and f.bits == 2 else f
                for f in layout.blocks[0]
            ),
            *layout.blocks[1:],
        )
    )


@pytest.fixture
def after(before: Layout, with_field: Relaid) -> Layout:
    """The answer code in which `tried` gained the safety choice `rest`."""
    numbers = {NONE: 1, "exercise": 2, "brace": 3, NOT_SURE: 4, "rest": 5}
    return with_field(before, "tried", numbers=numbers, edition=1)


@pytest.fixture
def grown(guide: Guide, with_question: Build, with_option: Build, when) -> Guide:
    """The tiny guide with that choice, which speaks against the operation."""
    choices = ("exercise", "brace", "rest", NONE, NOT_SURE)
    asked = with_question(guide, "tried", choices=choices, edition=1)
    harm = Rule(when(tried="rest"), "rest-first")
    return with_option(asked, "operation", wait=(harm,))


def old(guide: Guide, before: Layout, after: Layout, grown: Guide, answers) -> object:
    return decode(after, grown.questions, encode(before, answers)).answers


def test_ticks_of_an_older_code_stay_and_the_question_is_open(
    guide, before, after, grown, say
) -> None:
    """A reader who said "a brace" keeps that, and is asked again: the new choice was never shown."""
    answers = old(guide, before, after, grown, say(place="knee", tried="brace"))

    assert answers == say(place="knee", tried=["brace", EARLIER])
    assert not Reader(grown, answers).has_answered("tried")


@pytest.mark.parametrize("said", [NONE, NOT_SURE])
def test_none_of_these_was_said_about_other_choices(guide, before, after, grown, say, said) -> None:
    """An older "none of these" stays ticked, and says nothing: it counts as no answer."""
    answers = old(guide, before, after, grown, say(place="knee", tried=said))

    assert answers == say(place="knee", tried=[said, EARLIER])
    assert Reader(grown, answers).answers == say(place="knee")
    assert effective(grown.questions, answers) == say(place="knee")


def test_codes_without_the_question_stay_as_they_are(before, after, say) -> None:
    """A code on paper that names place and cause alone is the same in every edition."""
    answers = say(place="knee", cause="arthritis")

    assert encode(before, answers) == encode(after, answers)


def test_a_code_of_today_holds_the_answer_as_given(after, grown, say) -> None:
    """Who was shown the choice and did not tick it is not asked again."""
    answers = say(place="knee", tried="brace")

    assert decode(after, grown.questions, encode(after, answers)).answers == answers


def test_an_open_question_stays_open_on_the_way(guide, before, after, grown, say) -> None:
    """The next codes of the same reader ask again too, until they have looked at the question."""
    answers = old(guide, before, after, grown, say(place="knee", tried="brace"))
    on = answer(grown.questions, answers, "cause", ["arthritis"])

    assert decode(after, grown.questions, encode(after, on)).answers == on
    assert EARLIER in on["tried"]


def test_the_question_is_asked_again_before_the_outcome(guide, before, after, grown, say) -> None:
    """The visit leads to it, as to any open question."""
    answers = {
        **old(guide, before, after, grown, say(place="knee", cause="arthritis", tried="exercise")),
        **say(urgent=NONE, urgent_here=NONE),
    }

    assert next_page(Reader(grown, answers), "cause") == "tried"


def test_answering_anew_closes_it(guide, before, after, grown, say) -> None:
    """The same ticks, given again, are an answer of today."""
    answers = old(guide, before, after, grown, say(place="knee", tried="brace"))
    anew = answer(grown.questions, answers, "tried", ["brace", EARLIER])

    assert anew["tried"] == {"brace"}
    assert set_aside(grown.questions, answers) == {}


def test_an_edition_that_never_was_is_refused(after, grown, with_field) -> None:
    """A code from a later guide is not read as if it were one of ours."""
    later = with_field(after, "tried", edition=2)
    code = encode(later, {"tried": frozenset({"brace"})})

    with pytest.raises(WrongCode):
        decode(after, grown.questions, code)


def test_no_option_comes_nearer_through_a_choice_never_shown(
    guide, before, after, grown, every_answer
) -> None:
    """Whatever an older code says, its open choice counts as not known: every option stands as for
    a reader who gave the same ticks and is not sure of the rest.
    """
    for said in every_answer(guide.questions, ["place", "cause", "tried", "scan"]):
        then = Reader(grown, old(guide, before, after, grown, said))
        real = said.get("tried", frozenset()) - {NONE, NOT_SURE}
        unsure = {q: chosen for q, chosen in said.items() if q != "tried"}
        if real:
            unsure["tried"] = real | {NOT_SURE}
        assert then.groups == Reader(grown, unsure).groups
