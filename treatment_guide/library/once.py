"""Values computed once for each library, such as an index of its phrases."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from treatment_guide.library.model import Library

T = TypeVar("T")


def once_per_library(make: Callable[[Library], T]) -> Callable[[Library], T]:
    """Decorate a function of a library so that it runs once for each library object.

    The value must depend on the library alone: nothing from a request may enter it, and the caller
    must not change it. Safe for several threads: while one computes the value, the others wait.

    `functools.lru_cache` cannot do this, because a library holds dictionaries and has no hash. The
    key is the identity of the object. A weak reference tells whether that object still exists, so
    that a new library at the same place in memory never gets the old value.
    """
    made: dict[int, tuple[weakref.ref[Library], T]] = {}
    lock = threading.RLock()

    def kept(library: Library) -> tuple[weakref.ref[Library], T] | None:
        entry = made.get(id(library))
        return entry if entry is not None and entry[0]() is library else None

    @wraps(make)
    def found(library: Library) -> T:
        entry = kept(library)
        if entry is None:
            with lock:
                entry = kept(library)
                if entry is None:
                    for key in [key for key, (of, _) in made.items() if of() is None]:
                        del made[key]
                    entry = made[id(library)] = (weakref.ref(library), make(library))
        return entry[1]

    return found
