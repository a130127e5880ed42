"""Faults of the content. They are collected; reading goes on after each.

There are three kinds, so that one mistake is not reported as a hundred faults: a fault that
follows from no other; an id that is looked up and missing; an id that nothing names. The last two
may only follow from a file that could not be read. `settling` decides that, at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

#: Words of a text that may be ids.
_IDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: file, line, field, and what to do about it."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f" [{self.field}]" if self.field else ""
        return f"{self.file}:{self.line}{where} {self.message}"


@dataclass(frozen=True)
class Lookup:
    """A fault about an id: its kind, such as `source` or `reason:words`, and the id itself."""

    kind: str
    name: str
    problem: Problem


@dataclass
class Problems:
    """The faults found so far, so that all can be reported at once."""

    found: list[Problem] = field(default_factory=list)
    lacking: list[Lookup] = field(default_factory=list)
    idle: list[Lookup] = field(default_factory=list)
    #: File and line of each id, by kind, for "Is … meant?".
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Texts that could not be read: the file, and the ids in the text (None: no text).
    unreadable: list[tuple[str, frozenset[str] | None]] = field(default_factory=list)
    #: The files that could not be read at all.
    roots: set[str] = field(default_factory=set)
    #: Kind and id of each thing that exists and is faulty.
    faulty: set[tuple[str, str]] = field(default_factory=set)

    def __bool__(self) -> bool:
        """True when there is any fault."""
        return bool(self.found or self.lacking or self.idle)

    def add(self, file: str, line: int, field: str, message: str) -> None:
        """Note a fault of its own: it follows from no other."""
        self.found.append(Problem(file, line, field, message))

    def lacks(self, kind: str, name: str, file: str, line: int, field: str, message: str) -> None:
        """Note a missing id, with file, line and field that name it."""
        self.lacking.append(Lookup(kind, name, Problem(file, line, field, message)))

    def unused(self, kind: str, name: str, file: str, line: int, field: str, message: str) -> None:
        """Note an id that nothing names, with file, line and field of it."""
        self.idle.append(Lookup(kind, name, Problem(file, line, field, message)))

    def stands(self, kind: str, names: Iterable[tuple[str, str]]) -> None:
        """Note that ids of a kind exist, each with its file and line as `file:line`."""
        self.known.setdefault(kind, {}).update(names)

    def unread(self, file: str, text: str | None = None) -> None:
        """Note that a file could not be read. Ids in its `text` may be defined or used in it."""
        ids = None if text is None else frozenset(_IDS.findall(text))
        self.unreadable.append((file, ids))
        self.roots.add(file)

    def left_out(self, file: str, data: Any) -> None:
        """Note that a part of a file could not be used: its text, or its keys and words."""
        ids = frozenset(_IDS.findall(" ".join(_words(data))))
        self.unreadable.append((file, ids))

    def broken(self, kind: str, name: str) -> None:
        """Note that a thing exists but is faulty, so that what names it is not reported too."""
        self.faulty.add((kind, name))


def _words(data: Any) -> Iterable[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from _words(value)
    elif isinstance(data, list):
        for each in data:
            yield from _words(each)
    else:
        yield str(data)


class BrokenContent(Exception):
    """The content cannot be served. `problems` are the reported faults: of files that cannot be
    read first, then by file and line. `waiting` is the number of faults held back.
    """

    def __init__(self, problems: list[Problem], waiting: int = 0) -> None:
        self.problems = problems
        self.waiting = waiting
        super().__init__("\n".join(self.lines()))

    def lines(self, folder: str = "") -> list[str]:
        """The message in lines: the number of faults, each fault, the number held back. `folder`
        is put before the name of every file in it, so that an editor can jump to it.
        """
        count = len(self.problems)
        told = [f"{count} fault{'' if count == 1 else 's'} in the content:"]
        told += [f"{'' if p.file[:1] == '/' else folder}{p}" for p in self.problems]
        if self.waiting:
            what = "check waits" if self.waiting == 1 else "checks wait"
            told.append(f"{self.waiting} more {what} until these are mended.")
        return told
