"""Django's SQLite backend, in a file that only its owner may read.

SQLite creates files that all users of a machine may read. Feedback is for editors only.
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
    """Django's wrapper; takes read rights of others away before it opens the file."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection to the database."""
        keep_private(str(conn_params["database"]))
        return super().get_new_connection(conn_params)


def keep_private(name: str) -> None:
    """Create the file of a database if it is missing, and remove all rights of other users.

    A file that another user owns, or on a read-only disk, is left as it is.
    """
    if name == ":memory:" or name.startswith("file:"):
        return
    with suppress(OSError):
        # Opens only new files: closing an existing one would drop SQLite's locks on it.
        os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    for file in (Path(name), *(Path(name + ending) for ending in BESIDE)):
        with suppress(OSError):
            mode = stat.S_IMODE(file.stat().st_mode)
            if mode & 0o077:
                file.chmod(mode & ~0o077)
