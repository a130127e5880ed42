"""What a misspelled word may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable

#: The least difflib ratio (0 to 1) at which one word counts as a misspelling of another.
LIKENESS = 0.7


def nearest(word: str, words: Iterable[str]) -> str:
    """The word most like `word`, ignoring case; empty when none reaches `LIKENESS`."""
    # Here, because a server that starts from a build has no fault to explain.
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.process import extractOne

    found = extractOne(
        word,
        sorted(words),
        processor=str.lower,
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=LIKENESS,
    )
    return str(found[0]) if found else ""


def meant(word: str, words: Iterable[str]) -> str:
    """The end of a fault's message, ` Is … meant?`; empty when no word reaches `LIKENESS`."""
    near = nearest(word, words)
    return f" Is `{near}` meant?" if near else ""
