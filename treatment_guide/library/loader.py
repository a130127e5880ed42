"""Reads the whole content folder into one `Library`, or says everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from treatment_guide.library import schema
from treatment_guide.library.clinics import ClinicReader, not_offered
from treatment_guide.library.extras import ExtraReader
from treatment_guide.library.facts import build_fact
from treatment_guide.library.model import (
    Fact,
    Library,
    OptionPage,
    Page,
    SituationPage,
    Source,
    address,
)
from treatment_guide.library.pages import OPTION_PARTS, Linker, PageReader
from treatment_guide.library.problems import BrokenContent, Problems
from treatment_guide.library.reading import Document, Entry, read_entries, read_page, read_yaml
from treatment_guide.library.releases import read_releases
from treatment_guide.library.rules import RuleBook, read_rules
from treatment_guide.library.schema import validated
from treatment_guide.library.sentences import rule_lines
from treatment_guide.library.site import read_site
from treatment_guide.library.words import LANGUAGE, WordFiles, WordReader


def load_library(root: Path, given: Mapping[str, str] | None = None) -> Library:
    """The library made from a content folder. What is `given` takes the place of the fields of
    guide/site.yaml with the same name.

    Raises BrokenContent, which holds every fault found, when there is any.
    """
    problems = Problems()
    library = _Loader(root, given or {}, problems).library()
    if problems.found or library is None:
        raise BrokenContent(problems.found)
    return library


class _Loader:
    def __init__(self, root: Path, given: Mapping[str, str], problems: Problems) -> None:
        self.root = root
        self.given = given
        self.words = root / LANGUAGE
        self.files = WordFiles(self.words, problems)
        self.problems = problems
        self.fact_places: dict[str, tuple[str, int]] = {}

    def library(self) -> Library | None:
        sources = self.sources()
        book = read_rules(self.root, set(sources), self.problems)
        if book is None:
            return None
        ui = self.files.interface()
        facts = self.facts(sources, ui)
        site = read_site(self.root, self.given, set(sources), self.problems)
        ui |= {"site-name": site.name} if site.name else {}
        terms = self.files.entries("glossary")
        names = self.names(terms)
        linker = Linker(
            book.flow, sources, facts, terms, site, ui, self.titles(book), self.problems
        )
        reader = PageReader(self.words, linker, names, ui, self.problems)
        options = self.options(book, reader)
        steps = {name: reader.step(name) for name in book.flow.steps}
        topics = {name: reader.free("topic", name) for name in book.flow.topics}
        about = {name: reader.free("about", name) for name in book.flow.about}
        clinic_pages = {name: reader.free("clinics", name) for name in book.flow.clinics}
        pages = {name: reader.free("page", name) for name in ("home", "get-help-now")}
        situations = self.situations(book, reader)
        self.files.strangers("situations", set(situations))
        self.files.strangers("options", set(book.offered))
        self.files.strangers("steps", set(steps))
        self.files.strangers("topics", set(topics))
        self.files.strangers("about", set(about))
        self.files.strangers("clinics", set(clinic_pages))
        self.named_in_flow(book, linker.titles)
        extras = ExtraReader(self.files, self.problems)
        clinics = ClinicReader(self.files, book, self.problems)
        words = WordReader(self.files, linker, names, self.problems)
        questions = words.questions(book)
        reasons = words.reasons(book)
        notices = words.notices(book)
        asks = words.asks(book)
        glossary = {name: words.term(each) for name, each in terms.items()}
        made = Library(
            site=site,
            guide=book.guide,
            layout=book.layout,
            steps=_there(steps),
            step_options={step: tuple(row) for step, row in book.flow.steps.items()},
            options=options,
            topics=_there(topics),
            about=_there(about),
            pages=_there(pages),
            questions=questions,
            reasons=reasons,
            notices=notices,
            asks=asks,
            facts=facts,
            sources=sources,
            cited_on={},
            terms=dict(sorted(glossary.items(), key=lambda pair: pair[1].name.lower())),
            ui=ui,
            situations=situations,
            words=self.short_words(book, situations),
            compare=tuple(book.flow.compare),
            matters_first=dict(book.flow.matters_first),
            scores=tuple(extras.scores(linker.titles, ui)),
            search_names={
                each.page.address: tuple(word.replace("-", " ") for word in each.words)
                for each in situations.values()
            },
            proof=extras.proof(),
            clinic_pages=_there(clinic_pages),
            clinics=clinics.clinics(),
            diagnoses=clinics.diagnoses(),
            releases=read_releases(self.root, self.problems),
            conformance=extras.conformance(),
            **extras.search_words(),
        )
        pictured = {(page.kind, page.id): page for page in made.reading_pages}
        made = replace(made, pictures=extras.pictures(pictured))
        self.unused_facts(made)
        if self.problems.found:
            return None
        return replace(made, cited_on=cited_on(made), rules=rule_lines(made, book))

    def sources(self) -> dict[str, Source]:
        """The bibliography, from every file of `guide/sources`."""
        found: dict[str, Source] = {}
        for path in sorted((self.root / "guide/sources").glob("*.yaml")):
            file = f"guide/sources/{path.name}"
            document = read_yaml(path, file, self.problems)
            if document is None:
                continue
            for name, data in document.data.items():
                shape = validated(schema.SourceShape, document, data, self.problems, (name,))
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

    def facts(self, sources: Mapping[str, Source], ui: Mapping[str, str]) -> dict[str, Fact]:
        """Every fact, its fields and its words joined."""
        found: dict[str, Fact] = {}
        base = self.root / "guide/facts"
        files = {p.stem for p in base.glob("*.yaml")} | {
            p.stem for p in (self.words / "facts").glob("*.md")
        }
        for stem in sorted(files):
            file, words_file = f"guide/facts/{stem}.yaml", f"{LANGUAGE}/facts/{stem}.md"
            document = read_yaml(base / f"{stem}.yaml", file, self.problems)
            words = read_entries(self.words / f"facts/{stem}.md", words_file, self.problems)
            if document is None:
                continue
            for name in sorted(set(words) - set(document.data)):
                line = words[name].line
                self.problems.add(words_file, line, name, f"There is no such fact in {file}.")
            for name, data in document.data.items():
                line = document.line((name,))
                shape = validated(schema.FactShape, document, data, self.problems, (name,))
                if name in found:
                    self.problems.add(file, line, name, "This fact stands twice.")
                if name not in words:
                    self.problems.add(file, line, name, f"It has no words in {words_file}.")
                self.problems.broken("fact", name)  # until it is known to be whole
                if not shape or name not in words:
                    continue
                sound = [self.has_source(file, line, name, each, sources) for each in shape.source]
                fact = build_fact(name, shape, words[name], words_file, ui, self.problems)
                if fact and all(sound):
                    found[name] = fact
                    self.fact_places[name] = (file, line)
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

    def names(self, terms: Mapping[str, Entry]) -> re.Pattern[str]:
        """Names that may carry digits and do not count as hard words: en/names.md, the word list.

        Sorted by length, so that a long name is taken before a short one inside it.
        """
        listed = [
            name.strip()
            for each in self.files.entries("names").values()
            for row in each.body.splitlines()
            for name in row.removeprefix("- ").split(",")
            if name.strip()
        ]
        for each in terms.values():
            listed.append(each.extras.get("name", each.id))
            listed += [a.strip() for a in each.extras.get("also", "").split(",") if a.strip()]
        ordered = sorted(set(listed), key=lambda name: (-len(name), name))
        return re.compile(
            r"(?<![\w-])(?:" + "|".join(re.escape(name) for name in ordered) + r")(?![\w-])",
            re.IGNORECASE,
        )

    def named_in_flow(self, book: RuleBook, titles: Mapping[tuple[str, str], str]) -> None:
        """What flow.yaml names beside pages has to be there: parts to compare, ends of words."""
        document = read_yaml(self.root / "guide/flow.yaml", "guide/flow.yaml", Problems())
        if document is None:
            return
        for i, part in enumerate(book.flow.compare):
            if part not in OPTION_PARTS:
                line = document.line(("compare", i))
                message = f"No option page has a part `{part}`."
                self.problems.add(document.file, line, "compare", message)
        for word, end in book.flow.words.items():
            kind, is_page, name = end.partition(":")
            if (kind, name) not in titles if is_page else end not in book.flow.situations:
                line = document.line(("words", word))
                message = f"`{word}` leads to `{end}`: no page, and no place with a situation."
                self.problems.add(document.file, line, "words", message)

    def titles(self, book: RuleBook) -> dict[tuple[str, str], str]:
        """The title of every page that can be linked, for links that bring no words."""
        found: dict[tuple[str, str], str] = {}
        rows = [
            *(("option", "options", name) for name in book.offered),
            *(("step", "steps", name) for name in book.flow.steps),
            *(
                ("situation", "situations", name)
                for row in book.flow.situations.values()
                for name in row
            ),
            *(("topic", "topics", name) for name in book.flow.topics),
            *(("about", "about", name) for name in book.flow.about),
            *(("clinics", "clinics", name) for name in book.flow.clinics),
        ]
        quiet = Problems()  # the page readers say what is wrong with these files
        for kind, folder, name in rows:
            page = read_page(self.words / folder / f"{name}.md", "", quiet)
            title = page.front.get("title", name) if page else name
            found[(kind, name)] = re.sub(r" \([^)]*\)$", "", title)
        return found

    def options(self, book: RuleBook, reader: PageReader) -> dict[str, OptionPage]:
        """The options in fixed order."""
        found: dict[str, OptionPage] = {}
        for name, shape in book.option_shapes.items():
            page = reader.option(name)
            document = book.documents[name]
            related = self.related(document, shape.related, reader)
            for i, tag in enumerate(shape.tags):
                if f"tag-{tag}" not in reader.ui:
                    line = document.line(("tags", i))
                    message = f"There are no words for the tag `{tag}`."
                    self.problems.add(document.file, line, "tags", message)
            if page:
                found[name] = OptionPage(
                    page, shape.step, shape.certainty, tuple(shape.tags), related
                )
        return found

    def related(
        self, document: Document, listed: list[str], reader: PageReader
    ) -> tuple[tuple[str, str], ...]:
        """Related pages, written as an option's id or as `topic:id`."""
        found = []
        for i, each in enumerate(listed):
            kind, _, target = each.rpartition(":")
            if (kind or "option", target) not in reader.linker.titles:
                line = document.line(("related", i))
                self.problems.add(document.file, line, "related", f"There is no page `{each}`.")
            found.append((kind or "option", target))
        return tuple(found)

    def situations(self, book: RuleBook, reader: PageReader) -> dict[str, SituationPage]:
        """The situations, by place, each with answers that the questions really offer."""
        found: dict[str, SituationPage] = {}
        for place, row in book.flow.situations.items():
            for name in row:
                file = f"guide/situations/{name}.yaml"
                document = read_yaml(self.root / file, file, self.problems)
                page = reader.situation(name)
                if document is None:
                    continue
                shape = validated(schema.SituationShape, document, document.data, self.problems)
                if shape is None:
                    continue
                for i, answers in enumerate(shape.answers):
                    for fault in not_offered(book, answers):
                        line = document.line(("answers", i))
                        self.problems.add(file, line, "answers", fault)
                related = self.related(document, shape.related, reader)
                if page:
                    found[name] = SituationPage(
                        page, place, tuple(shape.answers), tuple(shape.words), related
                    )
        return found

    def short_words(
        self, book: RuleBook, situations: Mapping[str, SituationPage]
    ) -> dict[str, str]:
        """Short permanent words for paper, each with the address it leads to."""
        found = {word: word_end(end) for word, end in book.flow.words.items()}
        for name, situation in situations.items():
            for word in situation.words:
                if word in found:
                    file = f"guide/situations/{name}.yaml"
                    self.problems.add(file, 1, "words", f"The word `{word}` is taken.")
                found[word] = situation.page.address
        return found

    def unused_facts(self, library: Library) -> None:
        """A number nobody can see is a fault: use it or take it out."""
        used = {fact for page in library.reading_pages for fact in page.facts}
        for name in sorted(set(library.facts) - used):
            file, line = self.fact_places[name]
            self.problems.add(file, line, name, "No page uses this fact.")


def word_end(end: str) -> str:
    """Where a short word leads: a page named as `option:prp`, or a place among the situations."""
    kind, is_page, name = end.partition(":")
    return address(kind, name) if is_page else f"/situations/#{end}"


def cited_on(library: Library) -> dict[str, tuple[tuple[str, str], ...]]:
    """For every source: the pages that cite it, as kind and id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in library.reading_pages:
        for source in page.sources:
            found.setdefault(source, []).append((page.kind, page.id))
    return {source: tuple(rows) for source, rows in found.items()}


def _there(pages: Mapping[str, Page | None]) -> dict[str, Page]:
    return {name: page for name, page in pages.items() if page is not None}
