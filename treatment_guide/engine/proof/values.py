"""The proof of property 12: what matters to a reader never changes a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treatment_guide.engine.compiled.bits import QuestionBits
from treatment_guide.engine.groups import group_of
from treatment_guide.engine.model import Option
from treatment_guide.engine.proof.findings import Finding
from treatment_guide.engine.proof.options import OptionSpace


def values_neutral(option: Option, spaces: Iterable[OptionSpace]) -> Iterator[Finding]:
    """Property 12: no answer to a question that only weighs (`weigh` in flow.yaml) moves an option
    to another group, in any class of its rules. Counts follow from groups; property 7 is about
    order, for these answers too. Rules that no such question reaches cannot break it.
    """
    for space in spaces:
        for question in space.bits.order:
            if not question.question.narrows and space.rules.choices & question.mask:
                yield from _moved(option, space, question)


def _moved(option: Option, space: OptionSpace, question: QuestionBits) -> Iterator[Finding]:
    for number, known in enumerate(space.space.known):
        for choice, own in question.choices.items():
            now = group_of(space.rules, known.answering(question, own))
            if now != space.groups[number]:
                message = f"{question.id}.{choice} moves it to {now}: {space.sample_text(number)}"
                yield Finding(12, option.id, message)
                return
