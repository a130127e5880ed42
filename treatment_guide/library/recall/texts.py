"""Changes the texts inside immutable objects, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from html import escape
from typing import Any

from treatment_guide.library.text.said_sentences import without_sentence

Change = Callable[[str], str]


def without_sentences(texts: Mapping[str, str]) -> Change:
    """The function that puts other words in place of sentences, longer ones first."""
    ordered = sorted(texts.items(), key=lambda pair: -len(pair[0]))

    def change(text: str) -> str:
        for old, new in ordered:
            text = without_sentence(text, old, new)
        return text

    return change


def marking(links: Iterable[str], words: str) -> Change:
    """The function that writes words (text) behind links to these pages, given as the ends of their
    addresses.
    """
    pages = "|".join(map(re.escape, links))
    link = re.compile(rf'(<a href="[^"]*(?:{pages})(?:#[^"]*)?"[^>]*>[^<]*</a>)')
    marked = escape(words, quote=False)

    def change(text: str) -> str:
        return link.sub(lambda found: f"{found[1]} {marked}", text)

    return change


def mapped(value: Any, change: Change) -> Any:
    """A value with every text in it changed: in dataclasses, mappings and tuples. What has no text
    that changes is returned as it is. Ids are no texts of their own: `change` must leave them.
    """
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        made = tuple(mapped(each, change) for each in value)
        same = all(new is old or new == old for new, old in zip(made, value, strict=True))
        return value if same else made
    if isinstance(value, Mapping):
        return {key: mapped(each, change) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.init]
        changed = {name: mapped(getattr(value, name), change) for name in names}
        new = {name: each for name, each in changed.items() if each != getattr(value, name)}
        return replace(value, **new) if new else value
    return value
