"""Where every option stands for one reader, and why."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from typing import TypeVar

from treatment_guide.engine.compiled.bits import each_bit
from treatment_guide.engine.compiled.rules import CompiledOption, CompiledRules
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import Group
from treatment_guide.engine.outcome import Outcome, Reason, Standing, Urgent
from treatment_guide.engine.reader import Reader

T = TypeVar("T")


def names(known: Known, deciding: int) -> tuple[str, ...]:
    """The ids of the answered questions to name for the `deciding` ones (marks), in order asked.

    An unanswered question can decide because another answer limits it; then that one is named: the
    place for a cause that is not offered there, the cause for a place that it rules out. For an
    unsure cause of which every possible meaning is ruled out, the place is named.
    """
    answered = known.answered
    found = deciding & answered
    if deciding != found:
        for mark in each_bit(deciding & ~answered):
            found |= known.bits.by_mark[mark].near & answered
    if not found:
        for question in known.bits.one_of:
            if question.mark & answered and question.parent:
                found |= question.parent.mark & answered or question.mark
    return known.bits.named(found)


def acting(rules: CompiledRules[T], known: Known) -> list[T]:
    """The effects of the rules that act, each with the questions that made it act. A rule whose
    condition is `always` names no question: no answer is its reason.
    """
    flags = rules.flags(known.chosen, known.possible)
    if rules.all_effects is not None:
        return list(compress(rules.all_effects, flags))
    return [explained(rules, i, known) for i in compress(range(len(flags)), flags)]


def explained(rules: CompiledRules[T], i: int, known: Known) -> T:
    """The effect of the rule with this number, which acts."""
    if i in rules.effects:
        return rules.effects[i]
    deciding = rules.settled_by[i](known.chosen, known.possible)
    return rules.effect(rules.rules[i].because, names(known, deciding) if deciding else ())


def reasons(option: CompiledOption, group: Group, known: Known) -> tuple[Reason, ...]:
    """The reasons for which an option stands in its group."""
    if group == "less-likely":
        if option.spoken_against(known.chosen, known.possible):
            return tuple(acting(option.against, known))
        unused_by = option.unused_by(known.chosen, known.possible)
        if unused_by and not unused_by & ~known.answered:
            return (option.unused[unused_by],)
        return (Reason("nowhere", option.option.nowhere, names(known, unused_by)),)
    if group == "later":
        return (*acting(option.wait, known), *acting(option.first, known))
    if group == "fits":
        return tuple(acting(option.fits, known))
    return tuple(open_reasons(option, known))


def open_reasons(option: CompiledOption, known: Known) -> Iterable[Reason]:
    """The reasons of kind `open`: unknown `fits` together, then each unknown `first`."""
    chosen, possible = known.chosen, known.possible
    if not any(option.fits.flags(chosen, possible)):
        yield Reason("open", None, known.bits.named(option.open_fits(chosen, possible)))
    for rule, questions in zip(option.first.rules, option.open_first_each, strict=True):
        found = questions(chosen, possible)
        if found:
            yield Reason("open", rule.because, known.bits.named(found))


def place(option: CompiledOption, known: Known, group: Group) -> Standing:
    """The standing of an option in its group: reasons, cautions, and whether the reader had it."""
    return Standing(
        option.id,
        group,
        reasons(option, group, known),
        tuple(acting(option.caution, known)) if group != "less-likely" else (),
        bool(option.done and option.done(known.chosen, known.possible)),
    )


def narrow(reader: Reader) -> Urgent | Outcome:
    """The outcome for a reader; `Urgent` when a ticked danger sign is an emergency or for today."""
    for level, ticked in reader.signs.items():
        if level != "days":
            return Urgent(level, ticked)
    known, options = reader.known, reader.rules.options
    return Outcome(
        tuple([place(options[name], known, group) for name, group in reader.groups.items()]),
        tuple(acting(reader.rules.notices, known)),
        tuple(acting(reader.rules.asks, known)),
    )
