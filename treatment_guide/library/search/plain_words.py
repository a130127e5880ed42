"""Plain words of a text, and an index that finds phrases in them.

All comparisons of words from outside with words of the guide use this module. Its cost is limited
for any input: a text is cut before and after normalization (one character may become eighteen),
and phrases are found in one pass over the words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

#: The most characters that are read of a text from outside.
LONGEST_TEXT = 200

_WORD = re.compile(r"[a-z0-9]+")


def plain(text: str) -> list[str]:
    """The words of a text in lower case, without accents and punctuation. For texts of the guide:
    the length is not limited.
    """
    if text.isascii():  # nearly every text of the guide: it is its own normal form
        return _WORD.findall(text.lower().replace("'", ""))
    return _words(unicodedata.normalize("NFKD", text))


def plain_sent(text: str, most: int = LONGEST_TEXT) -> list[str]:
    """The same for a text from outside: at most `most` characters of it are read.

    The text is cut first, because sorting the accents of a long text takes time that grows with the
    square of its length; and cut again in its plain form, because one character may become many.
    Neither cut does anything to a text that has at most `most` characters of ordinary writing:
    accents do not count, they are removed before the second cut.
    """
    return _words(unicodedata.normalize("NFKD", text[:most]), most)


def _words(decomposed: str, most: int | None = None) -> list[str]:
    bare = decomposed.encode("ascii", "ignore").decode().lower()
    return _WORD.findall(bare[:most].replace("'", ""))


class Phrases(Generic[T]):
    """Many fixed phrases, each with a value, and which of them a list of words contains.

    At each word of the list, only as many words are looked up as the longest phrase has that begins
    with it. So the time is linear in the words, and does not depend on the number of phrases.
    """

    def __init__(self, phrases: Iterable[tuple[Sequence[str], T]]) -> None:
        """Take the phrases in their order. A phrase without words is in no text."""
        self._values: list[T] = []
        #: The numbers of equal phrases, by their words.
        self._numbers: dict[tuple[str, ...], tuple[int, ...]] = {}
        #: For each first word: how many words the longest phrase has.
        self._longest: dict[str, int] = {}
        for number, (words, value) in enumerate(phrases):
            self._values.append(value)
            if words:
                key, first = tuple(words), words[0]
                self._numbers[key] = (*self._numbers.get(key, ()), number)
                self._longest[first] = max(len(key), self._longest.get(first, 0))

    def found_in(self, words: Sequence[str]) -> list[T]:
        """The values of all phrases whose words stand in `words` one after another, each phrase
        once, in the order the phrases were given.
        """
        found = {number for start in range(len(words)) for number in self._ends(words, start)}
        return [self._values[number] for number in sorted(found)]

    def none_in(self, words: Iterable[str]) -> bool:
        """True when no phrase can stand in `words`: none begins with any of them. Fast."""
        return self._longest.keys().isdisjoint(words)

    def any_in(self, words: Sequence[str]) -> bool:
        """True when at least one phrase stands in `words`."""
        return any(self._ends(words, start) for start in range(len(words)))

    def beginning_at(self, words: Sequence[str], start: int) -> list[T]:
        """The values of the phrases that begin at this place of `words`, the shortest first."""
        return [self._values[number] for number in self._ends(words, start)]

    def _ends(self, words: Sequence[str], start: int) -> list[int]:
        longest = self._longest.get(words[start])
        if not longest:  # nearly every word
            return []
        ahead = tuple(words[start : start + longest])
        sizes = range(1, len(ahead) + 1)
        return [number for size in sizes for number in self._numbers.get(ahead[:size], ())]
