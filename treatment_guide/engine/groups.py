"""The group of an option, and which questions could still change it."""

from __future__ import annotations

from treatment_guide.engine.compiled.rules import CompiledGuide, CompiledOption
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import GROUPS, Group


def group_of(option: CompiledOption, known: Known) -> Group:
    """The group of an option, by the first line that holds. `CompiledOption.grouped` has all lines
    but the second.

    1. an `against` is true, or every `fits` is false: less-likely
    2. that holds for each choice that an unsure answer (about the cause) may mean: less-likely
    3. a `wait` is true, or a `first` is false: later
    4. a `fits` is true and every `first` is true: fits
    5. otherwise: depends
    """
    group = GROUPS[option.grouped(known.chosen, known.possible)]
    if not known.unsure_which or group == "less-likely":
        return group
    nowhere = all(option.ruled_out(*each) for each in known.one_of())
    return "less-likely" if nowhere else group


def all_groups(rules: CompiledGuide, known: Known) -> dict[str, Group]:
    """`group_of` every option, by its id, in fixed order."""
    if known.unsure_which:
        return {name: group_of(option, known) for name, option in rules.options.items()}
    found = rules.all_grouped(known.chosen, known.possible)
    return {name: GROUPS[place] for name, place in zip(rules.options, found, strict=True)}


def open_in_group(option: CompiledOption, known: Known, group: Group) -> int:
    """The questions that could still change the group of an option.

    None once it is less-likely. Those of `fits` only while no `fits` is true. Those of `wait` and
    `first` only while it is not later. Those of `against` always.
    """
    if group == "less-likely":
        return 0
    chosen, possible = known.chosen, known.possible
    found = option.open_against(chosen, possible) | option.open_fits(chosen, possible)
    if group != "later":
        found |= option.open_wait(chosen, possible) | option.open_first(chosen, possible)
    return found
