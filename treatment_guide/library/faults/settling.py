"""Which faults are reported, and which are held back because they only follow from another.

A missing id is held back when a file that could not be read may define it; an unused id when such
a file may name it. Held-back faults are counted. All uses of one missing id make one fault, which
lists the places.
"""

from __future__ import annotations

from collections.abc import Iterable

from treatment_guide.library.faults.file_kinds import kind_of
from treatment_guide.library.faults.nearest import nearest
from treatment_guide.library.problems import BrokenContent, Lookup, Problem, Problems

#: How many further places of a missing id are named.
PLACES = 5
#: From so many missing ids of one kind on, they are one fault: a whole file of them is missing.
MANY = 12


def settled(problems: Problems) -> BrokenContent:
    """The faults to report, sorted, and the number of those held back."""
    told = set(problems.found)
    waiting = 0
    groups: dict[tuple[str, str], list[Lookup]] = {}
    for each in problems.lacking:
        groups.setdefault((each.kind, each.name), []).append(each)
    missing: dict[str, list[Lookup]] = {}
    pairs: set[tuple[str, str]] = set()
    for (kind, name), uses in sorted(groups.items(), key=_first_told):
        if _hidden(problems, kind, name) or (_family(kind), name) in pairs:
            waiting += len(uses)
            continue
        near = _near(problems, kind, name)
        if near:
            pairs |= {(_family(kind), name), (_family(kind), near)}
        missing.setdefault(kind, []).append(_one(problems, uses, near))
    for kind, lookups in missing.items():
        told.update(_few(kind, lookups))
    for each in problems.idle:
        if (_family(each.kind), each.name) in pairs or _named_unread(problems, each):
            waiting += 1
        else:
            told.add(each.problem)
    return BrokenContent(
        sorted(told, key=lambda one: (one.file not in problems.roots, one)), waiting
    )


def _first_told(row: tuple[tuple[str, str], list[Lookup]]) -> tuple[bool, int, tuple[str, str]]:
    """The sort key: missing files before the ids in them, then ids that more places name."""
    (kind, name), uses = row
    return not kind.endswith(":file"), -len(uses), (kind, name)


def _family(kind: str) -> str:
    """The kind without what follows its colon: `fact` for `fact:words`."""
    return kind.partition(":")[0]


def _hidden(problems: Problems, kind: str, name: str) -> bool:
    """True when the id may be defined after all: faulty, or in a file that could not be read."""
    if (kind, name) in problems.faulty:
        return True
    bare = name.rpartition(".")[2]
    return any(
        kind in kind_of(file).holds and (ids is None or bare in ids)
        for file, ids in problems.unreadable
    ) or any(kind_of(file).is_itself(kind, name, file) for file, _ in problems.unreadable)


def _named_unread(problems: Problems, idle: Lookup) -> bool:
    """True when a file that could not be read may name the id."""
    bare = idle.name.rpartition(".")[2]
    return any(
        idle.kind in kind_of(file).names and (ids is None or bare in ids)
        for file, ids in problems.unreadable
    )


def _near(problems: Problems, kind: str, name: str) -> str:
    """The id of this kind that `name` may be a misspelling of; empty for none."""
    scope, _, bare = name.rpartition(".")
    ids = {
        each.rpartition(".")[2]: each
        for each in problems.known.get(kind, {})
        if each.rpartition(".")[0] == scope
    }
    return ids.get(nearest(bare, ids), "")


def _one(problems: Problems, uses: list[Lookup], near: str) -> Lookup:
    """One fault for all the places that name a missing id."""
    first, *more = sorted({each.problem for each in uses})
    message = first.message
    if near:
        place = problems.known[uses[0].kind][near]
        message += f" Is `{near.rpartition('.')[2]}` meant, in {place}?"
    if more:
        named = ", ".join(f"{each.file}:{each.line}" for each in more[:PLACES])
        rest = f" and {len(more) - PLACES} more" if len(more) > PLACES else ""
        message += f" It is named in {named}{rest} as well."
    problem = Problem(first.file, first.line, first.field, message)
    return Lookup(uses[0].kind, uses[0].name, problem)


def _few(kind: str, lookups: list[Lookup]) -> Iterable[Problem]:
    """The faults about missing ids of one kind: one each, or from `MANY` on a single one."""
    if len(lookups) <= MANY:
        return [each.problem for each in lookups]
    first = min(each.problem for each in lookups)
    names = ", ".join(sorted(each.name for each in lookups))
    message = (
        f"{len(lookups)} ids of the kind {kind.replace(':', ', its ')} are named and stand nowhere. "
        f"Is a file of them gone? {names}"
    )
    return [Problem(first.file, first.line, first.field, message)]
