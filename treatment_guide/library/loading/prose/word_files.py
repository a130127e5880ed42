"""The folder of words of one language, and its files of entries."""

from __future__ import annotations

from pathlib import Path

from treatment_guide.library.faults.file_kinds import files_of, unlisted
from treatment_guide.library.in_words.places import PLACE, comma_separated
from treatment_guide.library.loading.places import PlaceCheck
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Entry, entries_of, read_entries, read_page

LANGUAGE = "en"


class WordFiles:
    """The folder of words of one language."""

    def __init__(self, folder: Path, problems: Problems) -> None:
        self.folder = folder
        self.problems = problems

    def entries(self, name: str) -> dict[str, Entry]:
        """The entries of one file of words."""
        return read_entries(self.folder / f"{name}.md", f"{LANGUAGE}/{name}.md", self.problems)

    def place_names(self) -> PlaceCheck:
        """The words that name places, from the choices of the question that asks for one.

        Faults of that file are noted where its words are read.
        """
        name = f"questions/{PLACE}.md"
        page = read_page(self.folder / name, f"{LANGUAGE}/{name}", Problems())
        entries = entries_of(page, Problems()).values()
        return PlaceCheck(
            {each.id: comma_separated(each.extras.get("named", "")) for each in entries},
            read=page is not None,
        )

    def strangers(self, folder: str, wanted: set[str]) -> None:
        """Note files of a folder whose id is not in `wanted`: their words would never be shown."""
        for file in files_of(self.folder.parent, f"{LANGUAGE}/{folder}", "md"):
            name = Path(file).stem
            if name not in wanted:
                message = (
                    f"No list in guide/flow.yaml names this page. Add `{name}`, or take it out."
                )
                unlisted(self.folder.parent, file, message, self.problems)
