"""The real settings, for tests: a key that stays, and the host names tests use."""

from treatment_guide.settings import *

SECRET_KEY = "a key for tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
