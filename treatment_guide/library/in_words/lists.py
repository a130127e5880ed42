"""Lists in words."""

from collections.abc import Sequence
from functools import reduce


def joined(pattern: str, parts: Sequence[str]) -> str:
    """`parts` joined by a pattern with two placeholders, as `{first} or {next}`; empty for none."""
    if not parts:
        return ""
    return reduce(lambda first, following: pattern.format(first=first, next=following), parts)
