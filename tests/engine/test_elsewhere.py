"""Numbers that other sites give out: a code with one works everywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.code import (
    LOCAL_CLINICS,
    OUR_CLINICS,
    Layout,
    WrongCode,
    decode,
    encode,
)
from treatment_guide.engine.guide import Guide

Say = Callable[..., Answers]
Relaid = Callable[..., Layout]

#: The clinics of this site: one of the guide's own, and one of its own folder.
HERE = {"ours": 2, "local": 20}


@pytest.fixture
def here(layout: Layout, with_field: Relaid) -> Layout:
    """A layout whose clinics from 16 on are given out by other sites as well."""
    return with_field(layout, "clinic", numbers=HERE, elsewhere=range(16, 32))


def test_a_clinic_of_another_site_is_not_named_and_its_code_works(
    guide: Guide, here: Layout, say: Say
) -> None:
    """The answers are read, and the number is left out: it may be somebody else's here one day."""
    answers = say(place="knee")
    found = decode(here, guide.questions, encode(here, answers, clinic=31))

    assert (found.answers, found.clinic) == (answers, None)


@pytest.mark.parametrize("number", HERE.values())
def test_a_clinic_of_this_site_is_known(guide: Guide, here: Layout, say: Say, number: int) -> None:
    """Whether it is the guide's or the site's own."""
    answers = say(place="knee")

    assert decode(here, guide.questions, encode(here, answers, clinic=number)).clinic == number


def test_a_number_of_ours_that_was_never_given_is_refused(
    guide: Guide, here: Layout, say: Say
) -> None:
    """Only what other sites may give out is let pass."""
    with pytest.raises(WrongCode):
        decode(here, guide.questions, encode(here, say(place="knee"), clinic=3))


def test_the_two_ranges_share_no_number_and_fill_nine_bits() -> None:
    """Zero is no clinic; the field of the clinic has nine bits since the first release."""
    assert [*OUR_CLINICS, *LOCAL_CLINICS] == list(range(1, 2**9))
