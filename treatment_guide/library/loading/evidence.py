"""The evidence: sources, and the numbers that stand on them, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from treatment_guide.library.loading.facts import build_fact
from treatment_guide.library.loading.places import PlaceNames
from treatment_guide.library.loading.words import LANGUAGE
from treatment_guide.library.model import Fact, Library, Source
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.facts import FactShape, SourceShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import read_entries, read_yaml


class EvidenceReader:
    """Reads the bibliography and the facts of a content folder."""

    def __init__(self, root: Path, problems: Problems) -> None:
        self.root = root
        self.problems = problems
        self.lines: dict[str, tuple[str, int]] = {}
        self.words_used: set[str] = set()  # the words of the interface that facts ask for

    def sources(self) -> dict[str, Source]:
        """The bibliography, from every file of `guide/sources`."""
        found: dict[str, Source] = {}
        for path in sorted((self.root / "guide/sources").glob("*.yaml")):
            file = f"guide/sources/{path.name}"
            document = read_yaml(path, file, self.problems)
            if document is None:
                continue
            for name, data in document.data.items():
                shape = validated(SourceShape, document, data, self.problems, (name,))
                if name in found:
                    line = document.line((name,))
                    self.problems.add(file, line, name, "This source stands twice. Keep one.")
                if shape:
                    found[name] = Source(
                        name,
                        shape.kind,
                        shape.name,
                        shape.url,
                        shape.read,
                        shape.read_on,
                        shape.year,
                    )
        return found

    def facts(
        self, sources: Mapping[str, Source], ui: Mapping[str, str], names: PlaceNames
    ) -> dict[str, Fact]:
        """Every fact, its fields and its words joined. `names` are the words that name places."""
        found: dict[str, Fact] = {}
        base = self.root / "guide/facts"
        files = {p.stem for p in base.glob("*.yaml")} | {
            p.stem for p in (self.root / LANGUAGE / "facts").glob("*.md")
        }
        for stem in sorted(files):
            file, words_file = f"guide/facts/{stem}.yaml", f"{LANGUAGE}/facts/{stem}.md"
            document = read_yaml(base / f"{stem}.yaml", file, self.problems)
            words = read_entries(
                self.root / LANGUAGE / f"facts/{stem}.md", words_file, self.problems
            )
            if document is None:
                continue
            for name in sorted(set(words) - set(document.data)):
                line = words[name].line
                self.problems.add(words_file, line, name, f"There is no such fact in {file}.")
            for name, data in document.data.items():
                line = document.line((name,))
                shape = validated(FactShape, document, data, self.problems, (name,))
                if name in found:
                    self.problems.add(file, line, name, "This fact stands twice.")
                if name not in words:
                    self.problems.add(file, line, name, f"It has no words in {words_file}.")
                self.problems.broken("fact", name)  # until it is known to be whole
                if shape:
                    self.words_used |= {f"unit-{shape.unit}", f"fact-{shape.counted}"}
                if not shape or name not in words:
                    continue
                sound = [self.has_source(file, line, name, each, sources) for each in shape.source]
                fact = build_fact(name, shape, words[name], words_file, ui, self.problems)
                spoken = f"{words[name].body} {words[name].extras.get('who', '')}"
                about = names.checked(shape.places, spoken, document, name, self.problems)
                if fact and all(sound):
                    found[name] = replace(fact, places=about)
                    self.lines[name] = (file, line)
        return found

    def has_source(
        self, file: str, line: int, name: str, cited: str, sources: Mapping[str, Source]
    ) -> bool:
        """True where a number's source is there. A number stands on a source that was read
        itself; anything else is noted.
        """
        if cited not in sources:
            self.problems.add(file, line, name, f"There is no source `{cited}`.")
        elif sources[cited].read != "primary":
            message = f"`{cited}` was read only in a report of it. It may back words, not a number."
            self.problems.add(file, line, name, message)
        return cited in sources

    def unused_facts(self, library: Library) -> None:
        """A number nobody can see is a fault: use it or take it out."""
        used = {fact for page in library.reading_pages for fact in page.facts}
        for name in sorted(set(library.facts) - used):
            file, line = self.lines[name]
            self.problems.add(file, line, name, "No page uses this fact.")


def cited_on(library: Library) -> dict[str, tuple[tuple[str, str], ...]]:
    """For every source: the pages that cite it, as kind and id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in library.reading_pages:
        for source in page.sources:
            found.setdefault(source, []).append((page.kind, page.id))
    return {source: tuple(rows) for source, rows in found.items()}
