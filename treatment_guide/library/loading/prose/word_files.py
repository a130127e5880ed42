"""The folder of words of one language, and its files of entries."""

from __future__ import annotations

from pathlib import Path

from treatment_guide.library.faults.file_kinds import ORIGINAL, files_of, unlisted
from treatment_guide.library.in_words.places import PLACE, comma_separated
from treatment_guide.library.loading.places import PlaceCheck
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Entry, entries_of, read_entries, read_page

#: Words for staff of clinics and about the guide itself: a translation without them shows those of
#: the original.
FALL_BACK = frozenset(
    {"scorecard", "conformance", "grounds", "hazards", "pictures", "safety", "ui-clinics"}
)


class WordFiles:
    """The folder of words of one language: `language` is its name, and that of the folder."""

    def __init__(self, root: Path, language: str, problems: Problems) -> None:
        self.root = root
        self.language = language
        self.folder = root / language
        self.problems = problems

    @property
    def translates(self) -> bool:
        """True for the words of a translation."""
        return self.language != ORIGINAL

    def there(self, name: str) -> bool:
        """True when the language has this file itself."""
        return (self.folder / f"{name}.md").is_file()

    def of(self, name: str) -> str:
        """The language whose file is read under this name."""
        return ORIGINAL if name in FALL_BACK and not self.there(name) else self.language

    def file(self, name: str) -> str:
        """A file of words as faults name it: `en/options/prp.md`."""
        return f"{self.of(name)}/{name}.md"

    def path(self, name: str) -> Path:
        """Where the file stands."""
        return self.root / self.file(name)

    def original(self, name: str) -> Path:
        """Where the file of the original stands."""
        return self.root / ORIGINAL / f"{name}.md"

    def broken(self, *names: str) -> bool:
        """True when one of these files cannot be read: that is told."""
        return not self.problems.roots.isdisjoint(map(self.file, names))

    def entries(self, name: str) -> dict[str, Entry]:
        """The entries of one file of words."""
        return read_entries(self.path(name), self.file(name), self.problems)

    def place_names(self) -> PlaceCheck:
        """The words that name places, from the choices of the question that asks for one.

        Faults of that file are noted where its words are read.
        """
        name = f"questions/{PLACE}"
        page = read_page(self.path(name), self.file(name), Problems())
        entries = entries_of(page, Problems()).values()
        return PlaceCheck(
            {each.id: comma_separated(each.extras.get("named", "")) for each in entries},
            read=page is not None,
        )

    def strangers(self, folder: str, wanted: set[str]) -> None:
        """Note files of a folder whose id is not in `wanted`: their words would never be shown."""
        for file in files_of(self.root, f"{self.language}/{folder}", "md"):
            name = Path(file).stem
            if name not in wanted:
                message = (
                    f"No list in guide/flow.yaml names this page. Add `{name}`, or take it out."
                )
                unlisted(self.root, file, message, self.problems)
