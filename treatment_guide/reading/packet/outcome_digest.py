"""The outcomes at a place of the body, so that a person can read them: what stands where for
everybody there, then for each cause only what differs, then what each further answer moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.model import GROUPS
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.library.model import Library

PLACE, CAUSE = "place", "cause"
#: With more causes than this, a place is not one place of the body.
MANY = 12
#: Group of each option.
Groups = Mapping[str, str]
#: A bold beginning, and the words behind it.
Row = tuple[str, str]


def digest(library: Library, place: str) -> Iterator[tuple[str, list[Row]]]:
    """The outcomes at a place in parts: a heading, and its rows."""
    ui = library.ui
    here: Answers = {PLACE: frozenset((place,))}
    base = groups(library, here)
    yield ui["digest-all"], [(f"{ui[f'group-{g}']}:", names(library, base, g)) for g in GROUPS]
    causes = offered(library, here, CAUSE)
    by_cause = {cause: groups(library, {**here, CAUSE: frozenset((cause,))}) for cause in causes}
    label = library.questions[CAUSE].choices
    yield (
        ui["digest-causes"],
        [
            (f"{label[cause].label}:", differences(library, base, by_cause[cause]))
            for cause in causes
            if by_cause[cause] != base
        ],
    )
    # Who names no single place is asked about every cause: what else moves is shown without one.
    shown = by_cause if len(causes) <= MANY else {"": base}
    yield ui["digest-moves"], [("", ui["digest-note"])]
    for question in further(library):
        rows = list(moved(library, here, shown, question))
        if rows:
            yield library.questions[question].title, rows


def further(library: Library) -> list[str]:
    """The questions whose answers can move an option, but for place, cause and danger signs, which
    have parts of their own, and illnesses, which are signed in the safety matrix.
    """
    asked = library.guide.questions.values()
    signed = {answer.question for answer in library.guide.safety if answer.question == "health"}
    return [
        question.id
        for question in asked
        if question.narrows
        and not question.about_danger
        and question.id not in (PLACE, CAUSE, *signed)
    ]


def moved(
    library: Library, here: Answers, by_cause: Mapping[str, Groups], question: str
) -> Iterator[Row]:
    """What the answers to a question move, a row for each; answers that move the same share one."""
    labels = library.questions[question].choices
    same: dict[str, list[str]] = {}
    for choice in offered(library, here, question):
        if choice != "not-sure":
            after = {
                cause: groups(library, with_answers(here, cause, question, choice))
                for cause in by_cause
            }
            said = said_of(library, moves_of(by_cause, after), tuple(by_cause))
            same.setdefault(said, []).append(labels[choice].label)
    return ((f"{' / '.join(choices)}:", said) for said, choices in same.items() if said)


def with_answers(here: Answers, cause: str, question: str, choice: str) -> Answers:
    """The answers of somebody there with a cause (empty: none said) and one more answer."""
    given = {**here, question: frozenset((choice,))}
    return {**given, CAUSE: frozenset((cause,))} if cause else given


@dataclass(frozen=True)
class Move:
    """Options that one answer brings to a group. `causes` are those for which it does; none: all
    causes for which the option is open, so that it is neither there already nor less likely.
    """

    group: str
    options: tuple[str, ...]
    causes: tuple[str, ...] = ()


def moves_of(before: Mapping[str, Groups], after: Mapping[str, Groups]) -> list[Move]:
    """What one answer moves, by cause before and after it, the strongest group first."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for option in next(iter(before.values())):
        came: dict[str, list[str]] = {}
        for cause, there in after.items():
            if there and there[option] != before[cause][option]:
                came.setdefault(there[option], []).append(cause)
        for group, where in came.items():
            still_open = [c for c, stood in before.items() if is_open(stood[option], group)]
            causes = () if where == still_open else tuple(where)
            found.setdefault((group, causes), []).append(option)
    ordered = sorted(found.items(), key=lambda row: GROUPS.index(row[0][0]))
    return [Move(group, tuple(options), causes) for (group, causes), options in ordered]


def is_open(stands: str, group: str) -> bool:
    """True where an option that stands so could still come to a group."""
    return stands not in ("less-likely", group)


def said_of(library: Library, moves: list[Move], every: tuple[str, ...]) -> str:
    """Moves in words."""
    return " ".join(
        f"{library.ui[f'sign-{move.group}']}: "
        f"{', '.join(library.options[option].page.short for option in move.options)}"
        f"{among(library, move.causes, every)}."
        for move in moves
    )


def among(library: Library, where: tuple[str, ...], every: tuple[str, ...]) -> str:
    """The causes of a row, in brackets: all but a few where these are fewer; none for all."""
    if not where or len(where) == len(every):
        return ""
    labels = library.questions[CAUSE].choices
    others = [cause for cause in every if cause not in where]
    few = others if len(others) < len(where) else [*where]
    named = ", ".join(labels[cause].label for cause in few)
    return (
        f" ({library.ui['digest-all-but'].format(causes=named)})"
        if few is others
        else f" ({named})"
    )


def offered(library: Library, answers: Answers, question: str) -> tuple[str, ...]:
    """The choices of a question that these answers allow, in their order."""
    return tuple(library.guide.questions[question].offered(answers))


def groups(library: Library, answers: Answers) -> dict[str, str]:
    """The group of each option for some answers; empty where a danger sign is ticked."""
    outcome = narrow(Reader(library.guide, answers))
    if not isinstance(outcome, Outcome):
        return {}
    return {each.option: each.group for each in outcome.standings}


def names(library: Library, found: Groups, group: str) -> str:
    """The options of a group by name, in their order."""
    named = [library.options[o].page.short for o, g in found.items() if g == group]
    return f"{', '.join(named)}." if named else library.ui["group-none"]


def differences(library: Library, before: Groups, after: Groups) -> str:
    """The options that stand elsewhere after than before, by the group that they come to."""
    found = []
    for group in GROUPS:
        named = [
            library.options[option].page.short
            for option, there in after.items()
            if there == group and before.get(option) != group
        ]
        if named:
            found.append(f"{library.ui[f'sign-{group}']}: {', '.join(named)}.")
    return " ".join(found)
