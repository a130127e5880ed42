"""Values computed once for each library, such as an index of its phrases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from treatment_guide.library.model import Library

T = TypeVar("T")


def once_per_library(make: Callable[[Library], T]) -> Callable[[Library], T]:
    """A decorator: the function of a library runs once for each library object.

    The value is stored in `Library.computed`, so it lives as long as the library. It must depend
    on the library alone, never on a request, and callers must not change it. Safe for threads:
    while one computes the value, others wait.
    """
    lock = threading.RLock()

    @wraps(make)
    def found(library: Library) -> T:
        if make not in library.computed:
            with lock:
                if make not in library.computed:
                    library.computed[make] = make(library)
        return cast(T, library.computed[make])

    return found
