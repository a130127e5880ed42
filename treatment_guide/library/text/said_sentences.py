"""Finds the sentence of a fact in HTML, where words of it may be links to the word list.

`term_links.py` makes these links after the sentence stands there: a plain search would miss it, and
a number that must no longer be shown would stay.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

#: A link to the word list, or its end, between two words.
_LINK = r"(?:<a [^>]*>|</a>)?"


@lru_cache(maxsize=2048)  # saves 0.1 ms a fact that is due, on every page that has it
def _said(sentence: str) -> re.Pattern[str]:
    pieces = re.split(r"(\W+)", escape(sentence, quote=False))
    return re.compile(_LINK.join(re.escape(piece) for piece in pieces if piece))


def without_sentence(markup: str, sentence: str, words: str) -> str:
    """HTML with other words (text) in place of a sentence (text), links inside of it or not."""
    first = re.split(r"\W", sentence, maxsplit=1)[0]
    if not sentence or first not in markup:
        return markup
    return _said(sentence).sub(lambda _: escape(words, quote=False), markup)
