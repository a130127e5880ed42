"""The fixtures of the whole site, for the tests of this room."""

from tests.site_fixtures import *
