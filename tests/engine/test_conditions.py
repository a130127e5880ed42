"""Conditions, compiled: true, false or unknown, whatever is known about their atoms.

Everything is asked of the compiled expressions, and compared with the reference interpreter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine import reference
from treatment_guide.engine.answers import Question
from treatment_guide.engine.compiled.bits import Bits
from treatment_guide.engine.compiled.expressions import Writer, compiled
from treatment_guide.engine.conditions import (
    ALWAYS,
    AllOf,
    Among,
    AnyOf,
    Condition,
    Not,
    atoms,
    questions_in,
    surely,
)

quick = settings(max_examples=60, deadline=None)

NAMES = ("place", "scan", "tried")
#: Three questions of three choices; the third is in no atom.
BITS = Bits({name: Question(name, "several", ("a", "b", "c")) for name in NAMES})
CHOICES = tuple((name, choice) for name in NAMES for choice in "abc")

#: For each question the atoms a rule may be made of.
ATOMS = tuple(
    Among(question, frozenset(choices)) for question in NAMES for choices in ("a", "b", "ab")
)
VALUES = (True, False, None)


@dataclass(frozen=True)
class Made:
    """What is known about each choice, made up."""

    values: tuple[bool | None, ...]

    @property
    def here(self) -> tuple[int, int]:
        """What is chosen and what is possible, as bits."""
        bits = [BITS.by_id[name].choices[choice] for name, choice in CHOICES]
        known = list(zip(bits, self.values, strict=True))
        chosen = sum(bit for bit, value in known if value)
        return chosen, sum(bit for bit, value in known if value is not False)

    def __getitem__(self, atom: Among) -> bool | None:
        values = [
            value
            for (name, choice), value in zip(CHOICES, self.values, strict=True)
            if name == atom.question and choice in atom.choices
        ]
        return True if True in values else (None if None in values else False)

    def only(self, questions: frozenset[str]) -> Made:
        """The same, but unknown for all other questions."""
        kept = [
            value if name in questions else None
            for (name, _), value in zip(CHOICES, self.values, strict=True)
        ]
        return Made(tuple(kept))

    def resolved(self, answers: tuple[bool, ...], questions: frozenset[str] | None = None) -> Made:
        """The same, with what is unknown about these questions (or all) resolved."""
        found = [
            answer if value is None and (questions is None or name in questions) else value
            for (name, _), value, answer in zip(CHOICES, self.values, answers, strict=True)
        ]
        return Made(tuple(found))


PLAIN = Writer(BITS)


def truth(condition: Condition, known: Made, writer: Writer = PLAIN) -> bool | None:
    """True, False or None, by the compiled condition."""
    if compiled(writer.true(condition))(*known.here):
        return True
    return None if compiled(writer.maybe(condition))(*known.here) else False


def unsettled(condition: Condition, known: Made, writer: Writer = PLAIN) -> frozenset[str]:
    """The questions that can still settle it, by the compiled condition."""
    return frozenset(BITS.named(compiled(writer.unsettled(condition))(*known.here)))


def settled_by(condition: Condition, known: Made) -> frozenset[str]:
    """The questions that settled it, by the compiled condition."""
    value = truth(condition, known)
    if value is None:
        return frozenset()
    return frozenset(BITS.named(compiled(Writer(BITS).settled_by(condition, value))(*known.here)))


truths = st.tuples(*[st.sampled_from(VALUES)] * len(CHOICES)).map(Made)
resolutions = st.tuples(*[st.booleans()] * len(CHOICES))
conditions = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)
parts_of = st.lists(conditions, max_size=4).map(tuple)


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
@given(conditions, truths)
def test_unsettled_names_questions_exactly_when_the_condition_is_unknown(
    condition: Condition, known: Made
):
    """A question is named as still open when the condition is open, and only then."""
    assert bool(unsettled(condition, known)) == (truth(condition, known) is None)


@quick
@given(conditions, truths)
def test_settled_by_is_empty_while_the_condition_is_unknown(condition: Condition, known: Made):
    """No answer is named as the reason for what is still unknown."""
    assert truth(condition, known) is not None or not settled_by(condition, known)


@quick
@given(conditions, truths)
def test_settled_by_and_unsettled_never_both_name_questions(condition: Condition, known: Made):
    """A condition is settled by answers or open to answers, never both."""
    assert not (settled_by(condition, known) and unsettled(condition, known))


@quick
@given(conditions, truths)
def test_settled_by_names_answers_that_are_enough(condition: Condition, known: Made):
    """The answers named as the reason settle the condition alone, with all others unknown."""
    value = truth(condition, known)

    alone = truth(condition, known.only(settled_by(condition, known)))

    assert alone is value


@quick
@given(conditions, truths, resolutions)
def test_unsettled_names_questions_that_are_enough(
    condition: Condition, known: Made, more: tuple[bool, ...]
):
    """Answering the questions named as open settles the condition, with no other answer."""
    answered = known.resolved(more, unsettled(condition, known))

    assert truth(condition, answered) is not None


@quick
@given(conditions, truths)
def test_only_questions_that_a_condition_mentions_are_named(condition: Condition, known: Made):
    """A rule never blames or asks a question that does not stand in it."""
    named = settled_by(condition, known) | unsettled(condition, known)

    assert named <= questions_in(condition)


@quick
@given(conditions)
def test_questions_in_a_condition_are_those_of_its_atoms(condition: Condition):
    """The questions a rule mentions are found however deep they stand in it."""
    assert questions_in(condition) == {atom.question for atom in atoms(condition)}


@quick
@given(conditions, truths)
def test_surely_names_atoms_that_hold_whenever_the_condition_does(
    condition: Condition, known: Made
):
    """What a condition needs in any case is true wherever the condition is true."""
    failing = [atom for atom in surely(condition) if known[atom] is not True]

    assert truth(condition, known) is not True or failing == []


@quick
@given(conditions, truths)
def test_a_compiled_condition_says_what_the_reference_says(condition: Condition, known: Made):
    """Its truth, what settled it and what can still settle it are those of the slow reference."""
    assert truth(condition, known) is reference.truth(condition, known)
    assert settled_by(condition, known) == reference.settled_by(condition, known)
    assert unsettled(condition, known) == reference.unsettled(condition, known)


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
