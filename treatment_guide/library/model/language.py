"""A language as pages are written in it: numbers, days, lists, counts and the words of a search.

Everything comes from `content/<language>/language.yaml`, so that a language adds no code. Nothing
here compiles a pattern until it is used, because a library is kept in a file as plain values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache


@dataclass(frozen=True)
class SearchWords:
    """What a search knows of a language. `stop` tell nothing of a page, `fillers` nothing of a
    danger, `articles` nothing at all; `or_words` go on with what is denied. `porter`: stems are
    English; otherwise the longest of `endings` is cut off that leaves `least` letters. `sounds` are
    pairs of a pattern and what stands for it: words that are then equal sound alike.
    """

    stop: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    or_words: frozenset[str] = frozenset()
    porter: bool = False
    endings: tuple[str, ...] = ()
    least: int = 3
    sounds: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Language:
    """One language. `name` is its folder and the beginning of its addresses; `own_name` what its
    speakers call it; `tags` are other names that record systems send for it. `day_pattern` is one of `{month}`, `{day}` and `{year}`. `forms` are patterns
    of the counts that take each form of words (`day|days`) but the last. `replaced` are pairs of a
    pattern and what stands for it in lists: Spanish says "e" and not "y" before "i".
    """

    name: str
    own_name: str
    tags: tuple[str, ...] = ()
    direction: str = "ltr"
    decimal: str = "."
    thousands: str = ","
    day_pattern: str = "{year}-{month}-{day}"
    months: tuple[str, ...] = tuple(map(str, range(1, 13)))
    forms: tuple[str, ...] = ("1",)
    comma: str = ", "
    semicolon: str = "; "
    replaced: tuple[tuple[str, str], ...] = ()
    search: SearchWords = field(default_factory=SearchWords)
    original: bool = True  # False for a translation

    @property
    def prefix(self) -> str:
        """What stands before the addresses of the language: `/es`; nothing for the original."""
        return "" if self.original else f"/{self.name}"

    def number(self, value: float) -> str:
        """A number as it is read: 1,050 or 2.1, with no plus sign and a true minus."""
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
        text = text.replace("-", "\N{MINUS SIGN}")
        if (self.thousands, self.decimal) == (",", "."):
            return text
        return text.translate({ord(","): self.thousands, ord("."): self.decimal})

    def day(self, day: date) -> str:
        """A day in words: November 22, 2026."""
        return self.day_pattern.format(month=self.months[day.month - 1], day=day.day, year=day.year)

    def form(self, words: str, count: float | str) -> str:
        """The form of words for a count: of `day|days`, `day` for 1. Words with too few forms give
        their last.
        """
        forms = words.split("|")
        said = f"{count:g}" if isinstance(count, float) else str(count)
        for number, pattern in enumerate(self.forms[: len(forms) - 1]):
            if re.fullmatch(pattern, said):
                return forms[number]
        return forms[-1]

    def listed(self, parts: Sequence[str]) -> str:
        """Parts with commas between them."""
        return self.comma.join(parts)

    def said(self, text: str) -> str:
        """A joined text as the language says it aloud: with what is `replaced`."""
        for pattern, instead in self.replaced:
            text = _compiled(pattern).sub(instead, text)
        return text


@lru_cache(maxsize=64)  # saves 1 µs a list
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


#: Stands where no file of a language was read, as in a small guide without one.
NO_LANGUAGE = Language("en", "en")
