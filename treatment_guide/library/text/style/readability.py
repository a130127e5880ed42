"""How hard a text is to read, by the formula that fits its language.

`flesch-kincaid` gives grades of school in the US, by textstat. `fernandez-huerta` (1959, as Law
corrected it in 2011) gives the ease of Spanish: 80 is easy, 70 the limit. `lix` (Björnsson 1968)
counts long words and fits most languages: 30 is easy, 40 is the news.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import textstat

from treatment_guide.library.text.style.syllables import spanish_syllables

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE = re.compile(r"[.?!:]+(?:\s|$)")
#: A word with more letters is long.
SHORT_LETTERS = 6


@dataclass(frozen=True)
class Formula:
    """A formula: its name, what it says of a text, and whether more is easier (`ease`)."""

    name: str
    measure: Callable[[str], float]
    ease: bool = False


def _flesch_kincaid(text: str) -> float:
    return float(textstat.flesch_kincaid_grade(text))


def _fernandez_huerta(text: str) -> float:
    words = _WORD.findall(text)
    if not words:
        return 100.0
    syllables = sum(map(spanish_syllables, words))
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / _sentences(text)


def inflesz(text: str) -> float:
    """How easy Spanish is, by Szigriszt-Pazos (1993); the scale INFLESZ (2008), made for texts for
    patients, calls more than 65 "fairly easy" and more than 80 "very easy".
    """
    words = _WORD.findall(text)
    if not words:
        return 100.0
    syllables = sum(map(spanish_syllables, words))
    return 206.835 - 62.3 * syllables / len(words) - len(words) / _sentences(text)


def _lix(text: str) -> float:
    words = _WORD.findall(text)
    if not words:
        return 0.0
    long = sum(len(word) > SHORT_LETTERS for word in words)
    return len(words) / _sentences(text) + 100 * long / len(words)


def _sentences(text: str) -> int:
    return max(1, len(_SENTENCE.findall(text)))


FORMULAS = {
    each.name: each
    for each in (
        Formula("flesch-kincaid", _flesch_kincaid),
        Formula("fernandez-huerta", _fernandez_huerta, ease=True),
        Formula("lix", _lix),
    )
}
