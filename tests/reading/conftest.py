"""The fixtures of the whole site, for the tests of this room."""

from tests.site_fixtures import (
    code,
    fault,
    fixed_day,
    fullest,
    html,
    library,
    logged,
    serve,
    site,
    wsgi,
)

__all__ = [
    "code",
    "fault",
    "fixed_day",
    "fullest",
    "html",
    "library",
    "logged",
    "serve",
    "site",
    "wsgi",
]
