"""What people type and the words that pages use for it; names for which a page comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.looked_up.page_addresses import PAGES
from treatment_guide.library.model import address
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Section, read_page

_LINK = re.compile(r"<([a-z]+):([a-z0-9-]+)>")
#: The form of a row in each part of the file.
_FORMS = {
    "synonyms": "`- what people type: what pages say`",
    "pages": "`- what people type: <option:prp>`",
}


class SynonymReader:
    """Reads `en/synonyms.md`. The file may be missing in a small guide."""

    def __init__(self, files: WordFiles, problems: Problems) -> None:
        self.problems = problems
        self.file, path = files.file("synonyms"), files.path("synonyms")
        page = read_page(path, self.file, problems) if path.exists() else None
        sections = {section.id: section for section in page.sections} if page else {}
        for section in sections.values():
            if section.id not in _FORMS:
                message = f"No part of this name is read.{meant(section.id, _FORMS)}"
                problems.add(self.file, section.line, section.id, message)
        #: The rows of each part: line, what people type, what it leads to.
        self._rows = {part: list(self._rows_of(sections.get(part))) for part in _FORMS}
        self._note_twice()

    def synonyms(self) -> dict[str, str]:
        """What people type: what pages say. `jab, shot: injection` gives two entries."""
        return {typed: to for _, row, to in self._rows["synonyms"] for typed in _typed(row)}

    def page_names(self, titles: Mapping[tuple[str, str], str]) -> dict[str, str]:
        """What people type, and the address of the page that comes first. Unknown pages are
        noted.
        """
        found: dict[str, str] = {}
        for line, row, to in self._rows["pages"]:
            link = _LINK.fullmatch(to)
            kind, name = link.groups() if link else ("", "")
            if kind == "page" and name in PAGES:
                found |= dict.fromkeys(_typed(row), PAGES[name])
            elif (kind, name) in titles:
                found |= dict.fromkeys(_typed(row), address(kind, name))
            elif link:
                message = f"There is no page `{kind}:{name}`."
                self.problems.lacks(kind, name, self.file, line, "pages", message)
            else:
                message = f"A row has the form {_FORMS['pages']}: words, then the link of a page."
                self.problems.add(self.file, line, "pages", message)
        return found

    def _rows_of(self, section: Section | None) -> Iterator[tuple[int, str, str]]:
        """The rows of a part: line, left side, right side. Others are noted."""
        for number, row in enumerate(section.text.splitlines() if section else (), 1):
            assert section is not None
            typed, colon, to = row.removeprefix("- ").partition(": ")
            if row.startswith("- ") and typed.strip() and colon and to.strip():
                yield section.line + number, typed, to.strip()
            elif row.strip():
                message = f"A row has the form {_FORMS[section.id]}, with a colon."
                self.problems.add(self.file, section.line + number, section.id, message)

    def _note_twice(self) -> None:
        """Note words that people type and that stand in two rows of a part: one would hide the
        other.
        """
        for part, rows in self._rows.items():
            seen: set[str] = set()
            for line, row, _ in rows:
                for typed in _typed(row):
                    if typed in seen:
                        message = f"`{typed}` stands twice among what people type. Keep one."
                        self.problems.add(self.file, line, part, message)
                    seen.add(typed)


def _typed(row: str) -> list[str]:
    """The phrases of the left side of a row."""
    return [typed.strip() for typed in row.split(",") if typed.strip()]
