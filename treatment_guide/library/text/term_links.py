"""The first plain use of a medical word on a page becomes a link to the word list.

Works on the HTML of `markdown`, which has only a few elements. Headings and figures are not in it,
and no link is put inside a link. A term is linked once a page, counting links that editors wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from treatment_guide.library.model import Part
from treatment_guide.library.text.blocks import Block, Html
from treatment_guide.library.text.content_files import Entry

_TAG = re.compile(r"(<[^>]*>)")
_HAND_LINK = re.compile(r'<a href="[^"#]*/glossary/#([a-z0-9-]+)">')


def forms(term: Entry) -> list[str]:
    """The forms of a term: its name without what is in brackets, and `also`."""
    name = re.sub(r" *\(.*?\)", "", term.extras.get("name", term.id))
    also = term.extras.get("also", "").split(",")
    return [form.strip() for form in (name, *also) if form.strip()]


class FirstUses:
    """Knows how each term is written, and links the first plain use of each."""

    def __init__(self, terms: Mapping[str, Entry], base: str = "") -> None:
        self._base = base
        # A short form such as CT matches only in capitals.
        self._short = {f: t.id for t in terms.values() for f in forms(t) if f.isupper()}
        self._long = {f.lower(): t.id for t in terms.values() for f in forms(t) if not f.isupper()}
        self._pattern = _whole_words(self._short, self._long)

    def link(self, parts: Iterable[Part]) -> tuple[tuple[Part, ...], list[str]]:
        """The parts of a page with their links, and the terms that were linked, in order."""
        seen: set[str] = set()
        linked: list[str] = []
        made = tuple(
            replace(part, blocks=tuple(self._block(block, seen, linked) for block in part.blocks))
            for part in parts
        )
        return made, linked

    def _block(self, block: Block, seen: set[str], linked: list[str]) -> Block:
        if self._pattern is None or not isinstance(block, Html):
            return block
        pieces: list[str] = []
        in_link = again = False
        for piece in _TAG.split(block.html):
            if piece.startswith("<a "):
                by_hand = _HAND_LINK.match(piece)
                again = by_hand is not None and by_hand.group(1) in seen
                in_link = True
                if by_hand:
                    seen.add(by_hand.group(1))
                pieces.append("" if again else piece)
            elif piece == "</a>":
                pieces.append("" if again else piece)
                in_link = again = False
            elif piece.startswith("<") or in_link:
                pieces.append(piece)
            else:
                pieces.append(self._text(piece, seen, linked))
        return replace(block, html="".join(pieces))

    def _text(self, text: str, seen: set[str], linked: list[str]) -> str:
        def first(found: re.Match[str]) -> str:
            words = found.group()
            term = self._short.get(words) or self._long[words.lower()]
            if term in seen:
                return words
            seen.add(term)
            linked.append(term)
            return f'<a href="{self._base}/glossary/#{term}">{words}</a>'

        return self._pattern.sub(first, text) if self._pattern else text


def _whole_words(short: Iterable[str], long: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any form as a whole word, the longest first. None where there are no forms."""
    exact = [(form, re.escape(form)) for form in short]
    loose = [(form, f"(?i:{re.escape(form)})") for form in long]
    # Grouped by first letter, so that a word is compared only with forms that begin like it.
    by_letter: dict[str, list[str]] = {}
    for form, pattern in sorted([*exact, *loose], key=lambda pair: -len(pair[0])):
        by_letter.setdefault(form[0].lower(), []).append(pattern)
    any_form = "|".join(
        f"(?=(?i:{re.escape(letter)}))(?:{'|'.join(row)})" for letter, row in by_letter.items()
    )
    return re.compile(rf"(?<![\w&-])(?:{any_form})(?![\w-])") if any_form else None
