"""Django's SQLite backend, in a file that only its owner may read.

SQLite makes its files readable by all users of a machine. What readers wrote is for editors alone.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

#: Files that SQLite puts beside a database; it gives new ones the mode of the database.
BESIDE = ("-journal", "-wal", "-shm")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, that closes the file to others before it opens it."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection to the database."""
        keep_private(str(conn_params["database"]))
        return super().get_new_connection(conn_params)


def keep_private(name: str) -> None:
    """Make the file of a database where there is none, and take every right of others away.

    A file that another user owns, or that stands on a read-only disk, is left as it is.
    """
    if name == ":memory:" or name.startswith("file:"):
        return
    with suppress(OSError):
        # Only a new file is opened here: closing an old one would drop SQLite's locks on it.
        os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    for file in (Path(name), *(Path(name + ending) for ending in BESIDE)):
        with suppress(OSError):
            mode = stat.S_IMODE(file.stat().st_mode)
            if mode & 0o077:
                file.chmod(mode & ~0o077)
