"""Reads content many times and each text of it once: for tests that change a word and load all anew.

What is the same as before is neither parsed, graded nor looked through for danger again, and no page
is made again of the same text, rules, facts, sources and terms. It is kept as long as the process.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any

import pytest

from treatment_guide.engine.model import Option
from treatment_guide.library.loading.prose.pages import PageReader
from treatment_guide.library.loading.search import danger_phrases
from treatment_guide.library.model import DangerPhrases, Page, SearchWords
from treatment_guide.library.problems import Problems
from treatment_guide.library.search.danger import DangerFinder, Phrase
from treatment_guide.library.text import content_files as reading
from treatment_guide.library.text import markdown
from treatment_guide.library.text import style_rules as lint
from treatment_guide.library.text.style import readability
from treatment_guide.library.text.style.guards import Style

_read_tree = reading.read_tree
_trees: dict[str, object] = {}
_parsed = cache(markdown._parser.parse)
_grade = cache(readability.textstat.flesch_kincaid_grade)
_lint_words = lint.lint_words
_worded: dict[tuple[str, str, str], list[str]] = {}
_finders: list["Remembering"] = []
_check = danger_phrases.DangerPhraseReader._check
_page = PageReader._page
MANY_WORLDS = 8
_worlds: list[tuple[int, tuple[Any, ...]]] = []
_numbers = count(1)
#: By world and text: the page, the facts that it names, the phrases of a region that it says.
_pages: dict[tuple[Any, ...], tuple[Page | None, set[str], set[str]]] = {}
#: What was looked through and had no fault: the phrases, and where each stands.
_sound: list[tuple[DangerPhrases, dict[str, Any]]] = []


def tree(text: str, note: Any) -> object:
    """The tree of a YAML file; one with faults is read anew, so that they are noted again."""
    if text not in _trees:
        noted = []
        found = _read_tree(text, lambda *fault: noted.append(fault) or note(*fault))
        if noted:
            return found
        _trees[text] = found
    return _trees[text]


def lint_words(prose: Any, style: Style, fault: Callable[[str], None]) -> None:
    """The faults of words, found once for each text."""
    key = prose.typed, prose.text, style.names.pattern
    if key not in _worded:
        _worded[key] = told = []
        _lint_words(prose, style, told.append)
    for message in _worded[key]:
        fault(message)


class Remembering(DangerFinder):
    """A finder that looks through the same words once."""

    def __init__(self, content: DangerPhrases, search: SearchWords) -> None:
        super().__init__(content, search)
        self.content = content
        self.heard: dict[tuple[str, ...], list[Phrase]] = {}

    def phrases(self, words: Sequence[str]) -> list[Phrase]:
        """The phrases that plain words contain."""
        key = tuple(words)
        if key not in self.heard:
            self.heard[key] = super().phrases(words)
        return self.heard[key]


def finder(content: DangerPhrases, search: SearchWords) -> Remembering:
    """The finder of these phrases."""
    found = next((each for each in _finders if each.content == content), None)
    if found is None:
        found = Remembering(content, search)
        _finders.append(found)
    return found


def check(
    self: danger_phrases.DangerPhraseReader, content: DangerPhrases, finder: DangerFinder
) -> None:
    """The check of the phrases, unless the same phrases at the same lines had no fault."""
    if (content, self.written) in _sound:
        return
    before = len(self.problems.found)
    _check(self, content, finder)
    if len(self.problems.found) == before:
        _sound.append((content, self.written))


def world(reader: PageReader) -> int:
    """The number of all that pages are made of beside their own text, the same for equal worlds; 0
    for one that was not there lately: a page of it is not worth keeping.
    """
    linker = reader.linker
    others = vars(linker).keys() - {"problems", "phrases_said"}
    made_of = (
        reader.whole, dict(reader.ui), vars(reader.style),
        {name: getattr(linker, name) for name in others},
    )  # fmt: skip
    known = [each for each in _worlds if each[1] == made_of]
    number = known[0][0] if known else next(_numbers)
    lately = [(number, made_of), *(each for each in _worlds if each[0] != number)]
    _worlds[:] = lately[:MANY_WORLDS]
    return number if known else 0


def page(
    self: PageReader, kind: str, folder: str, name: str, fixed: Any, rules: Option | None = None
) -> Page | None:
    """A page, unless the same text in the same world gave one without a fault."""
    path = self.files.path(f"{folder}/{name}".removeprefix("./"))
    if not hasattr(self, "world"):
        self.world = world(self)
    if self.original or not self.world or not path.is_file():
        return _page(self, kind, folder, name, fixed, rules)
    key = self.world, kind, name, path.read_bytes(), repr(rules)
    if key not in _pages:
        aside = replace(self.linker, problems=Problems(), phrases_said=set())
        alone = copy(self)
        alone.linker, alone.problems, alone.named = aside, aside.problems, set()
        made = _page(alone, kind, folder, name, fixed, rules)
        if vars(aside.problems) != vars(Problems()):  # noted anew, where it belongs
            return _page(self, kind, folder, name, fixed, rules)
        _pages[key] = made, alone.named, aside.phrases_said
    made, named, said = _pages[key]
    self.named |= named
    self.linker.phrases_said.update(said)
    return made


@contextmanager
def reading_once() -> Iterator[None]:
    """Until it ends, nothing is parsed, graded or looked through twice in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_tree", tree)
        patch.setattr(markdown._parser, "parse", _parsed)
        patch.setattr(readability.textstat, "flesch_kincaid_grade", _grade)
        patch.setattr(lint, "lint_words", lint_words)
        patch.setattr(PageReader, "_page", page)
        patch.setattr(danger_phrases, "DangerFinder", finder)
        patch.setattr(danger_phrases.DangerPhraseReader, "_check", check)
        yield
