"""The boxes of danger signs: a box for each level, and the card for thoughts of self-harm."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from treatment_guide.engine.answers import LEVELS
from treatment_guide.library.model import ChoiceWords, Library
from treatment_guide.library.search.danger import Danger

#: The level of a danger sign, its words, and whether a code may store it.
Sign = tuple[str, ChoiceWords, bool]


def danger_boxes(library: Library) -> dict[str, Any]:
    """All danger signs of the questions: `levels` with their signs, the most urgent first, and
    `crisis`, the cards for what no code stores. A card says only what its box does not say.
    """
    return _boxes(library, _briefly(library, _signs(library)))


def boxes_ticked(library: Library, ticked: Collection[str]) -> dict[str, Any]:
    """The same in two: under `ticked` the signs that a reader ticked, and all others."""
    signs = _signs(library)
    theirs = {name: sign for name, sign in signs.items() if name in ticked}
    others = {name: sign for name, sign in signs.items() if name not in ticked}
    return {**_boxes(library, _briefly(library, others)), "ticked": _boxes(library, theirs)}


def _briefly(library: Library, signs: Mapping[str, Sign]) -> dict[str, Sign]:
    """The signs with cards that do not begin with what the box for today says of all its signs."""
    said = (library.ui["help-today-said"], library.site.phrases["urgent"].html)
    briefly = {}
    for name, (level, sign, stored) in signs.items():
        card = sign.card
        for words in said if level == "today" else ():
            card = card.removeprefix(words).strip()
        briefly[name] = (level, replace(sign, card=card), stored)
    return briefly


def _boxes(library: Library, signs: Mapping[str, Sign]) -> dict[str, Any]:
    """Signs in boxes by level, those that no code stores apart. Levels without a sign are left
    out. `hospital_said`: a sign says itself when to go to the hospital.
    """
    hospital = library.site.phrases["hospital"].html
    rows: dict[str, list[ChoiceWords]] = {level: [] for level in LEVELS}
    crisis: list[ChoiceWords] = []
    for level, sign, stored in signs.values():
        (rows[level] if stored else crisis).append(sign)
    return {
        "levels": [
            {
                "level": level,
                "signs": row,
                "hospital_said": any(hospital in sign.card for sign in row),
            }
            for level, row in rows.items()
            if row
        ],
        "crisis": crisis,
    }


def boxes_found(library: Library, found: Iterable[Danger]) -> dict[str, Any]:
    """The same for what a search found alone, at the level it was found. Levels without a sign are
    left out.
    """
    signs = _signs(library)
    shown = {}
    for danger in found:
        _, sign, stored = signs.get(danger.id) or ("", _without_sign(library, danger.id), True)
        shown[danger.id] = (danger.level, sign, stored)
    return _boxes(library, shown)


def _signs(library: Library) -> dict[str, Sign]:
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
