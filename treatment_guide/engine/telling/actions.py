"""What to do next: the notices that apply, composed into at most three actions with a day each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

#: When an action is done, the strongest first: see somebody within days; call today and ask for a
#: visit; on a date; at the visit.
When = Literal["days", "today", "date", "visit"]
WHENS: tuple[When, ...] = get_args(When)
#: The most actions of one reader.
MOST_ACTIONS = 3


@dataclass(frozen=True)
class ToDo:
    """What a notice asks for.

    `at_once` are the ids of the words that say when it cannot wait. `displaces` are the notices
    that contradict it: while this one applies, they are not said.
    """

    when: When
    at_once: tuple[str, ...] = ()
    displaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Action:
    """One action: when, and the ids of the notices that it says together.

    Without notices it asks for a visit, as everybody may. `day` is the day of a `date`; None where
    no day can be named.
    """

    when: When
    notices: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class Actions:
    """The actions of one reader, the strongest first, and the ids of the words for `at once, if`."""

    actions: tuple[Action, ...]
    at_once: tuple[str, ...]


def composed(
    todos: Mapping[str, ToDo], applying: Iterable[str], days: Mapping[str, date] | None = None
) -> Actions:
    """The actions for the notices that apply (ids, in the order of the guide).

    `days` gives the day of each notice whose `when` is `date`.

    Notices with the same `when` are one action. A call today is part of seeing somebody within
    days. Somebody who is to see or call nobody yet, and has no date to wait for, asks for a visit.
    """
    found = list(applying)
    displaced = {each for notice in found for each in todos[notice].displaces}
    said = [notice for notice in found if notice not in displaced]
    by_when: dict[When, list[str]] = {when: [] for when in WHENS}
    for notice in said:
        by_when[todos[notice].when].append(notice)
    if by_when["days"]:
        by_when["days"] += by_when.pop("today")
    actions = [
        Action(when, tuple(notices), _latest(days or {}, notices) if when == "date" else None)
        for when, notices in by_when.items()
        if notices
    ]
    if not by_when["days"] and not by_when["today"] and not by_when["date"]:
        actions.insert(0, Action("today"))
    at_once = dict.fromkeys(words for notice in said for words in todos[notice].at_once)
    return Actions(tuple(actions), tuple(at_once))


def _latest(days: Mapping[str, date], notices: Iterable[str]) -> date | None:
    """The latest of the days of these notices; None where none has a day."""
    return max((days[notice] for notice in notices if notice in days), default=None)
