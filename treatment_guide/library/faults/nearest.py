"""What a misspelled word may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

#: From this likeness on, one word may be the other misspelled.
LIKENESS = 0.7


def nearest(word: str, words: Iterable[str]) -> str:
    """Of these words the one that is most like `word`, upper or lower case; empty for none."""
    found = extractOne(
        word,
        sorted(words),
        processor=str.lower,
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=LIKENESS,
    )
    return str(found[0]) if found else ""


def meant(word: str, words: Iterable[str]) -> str:
    """The question to put behind a fault: ` Is … meant?`; empty where no word is like enough."""
    near = nearest(word, words)
    return f" Is `{near}` meant?" if near else ""
