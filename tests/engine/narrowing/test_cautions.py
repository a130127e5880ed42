"""What stands beside the options: warnings, marks, notices and questions to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.fixture_types import Say
from tests.engine.narrowing.standings import Outcomes, groups, standing
from treatment_guide.engine.answers import NOT_SURE
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Caution
from treatment_guide.engine.reader import Reader

# --- cautions and marks ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ({"cause": "disc", "tried": "exercise"}, "fits"),
        ({"cause": "disc"}, "depends"),
        ({"cause": "disc", "tried": "none"}, "later"),
    ],
    ids=["fits", "depends", "later"],
)
def test_caution_travels_with_an_option_that_is_not_ruled_out(
    guide: Guide, say: Say, said: dict[str, str], group: str
):
    """A warning stands beside an option wherever the option may still be talked about."""
    found = standing(guide, say(scan="advanced", **said), "injection")

    assert (found.group, found.cautions) == (group, (Caution("little-help-when-worn", ("scan",)),))


def test_caution_is_not_shown_where_the_option_is_ruled_out(guide: Guide, say: Say):
    """Nobody is warned of something they are not offered."""
    found = standing(guide, say(cause="strain", scan="advanced"), "injection")

    assert (found.group, found.cautions) == ("less-likely", ())


@pytest.mark.parametrize("said", [{}, {"scan": NOT_SURE}, {"scan": "mild"}], ids=str)
def test_caution_is_not_shown_unless_it_is_known_to_apply(
    guide: Guide, say: Say, said: dict[str, str]
):
    """A warning that only might apply is not given."""
    found = standing(guide, say(cause="disc", tried="exercise", **said), "injection")

    assert found.cautions == ()


def test_caution_never_moves_an_option(guide: Guide, every_outcome: Outcomes):
    """Without its warnings, every option stands where it stood, whatever the answers."""
    bare = {name: replace(option, caution=()) for name, option in guide.options.items()}
    without = replace(guide, options=bare)

    moved = [
        a for a, outcome in every_outcome if groups(narrow(Reader(without, a))) != groups(outcome)
    ]

    assert moved[:3] == []


def test_done_marks_an_option_the_reader_has_had(guide: Guide, say: Say):
    """Somebody who has a brace sees it marked as had."""
    assert standing(guide, say(tried="brace"), "support").done is True


@pytest.mark.parametrize("said", [{}, {"tried": NOT_SURE}, {"tried": "exercise"}], ids=str)
def test_option_is_not_marked_as_had_unless_it_was(guide: Guide, say: Say, said: dict[str, str]):
    """Silence, "not sure" and another answer mark nothing."""
    assert standing(guide, say(**said), "support").done is False


def test_done_never_moves_an_option(guide: Guide, every_outcome: Outcomes):
    """Without its marks, every option stands where it stood, whatever the answers."""
    bare = {name: replace(option, done=()) for name, option in guide.options.items()}
    without = replace(guide, options=bare)

    moved = [
        a for a, outcome in every_outcome if groups(narrow(Reader(without, a))) != groups(outcome)
    ]

    assert moved[:3] == []


# --- notices and questions to ask -----------------------------------------------------------


def test_notice_appears_with_the_answers_that_made_it(guide: Guide, say: Say):
    """A message about the whole situation names the answers it rests on."""
    outcome = narrow(Reader(guide, say(cause="strain")))

    assert outcome.notices == (Caution("strains-heal", ("cause",)),)


def test_notice_does_not_appear_while_it_is_unknown(guide: Guide):
    """Silence brings up no message."""
    assert narrow(Reader(guide, {})).notices == ()


def test_question_to_ask_may_rest_on_not_sure(guide: Guide, say: Say):
    """Who is not sure of the cause is given the words to ask for it."""
    assert narrow(Reader(guide, say(cause=NOT_SURE))).asks == (
        Caution("ask-for-the-cause", ("cause",)),
    )
