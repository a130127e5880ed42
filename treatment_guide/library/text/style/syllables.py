"""How many syllables a Spanish word has, by the written norm of the RAE: two weak vowels, or a weak
one beside a strong one, are one syllable; an accent on a weak vowel parts them.

Hyphenation (pyphen, textstat) marks where a line may break, and counts too few: "día" is one there.
"""

from __future__ import annotations

import re

_STRONG = frozenset("aeoáéóíú")


def spanish_syllables(word: str) -> int:
    """The syllables of a word; 0 where it has no letter. A short form without vowels is spelled."""
    letters = re.sub(r"[^a-záéíóúüñ]", "", word.lower())
    if not letters:
        return 0
    if word.isupper() and len(letters) > 1 and not re.search(r"[aeiouáéíóú]", letters):
        return len(letters)
    said = re.sub(r"qu(?=[eiéí])", "k", letters)
    said = re.sub(r"gu(?=[eiéí])", "g", said)  # a silent u; ü keeps its vowel
    said = said.replace("ch", "c").replace("h", "")  # h parts no vowels: prohi-bir
    said = re.sub(r"y(?![aeiouáéíóú])", "i", said)  # hoy, muy, y
    said = re.sub(r"([iu])\1", r"\1-\1", said)  # anti-inflamatorio
    runs = re.findall(r"[aeiouáéíóúü]+", said)
    return max(1, sum(max(1, sum(vowel in _STRONG for vowel in run)) for run in runs))
