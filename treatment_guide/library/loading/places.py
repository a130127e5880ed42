"""The words that name places in the body, and the check that a fact and its words agree on them.

A reader is shown only numbers about their own place, and each sentence says which place it is
about. So the field `places` of a fact must match the places that its words name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Document

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

    def __init__(self, named: Mapping[str, Iterable[str]], *, read: bool = True) -> None:
        """`read` is False where the file of the names could not be read: then nothing is checked."""
        self.read = read
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

    def faults(self, places: Sequence[str], text: str) -> list[str]:
        """The faults of the field `places` of a fact whose words are `text`, as sentences."""
        found = self.found(text)
        if ANY in places:
            if len(places) > 1:
                return [f"`{ANY}` stands alone."]
            return [] if found else [f"The words name no place: leave `{ANY}` out."]
        unknown = [place for place in places if place not in self.places]
        if unknown:
            return [
                f"`{place}` is no place that facts can be about.{meant(place, self.places)}"
                for place in unknown
            ]
        faults = []
        if len(set(places)) < len(places):
            faults.append("A place stands twice.")
        for name, stands_for in found.items():
            if stands_for.isdisjoint(places):
                message = (
                    f"The words say “{name}”. Give that place, or `{ANY}` if it holds for all."
                )
                faults.append(message)
        named = self.about(text)
        faults += [
            f"The words do not name `{place}`. Say it in the sentence or under `- who:`."
            for place in places
            if place not in named
        ]
        return faults

    def checked(
        self,
        places: Sequence[str],
        text: str,
        document: Document,
        fact: str,
        problems: Problems,
    ) -> tuple[str, ...]:
        """The places that a fact is about; empty where it holds for all. Faults are noted."""
        for fault in self.faults(places, text) if self.read else ():
            line = document.line((fact, "places"))
            problems.add(document.file, line, f"{fact}.places", fault)
        return tuple(place for place in places if place != ANY)
