"""The one database: SQLite in a file unless DATABASE_URL names another.

The address is taken apart by urllib, as where it is checked (environment/databases.py).
dj-database-url would read it in a second way: `true` and `5` become Python's, and libpq's options
are text.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.db import utils

ENGINES = {
    "sqlite": "treatment_guide.feedback.private_sqlite",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
}
#: Seconds to wait for a database that another program has locked: a reader is waiting too.
PATIENCE = 0.25
#: Seconds to wait for a connection to a PostgreSQL, and for an answer of its machine; libpq knows
#: no less.
CONNECT = 2
#: A shorter text that stands in a message stands there by chance.
TELLING_LENGTH = 4
#: Faults whose message says what is wrong with the database. Those of others may quote a row.
_TELLING = (utils.OperationalError, utils.InterfaceError, utils.InternalError)


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
        # IMMEDIATE: two workers that write wait for each other, where else one would fail at once.
        how = {"timeout": PATIENCE, "transaction_mode": "IMMEDIATE"}
        return {"ENGINE": ENGINES["sqlite"], "NAME": name, "OPTIONS": how}
    options: dict[str, Any] = {
        "connect_timeout": CONNECT,
        "tcp_user_timeout": CONNECT * 1000,
        **dict(parse_qsl(parts.query)),
    }
    return {
        "ENGINE": ENGINES[parts.scheme],
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def cause(error: BaseException, typed: str) -> str:
    """What went wrong, for the log: the kind of fault, and its first line where that tells.

    Never what a reader typed, and never the password.
    """
    kind = type(error).__name__
    if isinstance(error, utils.ProgrammingError):
        return f"{kind}: is the table there? Run: manage.py migrate"
    told = isinstance(error, (*_TELLING, OSError)) and str(error).strip()
    if not told:
        return kind
    line = told.splitlines()[0][:300]
    for secret in _secrets():
        line = line.replace(secret, "[password]")
    words = typed.strip()
    quoted = len(words) >= TELLING_LENGTH and words in line
    return kind if quoted else f"{kind}: {line}"


def _secrets() -> list[str]:
    given = settings.DATABASES["default"]
    options = given.get("OPTIONS", {})
    found = [given.get("PASSWORD"), *(options.get(name) for name in ("password", "sslpassword"))]
    return [str(secret) for secret in found if secret]
