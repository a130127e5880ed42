"""Not sure of the cause: it means one of the causes of the place."""

from __future__ import annotations

from tests.engine.fixture_types import Say
from tests.engine.narrowing.standings import standing
from treatment_guide.engine.answers import NOT_SURE
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.outcome import Reason


def test_not_sure_of_the_cause_rules_out_what_fits_none_of_the_causes(with_cream: Guide, say: Say):
    """Not sure means one of the causes of this place: what is less likely for each is so."""
    answers = say(place="back", cause=NOT_SURE, tried="brace")

    assert standing(with_cream, answers, "cream").group == "less-likely"


def test_not_sure_of_the_cause_keeps_what_fits_one_of_the_causes(with_cream: Guide, say: Say):
    """An option that fits one of the causes of this place is not ruled out by being unsure."""
    answers = say(place="back", cause=NOT_SURE, tried="exercise")

    assert standing(with_cream, answers, "cream").group == "depends"


def test_silence_about_the_cause_rules_nothing_out(with_cream: Guide, say: Say):
    """Only a "not sure" that was said means one of these; silence does not."""
    answers = say(place="back", tried="brace")

    assert standing(with_cream, answers, "cream").group == "depends"


def test_not_sure_of_something_else_rules_nothing_out(with_cream: Guide, say: Say):
    """Not sure what was tried is no more than silence."""
    answers = say(place="back", cause="disc", tried=NOT_SURE)

    assert standing(with_cream, answers, "cream").group == "fits"


def test_unsure_cause_is_ruled_out_because_of_the_place(with_cream: Guide, say: Say):
    """What fits no cause of this place names the place as its reason."""
    answers = say(place="back", cause=NOT_SURE, tried="brace")

    assert standing(with_cream, answers, "cream").reasons == (
        Reason("nowhere", "nowhere-cream", ("place",)),
    )
