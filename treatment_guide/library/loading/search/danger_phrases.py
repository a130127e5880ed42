"""The phrases by which a search finds danger, checked: a phrase must be able to be found, must
not stand twice, and must not alarm for a name that the guide itself uses.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from treatment_guide.engine.answers import Question
from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.loading.search.families import Families, UnknownFamily
from treatment_guide.library.model import DangerPhrases, Library, SearchWords
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.search import DangerPhrasesShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.search.danger import DangerFinder
from treatment_guide.library.search.patterns import Pattern, Patterns
from treatment_guide.library.search.plain_words import plain
from treatment_guide.library.text.content_files import (
    Document,
    Entry,
    Section,
    entry,
    read_page,
    read_yaml,
)
from treatment_guide.library.text.style.guards import Style
from treatment_guide.library.text.style_rules import lint_line

RULES = "guide/danger-phrases.yaml"
#: The parts of the file of words that hold no phrases of danger.
SAME, FAMILIES, NOT_NOW, CALM = "same-words", "families", "not-now", "calm"
#: Shorter phrases would be found in words that mean something else.
SHORTEST = 3
_BOLD = re.compile(r"\*\*(.+?)\*\*")


class DangerPhraseReader:
    """Reads `guide/danger-phrases.yaml` and `en/danger-phrases.md`. Both may be missing in a small
    guide.
    """

    def __init__(
        self,
        files: WordFiles,
        questions: Mapping[str, Question],
        search: SearchWords,
        style: Style,
        problems: Problems,
    ) -> None:
        """`style` knows names that may contain digits."""
        self.files = files
        self.file = files.file("danger-phrases")
        self.questions = questions
        self.search = search
        self.style = style
        self.problems = problems
        #: Where each phrase stands: its line and its part. One with `{…}` stands for many.
        self.places: dict[str, tuple[int, str]] = {}
        #: Each phrase as written: its line, its part, and the phrases that it stands for.
        self.written: dict[str, tuple[int, str, list[str]]] = {}
        self.families = Families({})
        self.finder: DangerFinder | None = None

    def danger_phrases(self) -> DangerPhrases:
        """The phrases. Faults are noted."""
        path, rules = self.files.path("danger-phrases"), self.files.root / RULES
        document = read_yaml(rules, RULES, self.problems) if rules.exists() else None
        page = read_page(path, self.file, self.problems) if path.exists() else None
        shape = document and validated(DangerPhrasesShape, document, document.data, self.problems)
        if not page or not shape or not document:
            return DangerPhrases()
        sections = {section.id: section for section in page.sections}
        signs = {
            sign: level for each in self.questions.values() for sign, level in each.levels.items()
        }
        for name in shape.own.keys() & signs.keys():
            message = f"`{name}` is a danger sign of the questions and has its level there."
            self.problems.add(RULES, document.line(("own", name)), "own", message)
        levels = {**shape.own, **signs}
        raised = tuple((each.sign, each.beside, each.to) for each in shape.raised)
        known = {*levels, *(beside for _, beside, _ in raised)}
        self._known(sections, known, levels, raised, document)
        parts = {name: entry(section) for name, section in sections.items() if name in known}
        self.families = Families(dict(self._families(sections.get(FAMILIES))))
        content = DangerPhrases(
            phrases=tuple(
                (words, name)
                for name, part in parts.items()
                for words in self._phrases(sections[name], part)
            ),
            levels={name: levels[name] for name in parts if name in levels},
            labels={
                name: self._label(part)
                for name, part in parts.items()
                if name in shape.own and name not in signs
            },
            raised=raised,
            same=tuple(self._same(sections.get(SAME))),
            not_now=tuple(words for _, words in _listed(sections.get(NOT_NOW))),
            calm=tuple(
                words
                for line, row in _listed(sections.get(CALM))
                for words in self._expanded(row, line, CALM)
            ),
        )
        # In a file that cannot be read stand signs whose phrases were left out: they may name it.
        for name in sorted(self.families.unused) if not self.problems.roots else ():
            message = f"No phrase names the family `{{{name}}}`. Leave it out."
            self.problems.add(self.file, sections[FAMILIES].line, name, message)
        self.finder = DangerFinder(content, self.search)
        self._check(content, self.finder)
        return content

    def check_calm(self, library: Library) -> None:
        """Note a phrase that alarms for a title, a synonym or a term of the guide."""
        if self.finder is None:
            return
        told: set[str] = set()
        for name in names_of(library):
            for phrase in self.finder.phrases(plain(name)):
                if phrase.meant in self.finder.levels and phrase.words not in told:
                    told.add(phrase.words)
                    line, part = self.places[phrase.words]
                    message = f"`{phrase.words}` alarms for “{name}”, which the guide itself says. "
                    message += f"Say more, or list the name under `## {CALM}`."
                    self.problems.add(self.file, line, part, message)

    def _known(
        self,
        sections: Mapping[str, Section],
        known: set[str],
        levels: Mapping[str, str],
        raised: tuple[tuple[str, str, str], ...],
        document: Document,
    ) -> None:
        """Note parts of no known name, ids without phrases, and rises of an unknown sign."""
        parts = {SAME, FAMILIES, NOT_NOW, CALM}
        for section in sections.values():
            if section.id not in known | parts:
                message = (
                    "This is no danger sign of the questions, and guide/danger-phrases.yaml does "
                    f"not name it.{meant(section.id, known | parts)}"
                )
                at = (self.file, section.line, section.id, message)
                self.problems.lacks("choice", section.id, *at)
        for name in known - sections.keys():
            message = f"Nobody can find `{name}`: write phrases under `## {name}` in {self.file}."
            at = (RULES, document.line(("own", name)), name, message)
            self.problems.lacks("danger phrase:words", name, *at)
        for i, (sign, _, _) in enumerate(raised):
            if sign not in levels:
                message = f"There is no danger sign `{sign}`.{meant(sign, levels)}"
                at = (RULES, document.line(("raised", i)), "raised", message)
                self.problems.lacks("choice", sign, *at)

    def _phrases(self, section: Section, part: Entry) -> Iterator[str]:
        """The phrases of a part; one that stands twice, and an unknown extra, are noted."""
        for extra in sorted(part.extras.keys() - {"label"}):
            self.problems.add(
                self.file, section.line, section.id, f"`- {extra}:` is not known here."
            )
        for line, words in _listed(section):
            if words in self.written:
                message = f"`{words}` stands twice. Keep one."
                self.problems.add(self.file, line, section.id, message)
                continue
            phrases = self._expanded(words, line, section.id)
            self.written[words] = line, section.id, phrases
            for each in phrases:
                if each not in self.places:
                    self.places[each] = line, section.id
                    yield each

    def _expanded(self, words: str, line: int, part: str) -> list[str]:
        """The phrases that a written one stands for; an unknown family is noted."""
        try:
            return self.families.expanded(words)
        except UnknownFamily as unknown:
            near = meant(unknown.name, self.families.names)
            message = f"`{words}`: `## {FAMILIES}` has no `{unknown.name}`.{near}"
            self.problems.add(self.file, line, part, message)
            return []

    def _families(self, section: Section | None) -> Iterator[tuple[str, list[str]]]:
        """The name of each family with its words."""
        for line, row in _rows(section):
            name, colon, words = row.removeprefix("- ").partition(": ")
            if row.startswith("- ") and colon and _split(words):
                yield name, _split(words)
            else:
                message = "A row has the form `- family: words that mean the same danger`."
                self.problems.add(self.file, line, FAMILIES, message)

    def _label(self, part: Entry) -> str:
        """The words of a danger without a sign of its own, as HTML."""
        label = part.extras.get("label", "")
        if not label:
            message = "A danger without a sign in the questions needs `- label: …`: what it is."
            self.problems.add(self.file, part.line, part.id, message)
        lint_line(self.file, part.line, part.id, label, self.style, self.problems)
        return _BOLD.sub(r"<b>\1</b>", html.escape(label, quote=False))

    def _same(self, section: Section | None) -> Iterator[tuple[str, str]]:
        """Pairs of what is typed and the word that stands for it."""
        seen: set[tuple[str, ...]] = set()
        for line, row in _rows(section):
            word, colon, others = row.removeprefix("- ").partition(": ")
            if not row.startswith("- ") or not colon or not plain(word):
                message = "A row has the form `- word: words that mean the same`."
                self.problems.add(self.file, line, SAME, message)
                continue
            for typed in _split(others):
                key = tuple(plain(typed))
                if not key or key in seen:
                    message = f"`{typed}` stands twice, or holds no word. Keep one."
                    self.problems.add(self.file, line, SAME, message)
                else:
                    seen.add(key)
                    yield typed, word

    def _check(self, content: DangerPhrases, finder: DangerFinder) -> None:
        """Note phrases that are too short, or that another phrase finds already."""
        patterns = {
            words: pattern
            for (words, _), pattern in zip(content.phrases, finder.patterns, strict=True)
        }
        parts: dict[str, Patterns[str]] = {
            name: Patterns(
                (patterns[words], words)
                for words, part in content.phrases
                if part == name
                and (not patterns[words].in_order or len(patterns[words].stems) == 1)
            )
            for name in dict.fromkeys(part for _, part in content.phrases)
        }
        seen: dict[tuple[str, ...], str] = {}
        for written, (line, part, phrases) in self.written.items():
            if not phrases:
                continue
            if any(len("".join(plain(words))) < SHORTEST for words in phrases):
                message = f"`{written}` is too short to be safe: give {SHORTEST} letters or more."
                self.problems.add(self.file, line, part, message)
            keys = {patterns[words].key for words in phrases}
            if keys <= seen.keys():
                message = f"`{written}` says the same as `{seen[min(keys)]}`. Keep one."
                self.problems.add(self.file, line, part, message)
            for key in keys:
                seen.setdefault(key, written)
            shorter = [_shorter(patterns[words], parts[part]) for words in phrases]
            if all(shorter):
                message = f"`{written}` is found by `{shorter[0]}` already. Leave it out."
                self.problems.add(self.file, line, part, message)


def _shorter(pattern: Pattern, others: Patterns[str]) -> str:
    """A phrase that is found wherever the pattern is, or an empty text. A phrase whose order counts
    says more than its words do.
    """
    if pattern.in_order:
        return ""
    stems = set(pattern.stems)
    found = others.found_in(pattern.stems)
    return next((words for other, words in found if set(other.stems) < stems), "")


def names_of(library: Library) -> Iterator[str]:
    """Everything that the guide itself calls things by: titles, terms, what people type."""
    for page in library.reading_pages:
        if page.id != "get-help-now":
            yield page.title
            yield page.short
    yield from (term.name for term in library.terms.values())
    yield from library.synonyms
    yield from library.page_names
    yield from (name for row in library.search_names.values() for name in row)


def _rows(section: Section | None) -> Iterator[tuple[int, str]]:
    """The lines of a part that hold something, each with its number in the file."""
    for number, row in enumerate(section.text.splitlines() if section else (), 1):
        if row.strip():
            assert section is not None
            yield section.line + number, row.strip()


def _listed(section: Section | None) -> Iterator[tuple[int, str]]:
    """The phrases of a comma-separated list, each with its line; without lines `- name: …`."""
    for line, row in _rows(section):
        if not row.startswith("- "):
            yield from ((line, words) for words in _split(row))


def _split(row: str) -> list[str]:
    return [words.strip() for words in row.split(",") if words.strip()]
