"""The content as Django sees it: one library for the process, its faults as system checks."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent

_taken: list[Library] = []


def take_library(library: Library) -> None:
    """Let this be the library of the process: one that was checked when it was built."""
    _taken[:] = [library]


@lru_cache(maxsize=1)
def current_library() -> Library:
    """The library of this process, loaded at the first call. Raises BrokenContent."""
    if _taken:
        return _taken[0]
    # Here, because a start from a build needs neither the loader nor what it checks with.
    from treatment_guide.library.loading.loader import load_library

    return load_library(settings.CONTENT_DIR, settings.SITE)


def content_is_sound(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An Error for every fault in the content: its file, line and field, and what to do."""
    try:
        current_library()
    except BrokenContent as broken:
        return [
            Error(
                f"{problem.message}",
                obj=f"content/{problem.file}:{problem.line}"
                + (f" [{problem.field}]" if problem.field else ""),
                id="content.E001",
            )
            for problem in broken.problems
        ]
    return []
