"""Words of the interface as HTML: looked up by key, placeholders filled, `**x**` bold."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.engine.model import GROUPS
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library

_BOLD = re.compile(r"\*\*(.+?)\*\*")


@once_per_library  # saves 1.6 ms a page
def fixed_words(library: Library) -> dict[str, SafeString]:
    """All interface words without placeholders, as HTML. A page needs about a hundred."""
    fixed = {}
    for name, words in library.ui.items():
        try:
            said = conditional_escape(words).format()
        except (KeyError, IndexError, ValueError):
            continue  # it has placeholders: `say` fills them, or raises
        fixed[name] = mark_safe(_BOLD.sub(r"<b>\1</b>", said))
    return fixed


def say(library: Library, name: str, **places: Any) -> SafeString:
    """The interface words with this key, with `{name}` filled from `places` and `**x**` bold. Days
    and whole numbers are written as the language writes them. Raises KeyError for an unknown key or a missing value.
    """
    if not places and name in fixed_words(library):
        return fixed_words(library)[name]
    words = conditional_escape(library.ui[name])
    safe = {key: conditional_escape(_said(library, value)) for key, value in places.items()}
    return mark_safe(_BOLD.sub(r"<b>\1</b>", words.format(**safe)))


def _said(library: Library, value: Any) -> Any:
    """A value as the language says it: a day in words, a whole number with its separators."""
    if isinstance(value, date):
        return library.language.day(value)
    return library.language.number(value) if type(value) is int else value


def say_count(library: Library, name: str, count: int, **places: Any) -> SafeString:
    """Interface words that have several forms, `one|more`, chosen by `count`."""
    form = library.language.form(library.ui[name], count)
    return format_html("{}", form.format(count=count, **places))


def map_count(library: Library, group: str, count: int) -> SafeString:
    """How many options stand in a group."""
    return say_count(library, f"map-count-{group}", count)


def group_counts(library: Library, groups: Iterable[str]) -> str:
    """The number of options in each group: "1 fits, 2 depend"."""
    given = list(groups)
    counted = [(group, given.count(group)) for group in GROUPS if group in given]
    return library.language.listed([str(map_count(library, *each)) for each in counted])
