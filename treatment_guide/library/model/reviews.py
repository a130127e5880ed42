"""Reviews by clinicians: who signed what, what they objected to, and whose signature is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Change:
    """What says something else than when it was signed: its kind (`page`, `number`, `rule`, …), its
    name, its words then (empty: it is new), and its words now (empty: it is gone).
    """

    kind: str
    name: str
    was: str
    now: str


@dataclass(frozen=True)
class Signature:
    """One signature: who read what, in which role, and the hash of exactly what was read.

    It counts from `day` to `until`, and only while `holds`: while its subject has that hash in this
    language and region. `changes` are what changed since, where it does not. `interests` are the
    reviewer's own words, `none` where there are none; `registration` may be empty.
    """

    id: str
    what: str
    who: str
    role: str
    registration: str
    interests: str
    day: date
    until: date
    hash: str
    holds: bool
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Objection:
    """What a reviewer objected to, in the reviewer's words, and what came of it: `open`, `changed`
    in the release `release` (`next`: it has no name yet), or `declined` for `reason`.

    `hash` is that of the text that was objected to, where it is kept; `changes` are what changed in
    it since, told in its own language and region alone.
    """

    id: str
    what: str
    who: str
    role: str
    day: date
    words: str
    state: str
    release: str = ""
    reason: str = ""
    hash: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Reviews:
    """All signatures and objections of this language and region. `wants` has every subject that can
    be signed, those first that can harm most, each with the roles whose signature is wanted.

    `elsewhere`: this copy cannot take a name away when its day has come, so it shows none; the live
    site does.
    """

    roles: tuple[str, ...] = ()
    wants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signatures: tuple[Signature, ...] = ()
    objections: tuple[Objection, ...] = ()
    elsewhere: bool = False
