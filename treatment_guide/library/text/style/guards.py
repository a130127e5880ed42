"""The rules of style of one language, from its `language.yaml`, and the names that it knows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from treatment_guide.library.schema.language import StyleShape
from treatment_guide.library.text.style.readability import FORMULAS, Formula

#: Matches nothing.
NOTHING = re.compile(r"(?!)")
#: The folder of a language.
_LANGUAGE = re.compile(r"[a-z]{2,3}/")


@dataclass(frozen=True)
class Style:
    """The guards of one language. `names` matches names that may contain digits and count as short
    words; `digits` other digits that may be typed; `numbers` numbers in words; `one_of` one of how
    many; `device` words of a device or an advertisement; `unknown` that nobody knows; `you` words
    to the reader; `asked` what no question to ask begins with; `ways` how to reach a number.
    """

    folder: str
    names: re.Pattern[str]
    sentence_words: int
    formula: Formula
    page_limit: float
    paragraph_limit: float
    unknown: re.Pattern[str]
    you: re.Pattern[str] | None
    asked: re.Pattern[str] | None
    ways: Mapping[str, re.Pattern[str]]
    digits: re.Pattern[str]
    numbers: re.Pattern[str]
    one_of: re.Pattern[str]
    device: re.Pattern[str]

    def foreign(self, file: str) -> bool:
        """True for a file of words in another language, which has a style of its own."""
        return bool(_LANGUAGE.match(file)) and not file.startswith(self.folder)

    def too_hard(self, grade: float, limit: float) -> bool:
        """True for a text beyond a limit: above it, or below it for a measure of ease."""
        return grade < limit if self.formula.ease else grade > limit


def style_of(language: str, shape: StyleShape, names: re.Pattern[str]) -> Style:
    """The style of a language whose names are `names`."""
    return Style(
        folder=f"{language}/",
        names=names,
        sentence_words=shape.sentence_words,
        formula=FORMULAS[shape.readability.formula],
        page_limit=shape.readability.page,
        paragraph_limit=shape.readability.paragraph,
        unknown=re.compile(shape.unknown, re.IGNORECASE),
        you=_any([shape.you]) if shape.you else None,
        asked=re.compile(shape.asked) if shape.asked else None,
        ways={"call": _any([shape.ways.call]), "text": _any([shape.ways.text])},
        digits=_any(shape.digits, flags=0),
        numbers=re.compile("|".join([*_words(shape.numbers), "%"]), re.IGNORECASE),
        one_of=_any(shape.one_of),
        device=_any(shape.device),
    )


def _any(patterns: Sequence[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(_words(patterns)), flags) if patterns else NOTHING


def _words(patterns: Sequence[str]) -> list[str]:
    """The patterns, each from the beginning of a word on."""
    return [rf"\b(?:{each})" for each in patterns]
