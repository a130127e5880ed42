"""The shape of `<language>/language.yaml`: how a language is written, and its guards of style."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from treatment_guide.library.schema.shape import Shape


def _pattern(text: str) -> str:
    """A pattern as it stands. Raises ValueError where it is none."""
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"This is no pattern: {error}.") from error
    return text


Pattern = Annotated[str, Field(min_length=1), AfterValidator(_pattern)]
Short = Annotated[str, Field(min_length=1, max_length=4)]
Name = Annotated[str, Field(min_length=1, max_length=40)]


class NumbersShape(Shape):
    """The marks in a number: 1,050.5."""

    decimal: Short
    thousands: Short


class DaysShape(Shape):
    """How a day is written: the order of its parts, and the names of the months."""

    pattern: str
    months: list[Name] = Field(min_length=12, max_length=12)

    @field_validator("pattern")
    @classmethod
    def _parts(cls, pattern: str) -> str:
        try:
            said = pattern.format(month="m", day=1, year=2)
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError("Use `{month}`, `{day}` and `{year}`, each once.") from error
        if sorted(re.findall(r"\{(\w+)\}", pattern)) != ["day", "month", "year"] or not said:
            raise ValueError("Use `{month}`, `{day}` and `{year}`, each once.")
        return pattern


class ReplacedShape(Shape):
    """What stands for a pattern in a list in words: "e" for "y" before "i"."""

    pattern: Pattern
    by: str


class ListsShape(Shape):
    """What stands between the parts of lists."""

    comma: Short
    semicolon: Short
    replaced: list[ReplacedShape] = []


class SearchShape(Shape):
    """What a search knows of the language. Words are plain, without accents, with spaces between.

    `stemmer: porter` is for English alone; elsewhere `endings` are cut off words, the longest
    first, so that `least` letters stay. `sounds` replace, in their order, parts of plain words by
    how they sound: a word that is typed as it sounds is then found.
    """

    stemmer: Literal["porter", "endings"]
    stop: str
    telling: str = ""
    fillers: str = ""
    articles: str = ""
    or_words: str = Field(default="", alias="or")
    endings: str = ""
    least: int = Field(default=3, ge=2, le=6)
    sounds: list[ReplacedShape] = []


class ReadabilityShape(Shape):
    """The formula, and the limits of a page and of one paragraph. Of `flesch-kincaid` (grades of
    school) and `lix` more is harder, of `fernandez-huerta` less is.
    """

    formula: Literal["flesch-kincaid", "fernandez-huerta", "lix"]
    page: float
    paragraph: float


class WaysShape(Shape):
    """The words that say how to reach a number."""

    call: Pattern
    text: Pattern


class StyleShape(Shape):
    """The guards of style. Each pattern is looked for from the beginning of a word on."""

    sentence_words: int = Field(alias="sentence-words", ge=10, le=40)
    readability: ReadabilityShape
    unknown: Pattern
    you: Pattern | None = None
    asked: Pattern | None = None
    ways: WaysShape
    digits: list[Pattern] = []
    numbers: list[Pattern] = []
    one_of: list[Pattern] = Field(default=[], alias="one-of")
    device: list[Pattern] = []


class LanguageShape(Shape):
    """`<language>/language.yaml`. `served`: readers get a translation only once it says so."""

    own_name: Name = Field(alias="own-name")
    tags: list[Name] = Field(default=[], max_length=5)
    served: bool = True
    direction: Literal["ltr", "rtl"] = "ltr"
    numbers: NumbersShape
    days: DaysShape
    lists: ListsShape
    counts: list[Pattern] = Field(default=["1"], min_length=1, max_length=5)
    search: SearchShape
    style: StyleShape
