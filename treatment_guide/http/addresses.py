"""Paths within the site, the base path below which the site may stand (BASE_PATH), and the beginning
of the addresses of a language (`/es`).

While a page is made, `speaking` holds what its addresses begin with, as Django does for `reverse`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.library.model import Library

#: What patients get from a clinic, below `/clinics/`.
FOR_PATIENTS = r"(?:(?:sheet|forms|booklets)/|link/[^/]+/qr\.)"
#: Addresses for clinics and for programs: there is one of each, in the language of the original.
#: What a clinician reads is in the language of the clinic whatever the reader's. What patients get
#: from a clinic may be in theirs (`handouts.py`).
ORIGINAL_ALONE = re.compile(
    rf"/(?:clinics/(?!{FOR_PATIENTS})|infobutton$|fhir/|healthz$|robots\.txt$|sitemap\.xml$"
    r"|\.well-known/|metrics$|whats-next/(?:clinician|record)/)"
)
#: What the addresses of the language that is spoken now begin with; empty for the original.
_prefix: ContextVar[str] = ContextVar("prefix", default="")


@contextmanager
def speaking(library: Library) -> Iterator[None]:
    """Until it ends, addresses are those of the language of a library."""
    prefix = library.language.prefix
    if prefix == _prefix.get():
        yield
        return
    token, before = _prefix.set(prefix), get_script_prefix()
    set_script_prefix(f"{settings.BASE_PATH}{prefix}/")
    try:
        yield
    finally:
        _prefix.reset(token)
        set_script_prefix(before)


def at(path: str) -> str:
    """A path within the site, as a link names it: `/options/prp/` below the base path, in the
    language that is spoken.

    `reverse` and `{% url %}` give such addresses themselves; content and the library give paths
    within the site.
    """
    start = f"{settings.BASE_PATH}{_prefix.get()}"
    if not start:
        return path
    whole = f"{start}{path}"
    return mark_safe(whole) if isinstance(path, SafeString) else whole


def within(path: str) -> str:
    """The path within the site of a requested one, whether or not a proxy took the base path off.
    The beginning of a language stays.
    """
    base = settings.BASE_PATH
    if base and f"{path}/".startswith(f"{base}/"):
        return path[len(base) :] or "/"
    return path


def in_language(path: str, prefix: str) -> str:
    """A path within the site without the beginning of a language, where it has it."""
    if prefix and f"{path}/".startswith(f"{prefix}/"):
        return path[len(prefix) :]
    return path


def to(route: str, *names: Any) -> str:
    """The address of a route by its name in urls.py, below the base path and in the language that is
    spoken.

    Raises NoReverseMatch where there is no such route.
    """
    return reverse(route, args=names)
