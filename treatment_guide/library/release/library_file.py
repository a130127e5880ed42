"""A checked library, kept in a file, so that a start need not read and check the content again.

The file is Python's pickle, read by a reader that knows the classes of the library and no others:
it can make values, and can call nothing. A file cut short or changed is refused by its checksum.
"""

import hashlib
import io
import pickle
from pathlib import Path
from typing import Any

from treatment_guide.library.model import Library

_ROOMS = ("treatment_guide.library.", "treatment_guide.engine.")
_PLAIN = {("datetime", "date")}
_SUM = 32


class BrokenBuild(Exception):
    """The kept library is not whole, or not one of ours."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A class of the library or the engine, or a plain type; nothing else."""
        ours = module.startswith(_ROOMS) and "." not in name
        if ours or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise BrokenBuild(f"{module}.{name} has no place in a library.")


def keep(library: Library, path: Path) -> None:
    """Write the library to a file, its checksum first."""
    data = pickle.dumps(library, protocol=5)
    path.write_bytes(hashlib.sha256(data).digest() + data)


def read_whole(path: Path) -> bytes:
    """What is kept in a file. Raises BrokenBuild when it is not whole."""
    whole = path.read_bytes()
    checksum, data = whole[:_SUM], whole[_SUM:]
    if hashlib.sha256(data).digest() != checksum:
        raise BrokenBuild(f"{path} is not whole. Build again.")
    return data


def kept(path: Path) -> Library:
    """The library in a file. Raises BrokenBuild when it is not whole."""
    try:
        library = _Reader(io.BytesIO(read_whole(path))).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError) as error:
        raise BrokenBuild(f"{path.name} cannot be read ({error}). Build again.") from error
    if not isinstance(library, Library):
        raise BrokenBuild(f"{path.name} holds no library.")
    return library
