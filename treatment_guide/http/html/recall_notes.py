"""The notes on a page about what was withdrawn: an option, its reasons, its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from treatment_guide.library.model import Library, Page, Recall
from treatment_guide.library.once import once_per_library


@dataclass(frozen=True)
class Note:
    """One recall as a page tells it: what it is (`option`, `rule`, `fact`), and its words."""

    kind: str
    recall: Recall
    why: str
    do: str
    language: str


def note_of(library: Library, recall: Recall) -> Note:
    """A recall in the language of the library, or in that of the guide where it has no such words."""
    said = recall.said(library.language.name)
    kind = {"reason": "rule"}.get(recall.kind, recall.kind)
    return Note(kind, recall, said.why, said.do, said.language)


def notes_on(library: Library, page: Page) -> list[Note]:
    """The recalls that a page has to tell of: those of its option, of its rules, of its numbers. What
    several have in common is told once; the page of a withdrawn option tells of nothing else.
    """
    found: dict[tuple[object, ...], Note] = {}
    for recall in library.recalls:
        if page.id in library.withdrawn and (recall.kind, recall.name) != ("option", page.id):
            continue
        here = page.kind == "option" and (
            recall.option == page.id or page.id in options_with(library).get(recall.name, ())
        )
        if here or (recall.kind == "fact" and recall.name in page.facts):
            note = note_of(library, recall)
            found.setdefault((note.kind, recall.day, recall.by, note.why, note.do), note)
    return list(found.values())


@once_per_library  # saves a look through all rules a page, while a reason is withdrawn
def options_with(library: Library) -> dict[str, frozenset[str]]:
    """The options that gave each withdrawn reason, before it was withdrawn."""
    before = (library.released or library).guide.options.values()
    found = {}
    for recall in library.recalls:
        if recall.kind == "reason":
            found[recall.name] = frozenset(
                option.id
                for option in before
                for rule in (*option.grouping, *option.caution, *option.done)
                if rule.because == recall.name
            )
    return found


def pages_with(library: Library, recall: Recall) -> list[Page]:
    """The pages that tell of a recall, in the order of the guide."""
    options = {recall.option, *options_with(library).get(recall.name, ())}
    return [
        page
        for page in library.reading_pages
        if (page.kind == "option" and page.id in options)
        or (recall.kind == "fact" and recall.name in page.facts)
    ]
