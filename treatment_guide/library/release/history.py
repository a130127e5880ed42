"""What changed from release to release, for readers and for those who link here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library
from treatment_guide.library.release.releases import SHARED, Change, between, changes


@dataclass(frozen=True)
class Entry:
    """One release and what changed in it. `release` is empty, and there is no day, for what is not
    in a release yet; `first`: there was no release before it.
    """

    release: str
    day: date | None
    changes: tuple[Change, ...]
    first: bool = False


@once_per_library  # saves 0.1 s a page; one entry a release
def history(library: Library) -> tuple[Entry, ...]:
    """Every release, the newest first; before them what is not in a release yet, if anything is.

    What is withdrawn is no part of it: a recall acts without a release.
    """
    library = library.released or library
    ordered = sorted(library.releases.items(), key=lambda pair: _age(pair[0]))
    found = []
    for number, (release, record) in enumerate(ordered):
        before = ordered[number - 1][1] if number else None
        what = between(library, before, record) if before else ()
        found.append(Entry(release, record.day, what, first=before is None))
    if ordered and (since := changes(library, ordered[-1][1])):
        found.append(Entry("", None, since))
    return tuple(reversed(found))


def _age(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))


def about(entry: Entry, options: frozenset[str]) -> Entry:
    """An entry with what concerns some options: their pages, and what all pages share."""
    kept = []
    for change in entry.changes:
        pages = tuple(page for page in change.pages if page[0] == "option" and page[1] in options)
        if pages or change.kind in SHARED:
            kept.append(Change(change.kind, pages))
    return Entry(entry.release, entry.day, tuple(kept), entry.first)
