"""Finds pages by lay words, brand names and misspelled words. SQLite's FTS5, in memory.

A query is put in plain form, its unknown words are corrected against the words of the guide,
and what people say is joined by what the pages say (synonyms), in that order.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from treatment_guide.library.blocks import Html
from treatment_guide.library.model import Library, Page

#: Below this likeness a word is left as it was typed.
LIKENESS = 0.74
#: Words shorter than this are never corrected: too many others are one letter away.
SHORTEST = 4
MOST = 12

_WORD = re.compile(r"[a-z0-9]+")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Found:
    """One page that answers a query: where, its title, its one line."""

    href: str
    title: str
    summary: str


@dataclass(frozen=True)
class Answer:
    """What a search found. `corrected` is the query as it was read, when it was mended."""

    found: tuple[Found, ...]
    corrected: str
    danger: bool


def plain(text: str) -> list[str]:
    """The words of a text in lower case, without accents and signs."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _WORD.findall(bare.replace("'", ""))


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
        self._synonyms = {
            tuple(plain(said)): tuple(plain(meant)) for said, meant in library.synonyms.items()
        }
        self._danger = [telling(plain(words)) for words in library.danger_words]
        known = {word for said in [*self._synonyms, *self._danger] for word in said}
        self._vocabulary = sorted(v for v in vocabulary | known if len(v) >= SHORTEST)
        self._known = vocabulary | known

    def search(self, query: str) -> Answer:
        """The pages that answer a query, the closest first."""
        typed = plain(query[:200])[:20]
        read = [self._correct(word) for word in typed]
        words = list(read)
        for said, meant in self._synonyms.items():
            if contains(read, said):
                words += meant
                # "Shot" stands in no title: it is read as "injection", not looked up as well.
                words = [w for w in words if (w,) != said or w in self._titles]
        danger = any(contains(list(telling(read)), sign) for sign in self._danger)
        corrected = " ".join(read) if read != typed else ""
        return Answer(self._lookup(words), corrected, danger)

    def _correct(self, word: str) -> str:
        if len(word) < SHORTEST or word in self._known or word.isdigit():
            return word
        best = extractOne(
            word,
            self._vocabulary,
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=LIKENESS,
        )
        return str(best[0]) if best else word

    def _lookup(self, words: list[str]) -> tuple[Found, ...]:
        said = [word for word in dict.fromkeys(words) if len(word) > 1]
        # "Get help now" is made of such words alone; then they are all there is to go by.
        useful = [word for word in said if word not in STOP] or said
        if not useful:
            return ()
        # The beginning of a word is enough, but "si" is not the beginning of "side" or "since".
        match = " OR ".join(f'"{word}"' + "*" * (len(word) >= SHORTEST) for word in useful)
        with self._lock:
            rows = self._database.execute(
                "select href from page where page match ?"
                # A word of the list explains; the pages come first.
                " order by bm25(page, 0, 10, 12, 4, 1) + 5 * (href like '/glossary/%') limit ?",
                (match, MOST),
            ).fetchall()
        return tuple(self._found[href] for (href,) in rows)


def telling(words: list[str]) -> tuple[str, ...]:
    """The words that say something, so that "numb between my legs" is "numb between legs"."""
    return tuple(word for word in words if word not in STOP)


def contains(words: list[str], phrase: tuple[str, ...]) -> bool:
    """True when the words of a phrase stand in `words`, one after another."""
    size = len(phrase)
    return size > 0 and any(
        tuple(words[i : i + size]) == phrase for i in range(len(words) - size + 1)
    )


def page_text(page: Page) -> str:
    """Everything a page says in running words."""
    pieces = [
        _TAG.sub(" ", block.html)
        for part in page.parts
        for block in part.blocks
        if isinstance(block, Html)
    ]
    return " ".join(pieces)


#: Words that say nothing about what somebody looks for.
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
