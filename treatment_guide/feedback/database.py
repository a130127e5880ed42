"""The one database: SQLite in a file unless DATABASE_URL names another."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ENGINES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
}
#: Seconds to wait for a database: a reader is waiting too.
PATIENCE = 2


def database(url: str, default: Path) -> dict[str, Any]:
    """Django's settings for an address such as `postgres://user:word@host:5432/name`.

    Raises ValueError for one that names no database we know.
    """
    if not url:
        url = f"sqlite:///{default}"
    parts = urlsplit(url)
    if parts.scheme not in ENGINES:
        known = ", ".join(ENGINES)
        raise ValueError(f"DATABASE_URL begins with one of {known}, not `{parts.scheme}`.")
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite":
        return {"ENGINE": ENGINES["sqlite"], "NAME": name, "OPTIONS": {"timeout": PATIENCE}}
    options: dict[str, Any] = {"connect_timeout": PATIENCE, **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": ENGINES[parts.scheme],
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
