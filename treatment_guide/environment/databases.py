"""Checks DATABASE_URL without connecting."""

from __future__ import annotations

import re
from importlib.util import find_spec
from urllib.parse import parse_qsl, unquote, urlsplit

from treatment_guide.environment.faults import Wrong
from treatment_guide.feedback.database import ENGINES

POSTGRES = "postgres://guide:password@localhost/guide"
SQLITE = "sqlite:////var/lib/treatment-guide/feedback.sqlite3"


def read_database_url(value: str) -> str:
    """The address of a database, unchanged. Raises Wrong, whose message never holds a password."""
    scheme = value.partition("://")[0]
    if "://" not in value or scheme not in ENGINES:
        raise Wrong(f"it begins with one of {', '.join(f'{s}://' for s in ENGINES)}.", POSTGRES)
    if re.search(r"\s", value) or not value.isprintable():
        raise Wrong("it has a space; in a password a space is written %20.", POSTGRES)
    (_sqlite if scheme == "sqlite" else _postgres)(value)
    return value


def _sqlite(value: str) -> None:
    place = value.partition("://")[2]
    if not place.startswith("//") or place.endswith("/"):
        raise Wrong("it needs the whole path of a file, after four slashes.", SQLITE)
    if "?" in place or "#" in place:
        raise Wrong(
            "an SQLite file takes no options here.", f"sqlite://{re.split('[?#]', place)[0]}"
        )


def _postgres(value: str) -> None:
    escaped = "in a name or a password, @ is written %40, : %3A, / %2F, # %23, ? %3F and % %25."
    try:
        parts = urlsplit(value)
    except ValueError:
        raise Wrong(f"it cannot be taken apart: {escaped}", POSTGRES) from None
    try:
        port_is_a_number = parts.port is None or parts.port > 0
    except ValueError:
        port_is_a_number = False
    if not port_is_a_number:
        raise Wrong(f"its port is no number from 1 to 65535; or {escaped}", POSTGRES)
    if "@" in parts.path or parts.fragment or parts.netloc.count("@") > 1 or _half(parts.netloc):
        raise Wrong(f"it cannot be taken apart: {escaped}", POSTGRES)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise Wrong("the name of the database is missing or is a path.", POSTGRES)
    if not parts.hostname and not options.get("host"):
        raise Wrong("it names no host.", POSTGRES)
    if not find_spec("psycopg"):
        raise Wrong(
            "psycopg is not installed: pip install --require-hashes -r requirements-postgres.txt.",
            SQLITE,
        )
    _known_options(options)


def _half(netloc: str) -> bool:
    """True where a % does not begin an escape."""
    return re.search(r"%(?![0-9A-Fa-f]{2})", netloc) is not None


def _known_options(options: dict[str, str]) -> None:
    if not options:
        return
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo

    for option, given in options.items():
        try:
            make_conninfo("", **{option: given})
        except ProgrammingError:
            name = option if re.fullmatch(r"[a-z_]{1,40}", option) else "of these"
            raise Wrong(
                f"PostgreSQL knows no option {name}.", f"{POSTGRES}?sslmode=require"
            ) from None
