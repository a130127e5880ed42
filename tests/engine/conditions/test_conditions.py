"""Conditions, compiled: true, false or unknown, whatever is known about their atoms.

Everything is asked of the compiled expressions, and compared with the reference interpreter.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from tests.engine import reference
from tests.engine.conditions.made_up import (
    ATOMS,
    BITS,
    CHOICES,
    Made,
    conditions,
    parts_of,
    quick,
    resolutions,
    settled_by,
    truth,
    truths,
    unsettled,
)
from treatment_guide.engine.compiled.expressions import Writer
from treatment_guide.engine.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Condition,
    Not,
    atoms,
    questions_in,
)


@quick
@given(parts_of, truths)
def test_all_of_is_true_exactly_when_every_part_is_true(parts: tuple[Condition, ...], known: Made):
    """Several conditions together hold when each of them holds, and only then."""
    found = truth(AllOf(parts), known)

    assert (found is True) == all(truth(part, known) is True for part in parts)


@quick
@given(parts_of, truths)
def test_all_of_is_false_exactly_when_a_part_is_false(parts: tuple[Condition, ...], known: Made):
    """One condition that fails is enough for all together to fail, whatever is unknown."""
    found = truth(AllOf(parts), known)

    assert (found is False) == any(truth(part, known) is False for part in parts)


@quick
@given(parts_of, truths)
def test_any_of_is_true_exactly_when_a_part_is_true(parts: tuple[Condition, ...], known: Made):
    """One condition that holds is enough where any is asked for, whatever is unknown."""
    found = truth(AnyOf(parts), known)

    assert (found is True) == any(truth(part, known) is True for part in parts)


@quick
@given(parts_of, truths)
def test_any_of_is_false_exactly_when_every_part_is_false(
    parts: tuple[Condition, ...], known: Made
):
    """Where any is asked for, all have to fail before the whole fails."""
    found = truth(AnyOf(parts), known)

    assert (found is False) == all(truth(part, known) is False for part in parts)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [(True, False), (False, True), (None, None)],
    ids=["true", "false", "unknown"],
)
def test_not_turns_true_and_false_and_leaves_unknown(inner: bool | None, outer: bool | None):
    """The opposite of what is unknown is unknown."""
    known = Made((inner,) * len(CHOICES))

    assert truth(Not(ATOMS[0]), known) is outer


@quick
@given(conditions, truths)
def test_not_twice_is_the_condition_itself(condition: Condition, known: Made):
    """Denying a denial says what was said at first."""
    assert truth(Not(Not(condition)), known) is truth(condition, known)


@quick
@given(parts_of, truths)
def test_not_any_is_all_not(parts: tuple[Condition, ...], known: Made):
    """De Morgan: none of these holds when each of them fails."""
    none_of_them = Not(AnyOf(parts))
    each_fails = AllOf(tuple(Not(part) for part in parts))

    assert truth(none_of_them, known) is truth(each_fails, known)


@quick
@given(parts_of, truths)
def test_not_all_is_any_not(parts: tuple[Condition, ...], known: Made):
    """De Morgan: not all of these hold when one of them fails."""
    not_all = Not(AllOf(parts))
    one_fails = AnyOf(tuple(Not(part) for part in parts))

    assert truth(not_all, known) is truth(one_fails, known)


@quick
@given(truths)
def test_always_holds(known: Made):
    """A rule without a condition acts for everybody."""
    assert truth(ALWAYS, known) is True


@quick
@given(conditions, truths, resolutions)
def test_what_is_settled_stays_when_more_is_known(
    condition: Condition, known: Made, more: tuple[bool, ...]
):
    """An answer only ever settles what is unknown; it never turns true to false or back."""
    before = truth(condition, known)

    after = truth(condition, known.resolved(more))

    assert before is None or after is before


@quick
@given(conditions, truths, resolutions)
def test_nothing_is_unknown_when_every_atom_is_known(
    condition: Condition, known: Made, more: tuple[bool, ...]
):
    """Somebody who answered everything leaves no rule open."""
    assert truth(condition, known.resolved(more)) is not None


@quick
@given(conditions)
def test_questions_in_a_condition_are_those_of_its_atoms(condition: Condition):
    """The questions a rule mentions are found however deep they stand in it."""
    assert questions_in(condition) == {atom.question for atom in atoms(condition)}


@quick
@given(conditions, truths)
def test_a_compiled_condition_says_what_the_reference_says(condition: Condition, known: Made):
    """Its truth, what settled it and what can still settle it are those of the slow reference."""
    assert truth(condition, known) is reference.truth(condition, known)
    assert settled_by(condition, known) == reference.settled_by(condition, known)
    assert unsettled(condition, known) == reference.unsettled(condition, known)


@quick
@given(conditions)
def test_an_expression_holds_nothing_but_numbers_and_operators(condition: Condition):
    """No id of a question or a choice can become a piece of a program."""
    writer = Writer(BITS)
    sources = (
        writer.true(condition),
        writer.maybe(condition),
        writer.unsettled(condition),
        writer.settled_by(condition, True),
        writer.settled_by(condition, False),
    )
    words = {word for source in sources for word in re.findall(r"[^\W\d]\w*", source)}

    assert words <= {"c", "p", "and", "or", "not", "if", "else"}
