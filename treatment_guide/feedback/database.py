"""Django's settings of the one database: an SQLite file unless DATABASE_URL names another.

The address is parsed by urllib, as in environment/databases.py, which checks it. dj-database-url
would parse it differently: it turns `true` and `5` into Python values, but libpq's options are
text.
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
#: Seconds to wait for a locked SQLite database. A reader waits as long.
PATIENCE = 0.25
#: Seconds to wait for a PostgreSQL connection and for its TCP packets; libpq accepts no less.
CONNECT = 2
#: Typed text shorter than this may be in a message by chance.
TELLING_LENGTH = 4
#: Exceptions whose message is about the database. Messages of others may quote a row.
_TELLING = (utils.OperationalError, utils.InterfaceError, utils.InternalError)


def database(url: str, default: Path) -> dict[str, Any]:
    """Django's settings for an address such as `postgres://user:word@host:5432/name`.

    Raises ValueError for a database of another kind than SQLite or PostgreSQL.
    """
    if not url:
        url = f"sqlite:///{default}"
    parts = urlsplit(url)
    if parts.scheme not in ENGINES:
        known = ", ".join(ENGINES)
        raise ValueError(f"DATABASE_URL begins with one of {known}, not `{parts.scheme}`.")
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite":
        # IMMEDIATE: of two workers that write, one waits for the other instead of failing at once.
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
    """The cause of a fault, for the log: the exception's class, and its first line if it is in
    _TELLING.

    Never what a reader `typed`, and never the password.
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
