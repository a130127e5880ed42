"""HTML that templates make once, with places that are filled for each request.

    asked = pattern(library, "questionnaire/outcome/_ask.html", words=place("words"))
    asked % {"words": "Would <b>surgery</b> help?"}

A template is rendered with places where a page of a reader will have values. What comes out is a
pattern for `%`, which fills it some hundred times as fast as the template would be rendered. What
is filled in has to be HTML: nobody escapes it any more.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.http.html.context import frame
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library

T = TypeVar("T")

# Characters for private use: no content, no template and no address has them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACE = re.compile(f"{_OPEN}([^{_CLOSE}]+){_CLOSE}")

#: Stands for the code of the reader's answers in all patterns. `with_code` puts the code there once
#: the page is whole: patterns stand within patterns, and all of them name the code. No code has
#: such a character, and an address keeps it as it is.
CODE = "~code~"


def place(name: str) -> SafeString:
    """A place of this name, to be given to `pattern` in the place of a value."""
    return mark_safe(f"{_OPEN}{name}{_CLOSE}")


def pattern(library: Library, template: str, **values: Any) -> str:
    """The HTML of a template as a pattern for `%`, with the places that are among the values."""
    made = get_template(template).render({**frame(library), "code": CODE, **values})
    return _PLACE.sub(r"%(\1)s", made.replace("%", "%%"))


def part(library: Library, template: str, **values: Any) -> str:
    """The same, without the empty lines around: for a template that is a part of a page."""
    return pattern(library, template, **values).strip("\n")


def html(library: Library, template: str, **values: Any) -> str:
    """The HTML of a part of a page that has no place but for the code."""
    return part(library, template, **values) % {}


def cut(made: str, *names: str) -> tuple[str, ...]:
    """What stands between the places of a pattern, which have to be these, in this order.

    `%` reads a whole pattern each time it fills it. Where that is dear, texts are joined instead.
    Raises ValueError for other places.
    """
    if tuple(re.findall(r"%\((.+?)\)s", made.replace("%%", ""))) != names:
        raise ValueError(f"These are not the places of the pattern: {names}")
    return tuple((made % dict.fromkeys(names, _OPEN)).split(_OPEN))


def with_code(page: str, code: str) -> str:
    """The page with this code in all its addresses."""
    return page.replace(CODE, code)


def made_at_start(make: Callable[[Library], T]) -> Callable[[Library], T]:
    """Parts of pages of a library, made once: `wsgi.py` asks for them before it serves.

    While somebody writes (DEBUG), templates change, and they are made anew for each page.
    """
    once = once_per_library(make)

    def found(library: Library) -> T:
        return make(library) if settings.DEBUG else once(library)

    return found
