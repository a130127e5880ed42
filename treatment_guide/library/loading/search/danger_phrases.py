"""The phrases by which a search finds danger, checked: a phrase must be able to be found, must
not stand twice, and must not alarm for a name that the guide itself uses.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from treatment_guide.engine.answers import Question
from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.prose.word_files import LANGUAGE, WordFiles
from treatment_guide.library.model import DangerPhrases, Library
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.search import DangerPhrasesShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.search.danger import DangerFinder
from treatment_guide.library.search.patterns import Pattern
from treatment_guide.library.search.plain_words import plain
from treatment_guide.library.text.content_files import (
    Document,
    Entry,
    Section,
    entry,
    read_page,
    read_yaml,
)
from treatment_guide.library.text.style_rules import lint_line

WORDS, RULES = f"{LANGUAGE}/danger-phrases.md", "guide/danger-phrases.yaml"
#: The parts of the file of words that hold no phrases of danger.
SAME, NOT_NOW, CALM = "same-words", "not-now", "calm"
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
        names: re.Pattern[str],
        problems: Problems,
    ) -> None:
        """`names` matches names that may contain digits."""
        self.folder = files.folder
        self.questions = questions
        self.names = names
        self.problems = problems
        #: Where each phrase stands: its line and its part.
        self.places: dict[str, tuple[int, str]] = {}
        self.finder: DangerFinder | None = None

    def danger_phrases(self) -> DangerPhrases:
        """The phrases. Faults are noted."""
        path, rules = self.folder / "danger-phrases.md", self.folder.parent / RULES
        document = read_yaml(rules, RULES, self.problems) if rules.exists() else None
        page = read_page(path, WORDS, self.problems) if path.exists() else None
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
            calm=tuple(words for _, words in _listed(sections.get(CALM))),
        )
        self.finder = DangerFinder(content)
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
                    self.problems.add(WORDS, line, part, message)

    def _known(
        self,
        sections: Mapping[str, Section],
        known: set[str],
        levels: Mapping[str, str],
        raised: tuple[tuple[str, str, str], ...],
        document: Document,
    ) -> None:
        """Note parts of no known name, ids without phrases, and rises of an unknown sign."""
        parts = {SAME, NOT_NOW, CALM}
        for section in sections.values():
            if section.id not in known | parts:
                message = (
                    "This is no danger sign of the questions, and guide/danger-phrases.yaml does "
                    f"not name it.{meant(section.id, known | parts)}"
                )
                at = (WORDS, section.line, section.id, message)
                self.problems.lacks("choice", section.id, *at)
        for name in known - sections.keys():
            message = f"Nobody can find `{name}`: write phrases under `## {name}` in {WORDS}."
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
            self.problems.add(WORDS, section.line, section.id, f"`- {extra}:` is not known here.")
        for line, words in _listed(section):
            if words in self.places:
                message = f"`{words}` stands twice. Keep one."
                self.problems.add(WORDS, line, section.id, message)
            else:
                self.places[words] = line, section.id
                yield words

    def _label(self, part: Entry) -> str:
        """The words of a danger without a sign of its own, as HTML."""
        label = part.extras.get("label", "")
        if not label:
            message = "A danger without a sign in the questions needs `- label: …`: what it is."
            self.problems.add(WORDS, part.line, part.id, message)
        lint_line(WORDS, part.line, part.id, label, self.names, self.problems)
        return _BOLD.sub(r"<b>\1</b>", html.escape(label, quote=False))

    def _same(self, section: Section | None) -> Iterator[tuple[str, str]]:
        """Pairs of what is typed and the word that stands for it."""
        seen: set[tuple[str, ...]] = set()
        for line, row in _rows(section):
            word, colon, others = row.removeprefix("- ").partition(": ")
            if not row.startswith("- ") or not colon or not plain(word):
                message = "A row has the form `- word: words that mean the same`."
                self.problems.add(WORDS, line, SAME, message)
                continue
            for typed in _split(others):
                key = tuple(plain(typed))
                if not key or key in seen:
                    message = f"`{typed}` stands twice, or holds no word. Keep one."
                    self.problems.add(WORDS, line, SAME, message)
                else:
                    seen.add(key)
                    yield typed, word

    def _check(self, content: DangerPhrases, finder: DangerFinder) -> None:
        """Note phrases that are too short, or that another phrase finds already."""
        seen: dict[tuple[str, ...], str] = {}
        patterns: dict[str, Pattern] = {}
        for words, part in content.phrases:
            line, _ = self.places[words]
            pattern = patterns[words] = finder.pattern(words)
            if len("".join(plain(words))) < SHORTEST:
                message = f"`{words}` is too short to be safe: give {SHORTEST} letters or more."
                self.problems.add(WORDS, line, part, message)
            if pattern.key in seen:
                message = f"`{words}` says the same as `{seen[pattern.key]}`. Keep one."
                self.problems.add(WORDS, line, part, message)
            seen.setdefault(pattern.key, words)
        for words, part in content.phrases:
            stems = set(patterns[words].stems)
            shorter = (
                other
                for other, where in content.phrases
                if where == part
                and set(patterns[other].stems) < stems
                and (not patterns[other].in_order or len(patterns[other].stems) == 1)
            )
            other = None if patterns[words].in_order else next(shorter, None)
            if other:
                message = f"`{words}` is found by `{other}` already. Leave it out."
                self.problems.add(WORDS, self.places[words][0], part, message)


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
