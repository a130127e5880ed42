"""HTML that templates make once, with placeholders that are filled for each request.

    asked = pattern(library, "questionnaire/outcome/_ask.html", words=place("words"))
    asked % {"words": "Would <b>surgery</b> help?"}

A template is rendered with placeholders in place of a reader's values. The result is a pattern for
`%`, which is some hundred times as fast as rendering the template. Values must be HTML: they are
not escaped.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.http.html.context import frame
from treatment_guide.library.model import Library
from treatment_guide.library.once import stored_with

T = TypeVar("T")

# Private-use characters: no content, template or address contains them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACE = re.compile(f"{_OPEN}([^{_CLOSE}]+){_CLOSE}")

#: Stands for the reader's answer code in all patterns. `with_code` replaces it once, when the page
#: is complete, because patterns are nested and all contain the code. No code contains `~`, and an
#: address keeps it unchanged.
CODE = "~code~"


def place(name: str) -> SafeString:
    """A placeholder with this name, to be given to `pattern` as a value."""
    return mark_safe(f"{_OPEN}{name}{_CLOSE}")


def pattern(library: Library, template: str, **values: Any) -> str:
    """The HTML of a template as a pattern for `%`, with the placeholders among `values`."""
    made = get_template(template).render({**frame(library), "code": CODE, **values})
    return _PLACE.sub(r"%(\1)s", made.replace("%", "%%"))


def part(library: Library, template: str, **values: Any) -> str:
    """The same without white space around it: for a template that is a part of a page."""
    return pattern(library, template, **values).strip("\n")


def html(library: Library, template: str, **values: Any) -> str:
    """The HTML of a part of a page that has no placeholder other than `CODE`."""
    return part(library, template, **values) % {}


def cut(made: str, *names: str, **given: str) -> tuple[str, ...]:
    """The texts between the placeholders `names` of a pattern, in this order, with all other
    placeholders filled by `given`.

    Joining these texts is faster than `%`, which parses the pattern each time. Raises ValueError
    for other placeholders, or another order.
    """
    found = re.findall(r"%\((.+?)\)s", made.replace("%%", ""))
    if tuple(name for name in found if name not in given) != names or given.keys() - set(found):
        raise ValueError(f"These are not the places of the pattern: {names}, {tuple(given)}")
    return tuple((made % {**given, **dict.fromkeys(names, _OPEN)}).split(_OPEN))


def with_code(page: str, code: str) -> str:
    """The page with `code` in place of `CODE`."""
    return page.replace(CODE, code)


def made_at_start(make: Callable[[Library], T]) -> Callable[[Library], T]:
    """A decorator: parts of pages are made once for each library, before it is served
    (`serving/prepared.py`); a build stores them.

    With DEBUG, templates change, so the parts are made for each page.
    """
    once = stored_with(make)

    def found(library: Library) -> T:
        return make(library) if settings.DEBUG else once(library)

    return found
