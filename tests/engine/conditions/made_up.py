"""Conditions made up for tests, what is known about their atoms, and what the compiled ones say."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import settings
from hypothesis import strategies as st

from treatment_guide.engine.answers import Question
from treatment_guide.engine.compiled.bits import Bits
from treatment_guide.engine.compiled.expressions import Writer, compiled
from treatment_guide.engine.conditions import (
    AllOf,
    Among,
    AnyOf,
    Condition,
    Not,
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
