"""Finds pages by lay words, brand names and misspelled words. SQLite's FTS5, in memory.

In this order: the query is brought to plain words, unknown words are corrected to words of the
guide, danger is looked for, synonyms are added. A page that the query names comes first.

Anybody may send any query, so each step looks at a limited number of words. Queries of people stay
far below the limits.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import Counter
from dataclasses import dataclass

from treatment_guide.library.model import Library, Page
from treatment_guide.library.once import once_per_library
from treatment_guide.library.search.danger import Danger, dangers
from treatment_guide.library.search.patterns import Patterns, pattern_of
from treatment_guide.library.search.plain_words import Phrases, plain, plain_sent
from treatment_guide.library.search.spelling import Spelling, everyday_words
from treatment_guide.library.search.stems import Stems
from treatment_guide.library.text.blocks import Html

#: The most pages in an answer.
MOST_PAGES = 12
#: The most words of a query that are read to find pages. Danger is looked for in all words.
MOST_READ = 20
#: The most different unknown words of a query that are corrected; further ones stay as typed.
MOST_CORRECTED = 6
#: The most words that are looked up, with those that synonyms add. Each costs about 0.1 ms.
MOST_LOOKED_UP = 12
#: A word of so many letters matches words that begin with it; "si" does not match "side".
PREFIX_FROM = 4

_TAG = re.compile(r"<[^>]+>")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Found:
    """One page found: its address, its title, its one-line description; the language of the page where
    it is not translated.
    """

    href: str
    title: str
    summary: str
    foreign: str = ""


@dataclass(frozen=True)
class Answer:
    """The result of a search. `corrected` is the corrected query, or empty if nothing was
    corrected. `danger` is what the words may mean, the most urgent first.
    """

    found: tuple[Found, ...] = ()
    corrected: str = ""
    danger: tuple[Danger, ...] = ()


class Index:
    """The search index of one library. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self._search = search = library.language.search
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "create virtual table page using fts5("
            "href unindexed, title, names, summary, body, "
            f"tokenize='{'porter ' * search.porter}unicode61')"
        )
        self._cut = Stems((), search)
        self._found: dict[str, Found] = {}
        vocabulary: set[str] = set()
        self._titles: set[str] = set()
        for page in library.reading_pages:
            body = page_text(page)
            names = " ".join(library.search_names.get(page.address, ()))
            self._database.execute(
                "insert into page values (?, ?, ?, ?, ?)",
                (page.address, *map(self._indexed, (page.title, names, page.summary, body))),
            )
            self._found[page.address] = Found(page.address, page.title, page.summary, page.foreign)
            self._titles |= set(plain(f"{page.title} {names}"))
            vocabulary |= set(plain(f"{page.title} {names} {page.summary} {body}"))
        for term in library.terms.values():
            href = f"/glossary/#{term.id}"
            words = _TAG.sub("", term.html)
            self._database.execute(
                "insert into page values (?, ?, ?, ?, ?)",
                (href, self._indexed(term.name), "", "", self._indexed(words)),
            )
            self._found[href] = Found(href, term.name, words)
            vocabulary |= set(plain(f"{term.name} {words}"))
        everyday = everyday_words(library.language.name)
        #: For plain words that are mostly written with accents: how.
        self._accents = {} if search.porter else _accents(library, everyday)
        # Every row stands in an index of its own until they are merged: that takes 3 ms once, and
        # a long query then a third of the time.
        self._database.execute("insert into page(page) values ('optimize')")
        synonyms = [(plain(said), tuple(plain(meant))) for said, meant in library.synonyms.items()]
        self._synonyms = Phrases((said, (tuple(said), meant)) for said, meant in synonyms)
        named = [(plain(said), href) for said, href in library.page_names.items()]
        self._danger = dangers(library)
        typed = {
            word for said in [*(s for s, _ in synonyms), *(s for s, _ in named)] for word in said
        }
        self._spelling = Spelling(vocabulary | typed, self._danger.words, search.sounds)
        # Everyday words and forms of known words are no mistakes, but nothing is corrected to them.
        self._everyday = frozenset(plain(everyday))
        known = vocabulary | typed | self._danger.words
        # Of a language without a stemmer the list has all forms of a word, and is far longer.
        self._stems = Stems(known | self._everyday if search.porter else known, search)
        self._names = Patterns(
            (pattern_of(self._stems(said), search.stop), href) for said, href in named
        )

    def _indexed(self, text: str) -> str:
        """A text as the index takes it: SQLite knows the stems of English, of others they are made
        here.
        """
        return text if self._search.porter else " ".join(self._cut(plain(text)))

    def search(self, query: str) -> Answer:
        """The pages found for a query, the best match first. Takes a few milliseconds at most."""
        typed = plain_sent(query)
        read = self._corrected(typed)
        danger = self._danger.found(read)
        shown = " ".join(self._accents.get(word, word) for word in read)
        corrected = shown if read != typed else ""
        read = read[:MOST_READ]
        words = list(read)
        for said, meant in self._synonyms.found_in(read):
            words += meant
            # A word such as "shot", which is in no title, is replaced by its synonym "injection".
            words = [w for w in words if (w,) != said or w in self._titles]
        return Answer(self._lookup(words, self._named(read)), corrected, danger)

    def _named(self, words: list[str]) -> list[str]:
        """The addresses of pages that the words name, longer names first. A name inside of a longer
        one does not count.
        """
        found = self._names.found_in(self._stems(words))
        return list(
            dict.fromkeys(
                href
                for pattern, href in sorted(found, key=lambda row: -len(row[0].stems))
                if not any(set(pattern.stems) < set(longer.stems) for longer, _ in found)
            )
        )

    def _corrected(self, typed: list[str]) -> list[str]:
        """The words with unknown ones corrected. A form of a known word is known: "overdoses"."""
        unknown = dict.fromkeys(
            word for word in typed if not self._spelling.knows(word) and word not in self._everyday
        )
        unknown = {word: None for word in self._stems.strangers(unknown)}
        meant = {word: self._spelling.corrected(word) for word in list(unknown)[:MOST_CORRECTED]}
        return [meant.get(word, word) for word in typed]

    def _lookup(self, words: list[str], named: list[str]) -> tuple[Found, ...]:
        """The pages that hold the words, the best match first; before them those `named`."""
        said = [word for word in dict.fromkeys(words) if len(word) > 1]
        # Where a query has only stop words ("Get help now"), they are looked up.
        useful = ([word for word in said if word not in self._search.stop] or said)[:MOST_LOOKED_UP]
        rows = self._rows(useful) if useful else []
        ordered = dict.fromkeys([*named, *rows])
        return tuple(self._found[href] for href in ordered)[:MOST_PAGES]

    def _rows(self, words: list[str]) -> list[str]:
        """The addresses of pages with any of these words, the best match first."""
        if not self._search.porter:
            words = list(dict.fromkeys(self._cut(words)))
        match = " OR ".join(f'"{word}"' + "*" * (len(word) >= PREFIX_FROM) for word in words)
        with self._lock:
            rows = self._database.execute(
                "select href from page where page match ?"
                # Entries of the word list come after pages.
                " order by bm25(page, 0, 10, 12, 4, 1) + 5 * (href like '/glossary/%') limit ?",
                (match, MOST_PAGES),
            ).fetchall()
        return [href for (href,) in rows]


def _accents(library: Library, everyday: str) -> dict[str, str]:
    """The plain words that have accents more often than not, each as it is most often spelled: on
    pages, in everyday words, and with accents in what people type.
    """
    pages = (f"{page.title} {page.summary} {page_text(page)}" for page in library.reading_pages)
    spelled = Counter(_LETTERS.findall(" ".join([*pages, everyday]).lower()))
    typed = " ".join([*library.synonyms, *library.page_names]).lower()
    spelled.update(word for word in _LETTERS.findall(typed) if not word.isascii())
    accents: dict[str, str] = {}
    for word, often in spelled.items():
        if not word.isascii():
            bare = "".join(plain(word))
            if often > max(spelled[bare], spelled[accents.get(bare, "")]):
                accents[bare] = word
    return accents


@once_per_library  # saves 390 ms a search
def index(library: Library) -> Index:
    """The index of a library, made at the first search."""
    return Index(library)


def page_text(page: Page) -> str:
    """All words of a page."""
    pieces = [
        _TAG.sub(" ", block.html)
        for part in page.parts
        for block in part.blocks
        if isinstance(block, Html)
    ]
    return " ".join(pieces)
