"""The check that a fact and its words agree on the places in the body that they are about.

A reader is shown only numbers about their own place, and each sentence says which place it is
about. So the field `places` of a fact must match the places that its words name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.in_words.places import ANY, PlaceNames
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Document


class PlaceCheck(PlaceNames):
    """The words that name places, with the check of facts.

    `read` is False where the file of the names could not be read: then nothing is checked.
    """

    def __init__(self, named: Mapping[str, Iterable[str]], *, read: bool = True) -> None:
        super().__init__(named)
        self.read = read

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
        words: tuple[str, int] | None = None,
    ) -> tuple[str, ...]:
        """The places that a fact is about; empty where it holds for all. Faults are noted: of a
        translation at its `words` (file and line), for the places are right.
        """
        for fault in self.faults(places, text) if self.read else ():
            if words:
                problems.add(*words, fact, fault)
            else:
                line = document.line((fact, "places"))
                problems.add(document.file, line, f"{fact}.places", fault)
        return tuple(place for place in places if place != ANY)
