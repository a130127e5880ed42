"""Which faults are told, and which wait because they only follow from another.

A look-up in vain follows from a file that could not be read when that file may hold what was
looked up. So does an id that nothing names, when that file may name it. Both wait, and are
counted. All look-ups of one missing id are one fault, which names every place.
"""

from __future__ import annotations

from collections.abc import Iterable

from treatment_guide.library.faults.file_kinds import kind_of
from treatment_guide.library.faults.nearest import nearest
from treatment_guide.library.problems import BrokenContent, Lookup, Problem, Problems

#: How many further places of a missing id are named.
PLACES = 5
#: So many missing ids of one kind are told as one: a file of them is gone.
MANY = 12


def settled(problems: Problems) -> BrokenContent:
    """The faults to tell, in order, and how many checks wait for them."""
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
    """Files before what stands in them; then an id that many places name: it stands for the rest."""
    (kind, name), uses = row
    return not kind.endswith(":file"), -len(uses), (kind, name)


def _family(kind: str) -> str:
    """What an id of a kind is the id of: `fact` for `fact:words`."""
    return kind.partition(":")[0]


def _hidden(problems: Problems, kind: str, name: str) -> bool:
    """True when the thing may be there: it is faulty, or in a file that could not be read."""
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
    """The faults about missing ids of one kind; very many are told as one, which lists them."""
    if len(lookups) <= MANY:
        return [each.problem for each in lookups]
    first = min(each.problem for each in lookups)
    names = ", ".join(sorted(each.name for each in lookups))
    message = (
        f"{len(lookups)} ids of the kind {kind.replace(':', ', its ')} are named and stand nowhere. "
        f"Is a file of them gone? {names}"
    )
    return [Problem(first.file, first.line, first.field, message)]
