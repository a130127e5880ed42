"""Sources, and the facts that cite them: read and checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from treatment_guide.library.faults.file_kinds import files_of
from treatment_guide.library.loading.facts import build_fact
from treatment_guide.library.loading.places import PlaceCheck
from treatment_guide.library.model import Fact, Language, Library, Source
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.facts import FactShape, SourceShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_entries, read_yaml
from treatment_guide.library.text.style.guards import Style
from treatment_guide.library.text.style_rules import lint_line

#: From so many entries of an earlier file on, a file is reported as a copy of it.
COPIED = 3
#: What the certainty of a fact that rests on leaflets alone may not be.
SURE = ("high", "moderate")


class EvidenceReader:
    """Reads the bibliography and the facts of a content folder."""

    def __init__(
        self, root: Path, language: Language, problems: Problems, original: Library | None = None
    ) -> None:
        """With the `original`, facts whose file of words is not translated are its facts."""
        self.root = root
        self.original = original
        self.foreign: set[str] = set()  # ids of these facts
        self.language = language
        self.problems = problems
        self.lines: dict[str, tuple[str, int]] = {}
        self.words_used: set[str] = set()  # keys of interface words that facts look up

    def sources(self) -> dict[str, Source]:
        """The bibliography, from every file of `guide/sources`."""
        found: dict[str, Source] = {}
        files: dict[str, str] = {}
        for file in files_of(self.root, "guide/sources", "yaml"):
            document = read_yaml(self.root / file, file, self.problems)
            if document is None:
                continue
            self.problems.stands("source", document.places())
            again = {name: files[name] for name in document.data if name in files}
            self.twice("source", document, again)
            for name, data in document.data.items():
                shape = validated(SourceShape, document, data, self.problems, (name,))
                files[name] = file
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
        self,
        sources: Mapping[str, Source],
        ui: Mapping[str, str],
        places: PlaceCheck,
        style: Style,
    ) -> dict[str, Fact]:
        """Every fact: its fields joined with its words. `places` are the words that name places;
        `style` knows names that may contain digits.
        """
        found: dict[str, Fact] = {}
        files: dict[str, str] = {}
        stems = {
            Path(each).stem
            for folder, ending in (("guide/facts", "yaml"), (f"{self.language.name}/facts", "md"))
            for each in files_of(self.root, folder, ending)
        }
        for stem in sorted(stems):
            file, words_file = f"guide/facts/{stem}.yaml", f"{self.language.name}/facts/{stem}.md"
            document = read_yaml(self.root / file, file, self.problems)
            if self.original and document and not (self.root / words_file).is_file():
                self.foreign |= document.data.keys()
                found |= {name: self.original.facts[name] for name in document.data}
                self.lines |= {name: (file, document.line((name,))) for name in document.data}
                units = (fact.counted_words for fact in self.original.facts.values())
                self.words_used |= {*units, *(key for key in ui if key.startswith("unit-"))}
                continue
            words = read_entries(self.root / words_file, words_file, self.problems)
            self.problems.stands(
                "fact:words", ((name, f"{words_file}:{each.line}") for name, each in words.items())
            )
            if document is None:
                for name in words:
                    self.problems.broken("fact", name)
                continue
            self.problems.stands("fact", document.places())
            for name in sorted(set(words) - set(document.data)):
                line, message = words[name].line, f"There is no fact `{name}` in {file}."
                self.problems.unused("fact:words", name, words_file, line, name, message)
            self.twice("fact", document, {n: files[n] for n in document.data if n in files})
            for name, data in document.data.items():
                line = document.line((name,))
                shape = validated(FactShape, document, data, self.problems, (name,))
                files[name] = file
                if name not in words:
                    message = f"It has no words in {words_file}."
                    self.problems.lacks("fact:words", name, file, line, name, message)
                self.problems.broken("fact", name)  # until it turns out to be sound
                if shape:
                    self.words_used |= {f"unit-{shape.unit}", f"fact-{shape.counted}"}
                if not shape or name not in words:
                    continue
                backed = [*shape.source]
                if shape.smallest_noticed:
                    backed.append(shape.smallest_noticed.source)
                sound = [self.has_source(file, line, name, each, sources) for each in backed]
                if all(sound):
                    self.leaflets(file, line, name, shape, sources)
                fact = build_fact(
                    name, shape, words[name], words_file, ui, self.language, self.problems
                )
                spoken = f"{words[name].body} {words[name].extras.get('who', '')}"
                at = (words_file, words[name].line) if self.original else None
                about = places.checked(shape.places, spoken, document, name, self.problems, at)
                for said in (words[name].body, *words[name].extras.values()) if fact else ():
                    line_of = words[name].body_line
                    lint_line(words_file, line_of, name, said, style, self.problems)
                if fact and all(sound):
                    found[name] = replace(fact, places=about)
                    self.lines[name] = (file, line)
        return found

    def has_source(
        self, file: str, line: int, name: str, cited: str, sources: Mapping[str, Source]
    ) -> bool:
        """True when the source of a fact exists. A missing one is noted, and one that was not read
        itself (`read: primary`).
        """
        if cited not in sources:
            self.problems.lacks("source", cited, file, line, name, f"There is no source `{cited}`.")
        elif sources[cited].read != "primary":
            message = f"`{cited}` was read only in a report of it. It may back words, not a number."
            self.problems.add(file, line, name, message)
        return cited in sources

    def leaflets(
        self, file: str, line: int, name: str, shape: FactShape, sources: Mapping[str, Source]
    ) -> None:
        """Note a fact that rests on leaflets alone and is called surer than `low`: a leaflet says
        what one place does or tells its patients, and counts nothing.
        """
        if shape.certainty in SURE and {sources[each].kind for each in shape.source} == {"leaflet"}:
            message = (
                f"It rests on leaflets alone: write `certainty: low`, not `{shape.certainty}`."
            )
            self.problems.add(file, line, name, message)

    def twice(self, kind: str, document: Document, again: Mapping[str, str]) -> None:
        """Note ids of a file that an earlier file has too (`again`: id to file). From `COPIED` on
        they are one fault: the file is a copy.
        """
        for other in sorted(set(again.values())):
            names = [name for name in again if again[name] == other]
            line = document.line((names[0],))
            if len(names) < COPIED:
                for name in names:
                    message = f"This {kind} stands twice, in {other} as well. Keep one."
                    self.problems.add(document.file, document.line((name,)), name, message)
                continue
            message = (
                f"{len(names)} entries stand twice, in {other} as well. Is this file a copy? "
                f"Take it out, or these: {', '.join(names)}."
            )
            self.problems.add(document.file, line, "", message)

    def unused_facts(self, facts: Mapping[str, Fact], used: Collection[str]) -> None:
        """Note facts that no page shows. `used` are the ids of those that pages name."""
        for name in sorted(set(facts) - set(used)):
            file, line = self.lines[name]
            message = f"No page shows this fact. Write `<fact:{name}>` on one, or take it out."
            self.problems.unused("fact", name, file, line, name, message)


def cited_on(library: Library) -> dict[str, tuple[tuple[str, str], ...]]:
    """For every source: the pages that cite it, as kind and id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in library.reading_pages:
        for source in page.sources:
            found.setdefault(source, []).append((page.kind, page.id))
    return {source: tuple(rows) for source, rows in found.items()}
