"""The real settings, for tests: a key that stays, and the host names tests use."""

from treatment_guide.settings import *  # noqa: F403

SECRET_KEY = "a key for tests"  # noqa: S105 (nothing is signed with it)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
