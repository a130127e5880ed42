"""Django's SQLite, in a file that only its owner may read. Django looks for `base` in here."""
