"""The names that may contain digits and do not count as hard words: `names.md` and the word list."""

from __future__ import annotations

import re
from collections.abc import Mapping

from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.text.content_files import Entry

#: Used while a list of names cannot be read: every word may be a name, so none is a fault.
_ANY_NAME = re.compile(r"[\w-]+")


def names_pattern(files: WordFiles, terms: Mapping[str, Entry]) -> re.Pattern[str]:
    """A pattern for these names. Longer names first, so that a short name inside one does not match."""
    listed = [
        name.strip()
        for each in files.entries("names").values()
        for row in each.body.splitlines()
        for name in row.removeprefix("- ").split(",")
        if name.strip()
    ]
    for each in terms.values():
        listed.append(each.extras.get("name", each.id))
        listed += [a.strip() for a in each.extras.get("also", "").split(",") if a.strip()]
    if files.broken("names", "glossary"):
        return _ANY_NAME
    ordered = sorted(set(listed), key=lambda name: (-len(name), name))
    # Grouped by first letter, so that a word is compared only with names that begin like it.
    by_letter: dict[str, list[str]] = {}
    for name in ordered:
        by_letter.setdefault(name[0].lower(), []).append(re.escape(name[1:]))
    rows = (f"{re.escape(letter)}(?:{'|'.join(r)})" for letter, r in by_letter.items())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(rows) or '(?!)'})(?![\w-])", re.IGNORECASE)
