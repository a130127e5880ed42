"""What people type into the search, and what it may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DangerPhrases:
    """What people type in danger.

    `phrases` are words with the id of what they mean: a danger sign of the questions, or a danger
    that has none (`labels`: its words as HTML). `levels` says how urgent each id is; an id without
    a level does not alarm by itself. `raised` are rows of two ids and a level: the first has that
    level where the second is found beside it. `same` are words that mean the same, and the word
    that stands for them. `not_now` are words such as "no" and "risk of": the next word is not meant
    to be happening. `calm` are phrases whose words mean no danger.
    """

    phrases: tuple[tuple[str, str], ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    raised: tuple[tuple[str, str, str], ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    not_now: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()
