"""Template filters: an address below the base path, one part of a page, words with a sentence in bold or without their marks."""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from treatment_guide.http.addresses import at

register = template.Library()

_MARKS = re.compile(r"<sup>.*?</sup>")


@register.filter
def first_bold(words: str) -> SafeString:
    """Words with their first sentence in bold, as HTML."""
    first, end, rest = words.partition(". ")
    return format_html("<b>{}{}</b> {}", first, end.strip(), rest)


@register.filter
def get(by_id: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    """One part of a page."""
    return by_id[name]


@register.filter
def part(by_id: dict[str, dict[str, Any]], name: str) -> list[Any]:
    """The blocks of one part of a page."""
    blocks: list[Any] = by_id[name]["blocks"]
    return blocks


@register.filter
def title(by_id: dict[str, dict[str, Any]], name: str) -> str:
    """The heading of one part of a page."""
    return str(by_id[name]["title"])


@register.filter
def without_marks(markup: str) -> str:
    """HTML without the links to the numbered sources of its page."""
    return _MARKS.sub("", markup)


@register.filter(name="at")
def at_filter(path: str) -> str:
    """A path within the site as a link names it, below the base path."""
    return at(path)
