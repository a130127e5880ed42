"""The words that name places in the body, and the places that a text is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

#: The question whose choices are places.
PLACE = "place"
#: The value of `places` for a fact whose words name a place although it holds for all places.
ANY = "any"


def comma_separated(names: str) -> tuple[str, ...]:
    """The names in a comma-separated line."""
    return tuple(name.strip() for name in names.split(",") if name.strip())


class PlaceNames:
    """The words that name places, by choice of the question `place`. A word may name several
    places: sciatica is felt in the back and in the buttock.
    """

    def __init__(self, named: Mapping[str, Iterable[str]]) -> None:
        self.places = frozenset(place for place, names in named.items() if names)
        self._stands_for: dict[str, set[str]] = {}
        for place, names in named.items():
            for name in names:
                self._stands_for.setdefault(name.lower(), set()).add(place)
        longest_first = sorted(self._stands_for, key=lambda name: (-len(name), name))
        any_name = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w-])(?:{any_name})(?![\w-])", re.IGNORECASE)

    def found(self, text: str) -> dict[str, frozenset[str]]:
        """The names in a text, each with the places it may name. Of names that overlap, only the
        longest counts: "outer hip" does not name the hip.
        """
        spoken = " ".join(text.split())
        names = (match.group().lower() for match in self._pattern.finditer(spoken))
        return {name: frozenset(self._stands_for[name]) for name in names}

    def about(self, text: str) -> frozenset[str]:
        """Every place that a text may be about; empty for words about none."""
        return frozenset().union(*self.found(text).values())
