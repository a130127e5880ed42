"""Faults in the content: values to collect, never exceptions half-way."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Problem:
    """One fault, where it stands, and what to do about it."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f" [{self.field}]" if self.field else ""
        return f"{self.file}:{self.line}{where} {self.message}"


@dataclass
class Problems:
    """The faults found so far. Collecting goes on after the first, so that all are told at once."""

    found: list[Problem] = field(default_factory=list)
    faulty: set[tuple[str, str]] = field(default_factory=set)

    def broken(self, kind: str, name: str) -> None:
        """Note that a thing is there but faulty: what mentions it is not accused as well."""
        self.faulty.add((kind, name))

    def lacks(self, kind: str, name: str, known: Container[str]) -> bool:
        """True when a thing is nowhere: neither known, nor there and faulty."""
        return name not in known and (kind, name) not in self.faulty

    def add(self, file: str, line: int, field: str, message: str) -> None:
        """Note one fault."""
        self.found.append(Problem(file, line, field, message))


class BrokenContent(Exception):
    """The content cannot be served. `problems` holds every fault, sorted by file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{len(self.problems)} faults in the content:\n{lines}")
