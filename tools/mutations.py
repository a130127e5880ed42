"""Take each rule of the real content away, and turn each one round: does some case notice?

    .venv/bin/python tools/mutations.py            by the patient cases alone: some seconds
    .venv/bin/python tools/mutations.py --audit    asks the audit too about what no case noticed
    .venv/bin/python tools/mutations.py --choices  leaves out single choices and parts of conditions

A rule that nothing notices when it is gone may be lost without a word. For every rule of an option
(`fits`, `first`, `wait`, `against`, `caution`) two mutants are made: without the rule, and with its
condition negated. A mutant is caught by a case that holds for the option as it is, and not for the
mutant; with --audit also by a finding of the audit that the option as it is does not have. Prints
the counts by kind, and each mutant that survived: option, kind, words, what was done.
Ends with status 1 where some did.

`--choices` makes finer mutants: each is a rule whose condition lacks one choice, or one part. It
shows where more cases would help; some of these mutants change nothing.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.content.cases.patients import Patient, misses_of, read_patients
from treatment_guide.engine.code import Layout
from treatment_guide.engine.compiled.rules import CompiledOption
from treatment_guide.engine.conditions import ALWAYS, Among, Condition, Not, questions_in
from treatment_guide.engine.groups import group_of
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import Option, Rule
from treatment_guide.engine.narrowing import place
from treatment_guide.engine.proof.audit import audit
from treatment_guide.engine.reader import Reader

KINDS = ("first", "wait", "against", "caution", "fits")


@dataclass(frozen=True)
class Mutant:
    """One option with one rule taken away or turned round, and what was done to it."""

    option: Option
    kind: str
    because: str
    change: str

    def __str__(self) -> str:
        return f"{self.option.id:30} {self.kind:8} {self.because:32} {self.change}"


def negated(condition: Condition) -> Condition:
    """The condition that is true where this one is false."""
    return condition.part if isinstance(condition, Not) else Not(condition)


def lacking(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """The condition without one of its choices or parts, each time with what is left out."""
    if isinstance(condition, Among):
        if len(condition.choices) > 1:
            for choice in sorted(condition.choices):
                fewer = Among(condition.question, condition.choices - {choice})
                yield f"without {condition.question} {choice}", fewer
    elif isinstance(condition, Not):
        for what, part in lacking(condition.part):
            yield what, Not(part)
    else:
        for i, part in enumerate(condition.parts):
            before, after = condition.parts[:i], condition.parts[i + 1 :]
            for what, fewer_choices in lacking(part):
                yield what, replace(condition, parts=(*before, fewer_choices, *after))
            if before or after:
                asked = "+".join(sorted(questions_in(part)))
                yield f"without what it says of {asked}", replace(condition, parts=before + after)


def mutants(option: Option, choices: bool = False) -> Iterator[Mutant]:
    """Every mutant of an option. A rule for everybody is only taken away: its negation never acts.

    With `choices` the finer ones: rules whose condition lacks a choice or a part. Where an
    `against` holds for everybody (options for trials only), `fits` decides nothing.
    """
    for kind in KINDS:
        rules: tuple[Rule, ...] = getattr(option, kind)
        if kind == "fits" and ALWAYS in (rule.condition for rule in option.against):
            continue
        for i, rule in enumerate(rules):
            before, after = rules[:i], rules[i + 1 :]
            others = list(lacking(rule.condition)) if choices else []
            if not choices:
                yield Mutant(
                    replace(option, **{kind: before + after}), kind, rule.because, "taken away"
                )
                if rule.condition != ALWAYS:
                    others = [("turned round", negated(rule.condition))]
            for change, condition in others:
                new = (*before, replace(rule, condition=condition), *after)
                yield Mutant(replace(option, **{kind: new}), kind, rule.because, change)


class Cases:
    """The cases of one guide, prepared: what each says of an option can be asked of its mutants."""

    def __init__(self, guide: Guide, patients: Iterable[Patient]) -> None:
        self.guide = guide
        readers = ((each, Reader(guide, each.answers)) for each in patients)
        self.known = [(each, reader.known) for each, reader in readers if not reader.urgent]

    def hold(self, option: Option) -> Callable[[Patient, Known], bool]:
        """A function that says whether what a case says of this option holds."""
        compiled = CompiledOption(self.guide.compiled.compiler, option)
        return lambda patient, known: (
            not any(misses_of(patient, place(compiled, known, group_of(compiled, known))))
        )

    def that_hold(self, option: Option) -> list[tuple[Patient, Known]]:
        """The cases that say something of an option, and hold."""
        holds = self.hold(option)
        about = [pair for pair in self.known if option.id in pair[0].options]
        return [pair for pair in about if holds(*pair)]

    def survivors(self, option: Option, choices: bool = False) -> list[Mutant]:
        """The mutants of an option that no case notices."""
        right = self.that_hold(option)
        return [each for each in mutants(option, choices) if self.blind(each, right)]

    def blind(self, mutant: Mutant, right: Sequence[tuple[Patient, Known]]) -> bool:
        """True where all cases that held for the option hold for its mutant too."""
        holds = self.hold(mutant.option)
        return all(holds(*pair) for pair in right)


def passes_audit(guide: Guide, layout: Layout, mutant: Mutant) -> bool:
    """True where the audit finds nothing in the mutant that it does not find in the option."""

    def findings(option: Option) -> int:
        floor = guide.options[guide.floor]
        few = {guide.floor: floor, option.id: option}
        return len(audit(replace(guide, options=few, notices=(), asks=()), layout).findings)

    return findings(mutant.option) <= findings(guide.options[mutant.option.id])


def main(arguments: Sequence[str]) -> int:
    """Make all mutants of the real content and print which survive. Returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
    import django

    django.setup()
    from treatment_guide.library.content_check import current_library

    library = current_library()
    cases = Cases(library.guide, read_patients())
    made: Counter[str] = Counter()
    left: list[Mutant] = []
    choices = "--choices" in arguments
    for option in library.guide.options.values():
        made.update(each.kind for each in mutants(option, choices))
        left += cases.survivors(option, choices)
    print(f"{len(cases.known)} cases with options; {made.total()} mutants")
    if "--audit" in arguments:
        left = [each for each in left if passes_audit(library.guide, library.layout, each)]
    for mutant in left:
        print(mutant)
    alive = Counter(each.kind for each in left)
    for kind in KINDS:
        print(
            f"{kind:8} {made[kind]:5} made, {made[kind] - alive[kind]:5} caught, {alive[kind]:5} not"
        )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
