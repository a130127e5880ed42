"""Faults of environment variables, and their messages without secrets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

#: Longer values are cut in a message.
MOST_SHOWN = 120


class Wrong(ValueError):
    """A value that cannot be used: a sentence about it, and an example of a right value."""

    def __init__(self, wrong: str, example: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.example = example


@dataclass(frozen=True)
class Fault:
    """The fault of one variable. `shown` is its value with every secret masked: empty for an empty
    value, `NOT_SET` for a variable that is not set.
    """

    variable: str
    shown: str
    wrong: str
    example: str

    def __str__(self) -> str:
        is_now = f"{self.variable} is `{self.shown}`" if self.shown else f"{self.variable} is empty"
        if self.shown == NOT_SET:
            is_now = f"{self.variable} is not set"
        right = f"Right is, for example: {self.variable}={self.example}"
        return _printable(f"{is_now}: {self.wrong} {right}")


#: Stands for the value of a variable that the environment lacks.
NOT_SET = "\0"


class BrokenSettings(ImproperlyConfigured):
    """The environment cannot be used. The message lists every fault."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        title = "A setting is wrong:" if count == 1 else f"{count} settings are wrong:"
        super().__init__("\n".join([title, *(f"  {fault}" for fault in self.faults)]))


def masked(variable: str, value: str | None) -> str:
    """A value for a message: cut, without unprintable characters, without a password. SECRET_KEY
    is never shown; of DATABASE_URL only parts that cannot be secret.
    """
    if value is None:
        return NOT_SET
    if variable == "SECRET_KEY":
        return "***" if value else ""
    if variable == "DATABASE_URL":
        return _cut(_database_shown(value))
    before, at, after = value.rpartition("@")
    if at and not value.startswith("mailto:"):
        scheme = re.match(r"[A-Za-z]{1,10}://", before)
        value = f"{scheme.group() if scheme else ''}***@{after}"
    return _cut(value)


def _database_shown(value: str) -> str:
    """`postgres://***@host/name`; nothing after the scheme where a password may stand anywhere."""
    plain = re.fullmatch(
        r"(?P<scheme>[A-Za-z0-9+.-]{1,20}:/{2,4})(?:(?P<user>[^@/?#]*)@)?"
        r"(?P<where>[A-Za-z0-9._/-]*(?::\d+)?(?:/[A-Za-z0-9._/-]*)?)(?P<rest>[?#].*)?",
        value,
        re.DOTALL,
    )
    if plain and "@" not in (plain["rest"] or ""):
        user = "" if plain["user"] is None else "***@"
        return f"{plain['scheme']}{user}{plain['where']}" + ("?***" if plain["rest"] else "")
    scheme = re.match(r"[A-Za-z0-9+.-]{1,20}://", value)
    return f"{scheme.group() if scheme else ''}***" if value else ""


def _cut(value: str) -> str:
    return _printable(value[:MOST_SHOWN]) + ("…" if len(value) > MOST_SHOWN else "")


def _printable(value: str) -> str:
    """A text with control and other unprintable characters escaped."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in value)
