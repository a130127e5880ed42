"""The outcomes to sign say by differences what the engine says one by one."""

import pytest
from django.core.management import call_command

from treatment_guide.engine.answers import Answers
from treatment_guide.library.content_check import current_library
from treatment_guide.library.review.subjects import outcome_places
from treatment_guide.reading.packet.outcome_digest import (
    CAUSE,
    PLACE,
    digest,
    further,
    groups,
    is_open,
    moves_of,
    offered,
    with_answers,
)

LIBRARY = current_library()


def expected(moves, cause: str, option: str, stood: str) -> str:
    """Where an option stands after an answer, by what the digest says and nothing else."""
    for move in moves:
        named = cause in move.causes if move.causes else is_open(stood, move.group)
        if option in move.options and named:
            return move.group
    return stood


@pytest.mark.parametrize("place", ["knee", "back", "several"])
def test_the_differences_give_back_every_outcome(place: str) -> None:
    """For each cause at a place and each further answer: nothing moved is left out, nothing else
    is said to move.
    """
    here: Answers = {PLACE: frozenset((place,))}
    causes = offered(LIBRARY, here, CAUSE)
    before = {c: groups(LIBRARY, {**here, CAUSE: frozenset((c,))}) for c in causes}
    for question in further(LIBRARY):
        for choice in offered(LIBRARY, here, question):
            after = {c: groups(LIBRARY, with_answers(here, c, question, choice)) for c in causes}
            moves = moves_of(before, after)
            for cause in causes:
                said = {
                    option: expected(moves, cause, option, stood)
                    for option, stood in before[cause].items()
                }
                assert said == after[cause], (question, choice, cause)


def test_every_question_that_moves_options_has_its_part_or_its_packet() -> None:
    """Place and cause come first; danger signs and illnesses are signed by themselves."""
    narrowing = {q.id for q in LIBRARY.guide.questions.values() if q.narrows}
    danger = {q.id for q in LIBRARY.guide.danger}

    assert narrowing - {*further(LIBRARY)} - danger == {PLACE, CAUSE, "health"}


def test_every_place_is_printed_with_its_hash(tmp_path) -> None:
    """`situations --by-place` writes all places, each with a line to sign."""
    file = tmp_path / "by-place.html"
    call_command("situations", by_place=file)
    page = file.read_text(encoding="utf-8")

    for place in outcome_places(LIBRARY):
        assert f"outcomes:{place}" in page
        assert next(iter(digest(LIBRARY, place)))[0] in page
