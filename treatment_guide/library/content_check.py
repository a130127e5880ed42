"""The library of the process, and the faults of the content as Django system checks."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from treatment_guide.library.model import Library, Recall
from treatment_guide.library.problems import BrokenContent, Problem
from treatment_guide.library.recall.applying import in_effect
from treatment_guide.library.recall.standing import recalls_now, running, texts_now

log = logging.getLogger("treatment_guide.serving")
_taken: list[Library] = []


def take_library(library: Library) -> None:
    """Set the library of the process to one that was checked when it was built."""
    _taken[:] = [library]


@lru_cache(maxsize=1)
def current_library() -> Library:
    """The library of this process, loaded at the first call, without what is withdrawn. Raises
    BrokenContent.
    """
    recalls, faults = recalls_now()
    library, unfit = in_effect(released_library(), recalls)
    faults += unfit
    if faults and not running():
        raise BrokenContent(sorted(faults))
    for fault in faults:
        log.error("A recall is not in effect as it stands: %s", fault)
    return library if library is released_library() else _with_translations(library, recalls)


def _with_translations(library: Library, recalls: Iterable[Recall]) -> Library:
    """A library without what is withdrawn, and its translations without the same. Those of the
    released library stay as they are: a build stores them.
    """
    for name, translation in released_library().translations.items():
        told, _ = in_effect(translation, recalls)
        library.translations[name] = replace(told, guide=library.guide, original=library)
    return library


@lru_cache(maxsize=1)
def released_library() -> Library:
    """The same with everything that is withdrawn. Raises BrokenContent."""
    if _taken:
        return _taken[0]
    # Here, because a start from a build needs neither the loader nor what it checks with.
    from treatment_guide.library.loading.languages.all import load_languages

    wanted = settings.SERVED_LANGUAGES
    return load_languages(
        settings.CONTENT_DIR,
        settings.SITE,
        settings.BASE_PATH,
        wanted,
        local=settings.LOCAL_DIR,
    )


def content_is_sound(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One Error that lists every fault in the content: its file, line and field, and what to do. A
    Warning for each thing that a clinic's own folder says about what the guide no longer has, and for
    words of recalls that are hard to read.

    Django sorts errors as text, which would put line 10 before line 9.
    """
    try:
        library = current_library()
    except BrokenContent as broken:
        return [Error("\n".join(broken.lines("content/")), id="content.E001")]
    warned = [Warning(said, id="content.W001") for said in told(library)]
    return [*warned, *(Warning(str(said), id="content.W002") for said in hard_recalls())]


def hard_recalls() -> Iterable[Problem]:
    """What an editor would say of the words of recalls. Nothing waits for it."""
    # Here, because a start from a build needs none of what it checks with.
    from treatment_guide.library.loading.prose.recall_style import recall_style

    texts, _ = texts_now()
    recalls, _ = recalls_now()
    return recall_style(settings.CONTENT_DIR, recalls, texts)


def told(library: Library) -> tuple[str, ...]:
    """What a clinic's own folder says about what the guide no longer has, and what to do."""
    return library.local.told if library.local else ()
