"""The boxes of danger signs: a box for each level, and the card for thoughts of self-harm."""

from collections.abc import Iterable
from typing import Any

from treatment_guide.engine.answers import LEVELS
from treatment_guide.library.model import ChoiceWords, Library
from treatment_guide.library.search.danger import Danger


def danger_boxes(library: Library) -> dict[str, Any]:
    """All danger signs of the questions: `levels` with their signs, the most urgent first, and
    `crisis`, the cards for what no code stores.
    """
    signs = _signs(library)
    return {
        "levels": [
            {
                "level": level,
                "signs": [s for of, s, stored in signs.values() if of == level and stored],
            }
            for level in LEVELS
        ],
        "crisis": [sign for _, sign, stored in signs.values() if not stored],
    }


def boxes_found(library: Library, found: Iterable[Danger]) -> dict[str, Any]:
    """The same for what a search found alone, at the level it was found. Levels without a sign are
    left out.
    """
    signs = _signs(library)
    crisis: list[ChoiceWords] = []
    rows: dict[str, list[ChoiceWords]] = {level: [] for level in LEVELS}
    for danger in found:
        _, sign, stored = signs.get(danger.id) or ("", _without_sign(library, danger.id), True)
        (rows[danger.level] if stored else crisis).append(sign)
    return {
        "levels": [{"level": level, "signs": row} for level, row in rows.items() if row],
        "crisis": crisis,
    }


def _signs(library: Library) -> dict[str, tuple[str, ChoiceWords, bool]]:
    """By the id of each danger sign: its level, its words, and whether a code may store it."""
    return {
        sign: (
            level,
            library.questions[question.id].choices[sign],
            sign not in question.never_stored,
        )
        for question in library.guide.danger
        for sign in question.choices
        if (level := question.levels.get(sign))
    }


def _without_sign(library: Library, name: str) -> ChoiceWords:
    """A danger that is no sign of the questions."""
    label = library.danger_phrases.labels[name]
    return ChoiceWords(label=label, marked=label)
