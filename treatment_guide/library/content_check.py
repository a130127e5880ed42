"""The library of the process, and the faults of the content as Django system checks."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent

_taken: list[Library] = []


def take_library(library: Library) -> None:
    """Set the library of the process to one that was checked when it was built."""
    _taken[:] = [library]


@lru_cache(maxsize=1)
def current_library() -> Library:
    """The library of this process, loaded at the first call. Raises BrokenContent."""
    if _taken:
        return _taken[0]
    # Here, because a start from a build needs neither the loader nor what it checks with.
    from treatment_guide.library.loading.loader import load_library

    return load_library(settings.CONTENT_DIR, settings.SITE, base=settings.BASE_PATH)


def content_is_sound(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One Error that lists every fault in the content: its file, line and field, and what to do.

    Django sorts errors as text, which would put line 10 before line 9.
    """
    try:
        current_library()
    except BrokenContent as broken:
        return [Error("\n".join(broken.lines("content/")), id="content.E001")]
    return []
