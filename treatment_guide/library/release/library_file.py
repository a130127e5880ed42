"""A checked library in a file, so that a start need not read and check the content again.

The file is a pickle behind a checksum, which detects a file that was cut short or changed. With the
library stand the parts of pages that are made at start (`once.stored_with`). The unpickler allows
only classes of the library, the engine and these parts, and a few plain types, so a file cannot call
other code.
"""

import hashlib
import io
import pickle
from pathlib import Path
from typing import Any

from treatment_guide.library.model import Library

_ROOMS = ("treatment_guide.library.", "treatment_guide.engine.", "treatment_guide.questionnaire.")
_PLAIN = {
    ("datetime", "date"),
    ("django.utils.safestring", "SafeString"),
    ("builtins", "range"),
}
_SUM = 32


class BrokenBuild(Exception):
    """The file of the library is incomplete, changed, or not one of ours."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A class of these rooms, or a plain type. Raises for any other."""
        ours = module.startswith(_ROOMS) and "." not in name
        if ours or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise BrokenBuild(f"{module}.{name} has no place in a library.")


def write_library(library: Library, path: Path) -> None:
    """Write the library to a file, its checksum first."""
    data = pickle.dumps(library, protocol=5)
    path.write_bytes(hashlib.sha256(data).digest() + data)


def read_whole(path: Path) -> bytes:
    """The bytes behind the checksum. Raises BrokenBuild when the checksum does not match."""
    whole = path.read_bytes()
    checksum, data = whole[:_SUM], whole[_SUM:]
    if hashlib.sha256(data).digest() != checksum:
        raise BrokenBuild(f"{path} is not whole. Build again.")
    return data


def read_library(path: Path) -> Library:
    """The library in a file. Raises BrokenBuild when the file is incomplete or changed."""
    try:
        library = _Reader(io.BytesIO(read_whole(path))).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError) as error:
        raise BrokenBuild(f"{path.name} cannot be read ({error}). Build again.") from error
    if not isinstance(library, Library):
        raise BrokenBuild(f"{path.name} holds no library.")
    return library
