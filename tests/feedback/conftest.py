"""What the tests of feedback share with those of the site."""

from tests.site_fixtures import code, fixed_day, library

__all__ = ["code", "fixed_day", "library"]
