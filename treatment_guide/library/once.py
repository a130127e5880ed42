"""Values computed once for each library, such as an index of its phrases.

Those `stored_with` the library are also kept in the file of a build, so that a server need not
compute them at its start.
"""

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
    return _once(make, make)


def stored_with(make: Callable[[Library], T]) -> Callable[[Library], T]:
    """The same for a value that a build stores with the library. It can be pickled, and is made of
    plain values and of classes that `release/library_file.py` allows.
    """
    return _once(make, f"{make.__module__}.{make.__qualname__}")


def _once(make: Callable[[Library], T], key: object) -> Callable[[Library], T]:
    lock = threading.RLock()

    @wraps(make)
    def found(library: Library) -> T:
        if key not in library.computed:
            with lock:
                if key not in library.computed:
                    library.computed[key] = make(library)
        return cast(T, library.computed[key])

    return found
