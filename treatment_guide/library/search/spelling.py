"""Corrects misspelled words against a fixed vocabulary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

#: Below this likeness a word is left as it was typed.
LIKENESS = 0.74
#: Words shorter than this are never corrected by likeness, and none is corrected to them: too many
#: others are one letter away.
SHORTEST = 5
#: The same where words sound alike.
SHORTEST_SOUND = 4


def everyday_words(language: str) -> str:
    """The words of a language that everybody knows, from textstat, as one text: about 2,900 of
    English (the list of Dale and Chall), 20,000 of Spanish; none where it has no list.
    """
    found = find_spec("textstat")  # its file alone: textstat itself takes 20 ms and memory
    assert found and found.origin
    words = Path(found.origin).parent / "resources" / language / "easy_words.txt"
    return words.read_text(encoding="utf-8") if words.exists() else ""


class Spelling:
    """The words of the guide; corrects other words to one that sounds the same, or else to the most
    similar of them.

    The likeness of two words is one minus their Damerau-Levenshtein distance divided by the length
    of the longer one. The best likeness counts; among equals, a word of danger before others, then
    the first in the alphabet.

    That distance is slow to compute for thousands of words. So it is computed only for words of a
    suitable length that a faster distance, OSA, leaves. OSA does not edit between two letters that
    it swaps. It is at least the exact distance and at most 3/2 of it: where the exact one counts 1
    + n for a swap with n edits between the letters (n > 0), OSA can delete and insert one of the
    two, which counts 2 + n. So no word within `LIKENESS` is lost.
    """

    def __init__(
        self,
        known: Iterable[str],
        danger: Iterable[str] = (),
        sounds: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Take the words that are right as they are, those that speak of danger, and how letters
        sound: pairs of a pattern and what stands for it.
        """
        self._danger = frozenset(danger)
        self._sounds = [(re.compile(pattern), by) for pattern, by in sounds]
        self._known = frozenset(known) | self._danger
        long_enough = (word for word in self._known if len(word) >= SHORTEST)
        words = self._words = sorted(long_enough, key=lambda word: (len(word), word))
        sizes = Counter(map(len, words))
        longest = max(sizes, default=0)
        #: For each length of a typed word: where in `_words` those to compare it with begin and end,
        #: and the largest distance.
        self._near: dict[int, tuple[int, int, int]] = {}
        for size in range(SHORTEST, int(longest / LIKENESS) + 1):
            like = [other for other in sizes if _may_be_like(size, other)]
            least, most = min(like, default=0), max(like, default=0)
            begin, end = (sum(sizes[n] for n in sizes if n < limit) for limit in (least, most + 1))
            edits = max((_most_edits(max(size, other)) for other in like), default=0)
            self._near[size] = begin, end, edits * 3 // 2

        #: A word for each sound; one of danger before others, then the first in the alphabet.
        self._alike: dict[str, str] = {}
        for word in sorted(self._known, key=lambda w: (w not in self._danger, w)):
            if self._sounds and len(word) >= SHORTEST_SOUND:
                self._alike.setdefault(self._sound(word), word)

    def knows(self, word: str) -> bool:
        """True for a word that is left as it is: known, a number, or too short to correct."""
        shortest = SHORTEST_SOUND if self._sounds else SHORTEST
        return len(word) < shortest or word in self._known or word.isdigit()

    def corrected(self, word: str) -> str:
        """The word of the guide that sounds the same, or the most similar one; the word itself when
        none reaches `LIKENESS`.
        """
        if self.knows(word):
            return word
        alike = self._alike.get(self._sound(word)) if self._sounds else None
        if alike or len(word) not in self._near:
            return alike or word
        # Here, because most servers start long before somebody misspells a word.
        from rapidfuzz.distance import OSA, DamerauLevenshtein
        from rapidfuzz.process import extract, extractOne

        begin, end, most = self._near[len(word)]
        near = extract(
            word, self._words[begin:end], scorer=OSA.distance, score_cutoff=most, limit=None
        )
        best = extractOne(
            word,
            sorted((each for each, _, _ in near), key=lambda w: (w not in self._danger, w)),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=LIKENESS,
        )
        return str(best[0]) if best else word

    def _sound(self, word: str) -> str:
        """How a plain word sounds, written."""
        for pattern, by in self._sounds:
            word = pattern.sub(by, word)
        return word


def _may_be_like(size: int, other: int) -> bool:
    """True when words of these two lengths can reach `LIKENESS`: each letter more is one edit."""
    return abs(size - other) <= _most_edits(max(size, other))


def _most_edits(size: int) -> int:
    """The most edits between two words that reach `LIKENESS`; the longer has `size` letters."""
    return int((1 - LIKENESS) * size + 1e-9)
