"""Lists in words."""

from collections.abc import Sequence
from functools import reduce

from treatment_guide.library.model.language import Language


def joined(pattern: str, parts: Sequence[str], language: Language) -> str:
    """`parts` joined by a pattern with two placeholders, as `{first} or {next}`; empty for none."""
    if not parts:
        return ""
    text = reduce(lambda first, following: pattern.format(first=first, next=following), parts)
    return language.said(text) if len(parts) > 1 else text


def in_sentence(last: str, phrases: Sequence[str], language: Language) -> str:
    """Phrases as a list in a sentence; `last` joins the last two, as `{first} and {next}`."""
    parts = [language.listed(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases
    return joined(last, parts, language)
