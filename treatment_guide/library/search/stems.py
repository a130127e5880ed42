"""Stems of words: "infected" and "infection" have the stem "infect".

Of English the stemmer is Porter's, in SQLite's FTS5, which the index of the pages uses as well; of
other languages the endings of their `language.yaml` are cut off. Stop words have no stem: they stay
as they are, and no other word ("one") gets the stem of one ("on").
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress

from treatment_guide.library.model import SearchWords


class Stems:
    """The stems of words. Those of `known` words are computed once. Safe for threads."""

    def __init__(self, known: Iterable[str], search: SearchWords) -> None:
        """Take the words whose stems are computed once, and what a search knows of the language."""
        self._search = search
        self._endings = frozenset(search.endings)
        self._longest = max(map(len, search.endings), default=0)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute("create virtual table text using fts5(word, tokenize='porter')")
        self._database.execute("create virtual table stem using fts5vocab(text, instance)")
        words = sorted(set(known))
        self._known = dict(zip(words, self._computed(words), strict=True))
        self._known_stems = frozenset(self._known.values())

    def __call__(self, words: Sequence[str]) -> list[str]:
        """The stem of each word. The words are plain: letters `a` to `z` and digits."""
        with suppress(KeyError):
            return [self._known[word] for word in words]
        unknown = sorted({word for word in words if word not in self._known})
        new = dict(zip(unknown, self._computed(unknown), strict=True))
        return [self._known.get(word) or new[word] for word in words]

    def strangers(self, words: Iterable[str]) -> list[str]:
        """The words whose stem no known word has."""
        listed = list(words)
        stems = zip(listed, self(listed), strict=True)
        return [word for word, stem in stems if stem not in self._known_stems]

    def _computed(self, words: Sequence[str]) -> list[str]:
        stop = self._search.stop
        stems = self._porter(words) if self._search.porter else map(self._cut, words)
        pairs = zip(words, stems, strict=True)
        return [word if word in stop or stem in stop else stem for word, stem in pairs]

    def _cut(self, word: str) -> str:
        """The word without the longest ending that leaves enough of it."""
        most = min(self._longest, len(word) - self._search.least)
        for letters in range(most, 0, -1):
            if word[-letters:] in self._endings:
                return word[:-letters]
        return word

    def _porter(self, words: Sequence[str]) -> list[str]:
        with self._lock:
            self._database.executemany(
                "insert into text(rowid, word) values (?, ?)", enumerate(words)
            )
            found = self._database.execute("select term from stem order by doc").fetchall()
            self._database.rollback()
        return [term for (term,) in found]
