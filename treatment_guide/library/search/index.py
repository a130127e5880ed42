"""Finds pages by lay words, brand names and misspelled words. SQLite's FTS5, in memory.

In this order: the query is brought to plain words, unknown words are corrected to words of the
guide, and synonyms are added.

Anybody may send any query, so each step looks at a limited number of words. Queries of people stay
far below the limits.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from dataclasses import dataclass

from treatment_guide.library.model import Library, Page
from treatment_guide.library.once import once_per_library
from treatment_guide.library.search.plain_words import Phrases, plain, plain_sent
from treatment_guide.library.search.spelling import SHORTEST, Spelling
from treatment_guide.library.text.blocks import Html

#: The most pages in an answer.
MOST_PAGES = 12
#: The most words of a query that are read.
MOST_READ = 20
#: The most different unknown words of a query that are corrected; further ones stay as typed.
MOST_CORRECTED = 6
#: The most words that are looked up, with those that synonyms add. Each costs about 0.1 ms.
MOST_LOOKED_UP = 12

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Found:
    """One page found: its address, its title, its one-line description."""

    href: str
    title: str
    summary: str


@dataclass(frozen=True)
class Answer:
    """The result of a search. `corrected` is the corrected query, or empty if nothing was
    corrected.
    """

    found: tuple[Found, ...]
    corrected: str
    danger: bool


class Index:
    """The search index of one library. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "create virtual table page using fts5("
            "href unindexed, title, names, summary, body, tokenize='porter unicode61')"
        )
        self._found: dict[str, Found] = {}
        vocabulary: set[str] = set()
        self._titles: set[str] = set()
        for page in library.reading_pages:
            body = page_text(page)
            names = " ".join(library.search_names.get(page.address, ()))
            self._database.execute(
                "insert into page values (?, ?, ?, ?, ?)",
                (page.address, page.title, names, page.summary, body),
            )
            self._found[page.address] = Found(page.address, page.title, page.summary)
            self._titles |= set(plain(f"{page.title} {names}"))
            vocabulary |= set(plain(f"{page.title} {names} {page.summary} {body}"))
        for term in library.terms.values():
            href = f"/glossary/#{term.id}"
            words = _TAG.sub("", term.html)
            self._database.execute(
                "insert into page values (?, ?, ?, ?, ?)", (href, term.name, "", "", words)
            )
            self._found[href] = Found(href, term.name, words)
            vocabulary |= set(plain(f"{term.name} {words}"))
        synonyms = [(plain(said), tuple(plain(meant))) for said, meant in library.synonyms.items()]
        danger = [telling(plain(words)) for words in library.danger_words]
        self._synonyms = Phrases((said, (tuple(said), meant)) for said, meant in synonyms)
        self._danger = Phrases((sign, sign) for sign in danger)
        known = {word for said in [*(said for said, _ in synonyms), *danger] for word in said}
        self._spelling = Spelling(vocabulary | known)

    def search(self, query: str) -> Answer:
        """The pages found for a query, the best match first. Takes a few milliseconds at most."""
        typed = plain_sent(query)[:MOST_READ]
        read = self._corrected(typed)
        words = list(read)
        for said, meant in self._synonyms.found_in(read):
            words += meant
            # A word such as "shot", which is in no title, is replaced by its synonym "injection".
            words = [w for w in words if (w,) != said or w in self._titles]
        danger = self._danger.any_in(telling(read))
        corrected = " ".join(read) if read != typed else ""
        return Answer(self._lookup(words), corrected, danger)

    def _corrected(self, typed: list[str]) -> list[str]:
        """The words with unknown ones corrected."""
        unknown = dict.fromkeys(word for word in typed if not self._spelling.knows(word))
        meant = {word: self._spelling.corrected(word) for word in list(unknown)[:MOST_CORRECTED]}
        return [meant.get(word, word) for word in typed]

    def _lookup(self, words: list[str]) -> tuple[Found, ...]:
        said = [word for word in dict.fromkeys(words) if len(word) > 1]
        # Where a query has only stop words ("Get help now"), they are looked up.
        useful = ([word for word in said if word not in STOP] or said)[:MOST_LOOKED_UP]
        if not useful:
            return ()
        # A word matches words that begin with it, unless it is short: "si" does not match "side".
        match = " OR ".join(f'"{word}"' + "*" * (len(word) >= SHORTEST) for word in useful)
        with self._lock:
            rows = self._database.execute(
                "select href from page where page match ?"
                # Entries of the word list come after pages.
                " order by bm25(page, 0, 10, 12, 4, 1) + 5 * (href like '/glossary/%') limit ?",
                (match, MOST_PAGES),
            ).fetchall()
        return tuple(self._found[href] for (href,) in rows)


@once_per_library  # saves 390 ms a search
def index(library: Library) -> Index:
    """The index of a library, made at the first search."""
    return Index(library)


def telling(words: list[str]) -> tuple[str, ...]:
    """The words without stop words: "numb between my legs" becomes "numb between legs"."""
    return tuple(word for word in words if word not in STOP)


def page_text(page: Page) -> str:
    """All words of a page."""
    pieces = [
        _TAG.sub(" ", block.html)
        for part in page.parts
        for block in part.blocks
        if isinstance(block, Html)
    ]
    return " ".join(pieces)


#: Stop words: they do not help to find a page.
STOP = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "help",
        "helped",
        "helping",
        "her",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "out",
        "s",
        "should",
        "so",
        "still",
        "t",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "too",
        "up",
        "us",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "next",
        "now",
        "need",
        "want",
    ]
)
