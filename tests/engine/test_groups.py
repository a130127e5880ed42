"""The group of an option: the order of its rules, one rule per line, each with its negative."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.engine.examples import quick
from treatment_guide.engine.answers import Question
from treatment_guide.engine.conditions import Among
from treatment_guide.engine.groups import group_of
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import Group, Option, Rule

Truths = dict[Among, bool | None]

FITS, OR_FITS, FIRST, AND_FIRST, WAIT, OR_WAIT, AGAINST, OR_AGAINST = (
    Among(name, frozenset({"said"}))
    for name in (
        "fits",
        "or-fits",
        "first",
        "and-first",
        "wait",
        "or-wait",
        "against",
        "or-against",
    )
)
EVERY = (FITS, OR_FITS, FIRST, AND_FIRST, WAIT, OR_WAIT, AGAINST, OR_AGAINST)

#: An option with two rules of each kind that decides the group.
OPTION = Option(
    "option",
    "step",
    fits=(Rule(FITS, "fits"), Rule(OR_FITS, "or-fits")),
    first=(Rule(FIRST, "first"), Rule(AND_FIRST, "and-first")),
    wait=(Rule(WAIT, "wait"), Rule(OR_WAIT, "or-wait")),
    against=(Rule(AGAINST, "against"), Rule(OR_AGAINST, "or-against")),
)
VALUES = (True, False, None)
#: A question for each rule: "said" makes it true, "other" makes it false.
QUESTIONS = {atom.question: Question(atom.question, "one", ("said", "other")) for atom in EVERY}
COMPILED = Guide(QUESTIONS, {"option": OPTION}, "option").compiled


def group(known: Truths) -> Group:
    """The group of the option, whatever is known about its rules."""
    said = {
        atom.question: frozenset({"said" if value else "other"})
        for atom, value in known.items()
        if value is not None
    }
    return group_of(COMPILED.options["option"], Known(COMPILED.bits, COMPILED.bits.chosen(said)))


def truths(**fixed: tuple[bool | None, ...]) -> st.SearchStrategy[Truths]:
    """Whatever may be known about the rules, some held to certain values."""
    return st.fixed_dictionaries(
        {
            atom: st.sampled_from(fixed.get(atom.question.replace("-", "_"), VALUES))
            for atom in EVERY
        }
    )


NO = (False,)
YES = (True,)
UNKNOWN = (None,)
NOT_TRUE = (False, None)
NOT_FALSE = (True, None)


# --- 1. less-likely -------------------------------------------------------------------------


@quick
@given(truths(against=YES))
def test_one_against_that_is_true_makes_it_less_likely(known: Truths):
    """One rule that speaks against an option is enough, whatever else is so."""
    assert group(known) == "less-likely"


@quick
@given(truths(fits=NO, or_fits=NO))
def test_no_way_to_fit_makes_it_less_likely(known: Truths):
    """An option that is used for nothing this person has is less likely, whatever else is so."""
    assert group(known) == "less-likely"


@quick
@given(truths(against=NOT_TRUE, or_against=NOT_TRUE, fits=NOT_FALSE))
def test_nothing_else_makes_it_less_likely(known: Truths):
    """No wait, nothing that comes first and nothing unknown makes an option less likely."""
    assert group(known) != "less-likely"


# --- 2. later: waiting ----------------------------------------------------------------------


@quick
@given(truths(wait=YES, against=NOT_TRUE, or_against=NOT_TRUE, fits=NOT_FALSE))
def test_one_wait_that_is_true_makes_it_later(known: Truths):
    """One rule that puts an option off is enough, unless it is less likely anyway."""
    assert group(known) == "later"


@quick
@given(truths(wait=NOT_TRUE, or_wait=NOT_TRUE, first=NOT_FALSE, and_first=NOT_FALSE))
def test_unknown_wait_does_not_make_it_later(known: Truths):
    """What might put an option off, but is not known to, does not put it off."""
    assert group(known) != "later"


# --- 3. later: something comes first --------------------------------------------------------


@quick
@given(truths(first=NO, against=NOT_TRUE, or_against=NOT_TRUE, fits=NOT_FALSE))
def test_one_missing_first_makes_it_later(known: Truths):
    """One thing that comes first and was not done makes an option later."""
    assert group(known) == "later"


@quick
@given(truths(first=UNKNOWN, and_first=NOT_FALSE, wait=NOT_TRUE, or_wait=NOT_TRUE))
def test_unknown_first_does_not_make_it_later(known: Truths):
    """What comes first, and is not known to be missing, does not make an option later."""
    assert group(known) != "later"


# --- 4. fits --------------------------------------------------------------------------------


@quick
@given(
    truths(
        fits=YES,
        first=YES,
        and_first=YES,
        wait=NOT_TRUE,
        or_wait=NOT_TRUE,
        against=NOT_TRUE,
        or_against=NOT_TRUE,
    )
)
def test_one_way_to_fit_is_enough_when_all_that_comes_first_is_done(known: Truths):
    """An option fits when one of its uses applies and everything that comes first is done."""
    assert group(known) == "fits"


@quick
@given(truths(fits=NOT_TRUE, or_fits=NOT_TRUE))
def test_it_never_fits_without_a_use_that_is_known_to_apply(known: Truths):
    """An option whose use is only possible does not fit yet."""
    assert group(known) != "fits"


@quick
@given(truths(first=NOT_TRUE))
def test_it_never_fits_past_something_that_comes_first(known: Truths):
    """An option does not fit while something that comes first is missing or unknown."""
    assert group(known) != "fits"


# --- 5. depends -----------------------------------------------------------------------------


@quick
@given(
    truths(
        fits=UNKNOWN,
        or_fits=NOT_TRUE,
        first=NOT_FALSE,
        and_first=NOT_FALSE,
        wait=NOT_TRUE,
        or_wait=NOT_TRUE,
        against=NOT_TRUE,
        or_against=NOT_TRUE,
    )
)
def test_it_depends_while_its_use_is_unknown(known: Truths):
    """An option depends while its use is neither known nor ruled out and nothing speaks against."""
    assert group(known) == "depends"


@quick
@given(
    truths(
        fits=NOT_FALSE,
        first=UNKNOWN,
        and_first=NOT_FALSE,
        wait=NOT_TRUE,
        or_wait=NOT_TRUE,
        against=NOT_TRUE,
        or_against=NOT_TRUE,
    )
)
def test_it_depends_while_what_comes_first_is_unknown(known: Truths):
    """An option depends while something that comes first may or may not be done."""
    assert group(known) == "depends"


@quick
@given(truths(**{atom.question.replace("-", "_"): (True, False) for atom in EVERY}))
def test_nothing_depends_when_everything_is_known(known: Truths):
    """Somebody who answered everything is told of no option that it depends."""
    assert group(known) != "depends"


# --- more answers make it firmer ------------------------------------------------------------


def resolved(known: Truths, data: st.DataObject) -> Truths:
    """The same, with more known than before."""
    return {
        atom: data.draw(st.sampled_from(VALUES)) if value is None else value
        for atom, value in known.items()
    }


@quick
@given(truths(), st.data())
def test_less_likely_stays_less_likely_when_more_is_known(known: Truths, data: st.DataObject):
    """No further answer brings back an option that is less likely; only a changed one does."""
    before = group(known)

    after = group(resolved(known, data))

    assert before != "less-likely" or after == "less-likely"


@quick
@given(truths(), st.data())
def test_later_never_turns_into_fits_when_more_is_known(known: Truths, data: st.DataObject):
    """No further answer makes an option that is later fit; only a changed one does."""
    before = group(known)

    after = group(resolved(known, data))

    assert before != "later" or after in ("later", "less-likely")
