"""What a condition needs in any case, and what is true where another is supposed to hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.engine import reference
from tests.engine.conditions.made_up import (
    ATOMS,
    BITS,
    CHOICES,
    Made,
    conditions,
    quick,
    truth,
    truths,
    unsettled,
)
from treatment_guide.engine.compiled.expressions import Writer
from treatment_guide.engine.conditions import (
    Among,
    Condition,
    surely,
)


@quick
@given(conditions, truths)
def test_surely_names_atoms_that_hold_whenever_the_condition_does(
    condition: Condition, known: Made
):
    """What a condition needs in any case is true wherever the condition is true."""
    failing = [atom for atom in surely(condition) if known[atom] is not True]

    assert truth(condition, known) is not True or failing == []


@quick
@given(conditions, conditions, truths)
def test_supposing_a_condition_says_what_the_reference_says(
    condition: Condition, way: Condition, known: Made
):
    """So it is where another condition is taken for true, too."""
    writer = Writer(BITS).supposing(way)
    supposing = reference.Supposing(known, way)

    assert truth(condition, known, writer) is reference.truth(condition, supposing)
    assert unsettled(condition, known, writer) == reference.unsettled(condition, supposing)


@quick
@given(conditions, truths, st.sampled_from(ATOMS))
def test_supposing_never_overrules_what_is_known(way: Condition, known: Made, atom: Among):
    """Supposing something does not change an answer that was given."""
    supposed = truth(atom, known, Writer(BITS).supposing(way))

    assert known[atom] is None or supposed is known[atom]


@quick
@given(conditions, truths, st.sampled_from(ATOMS))
def test_supposing_makes_nothing_false(way: Condition, known: Made, atom: Among):
    """Supposing that a condition holds only ever adds what it needs, as true."""
    supposed = truth(atom, known, Writer(BITS).supposing(way))

    assert supposed is known[atom] or supposed is True


WEAK = Among("scan", frozenset("a"))
WEAK_OR_NUMB = Among("scan", frozenset("ab"))
NOTHING_KNOWN = Made((None,) * len(CHOICES))


def test_supposing_a_condition_makes_its_wider_atoms_true():
    """Who is supposed to have a weak nerve has a weak or a numb one."""
    assert truth(WEAK_OR_NUMB, NOTHING_KNOWN, Writer(BITS).supposing(WEAK)) is True


def test_supposing_a_condition_leaves_its_narrower_atoms_unknown():
    """Who is supposed to have a weak or a numb nerve need not have a weak one."""
    assert truth(WEAK, NOTHING_KNOWN, Writer(BITS).supposing(WEAK_OR_NUMB)) is None
