"""The real settings, for tests: a key that stays, and the host names tests use."""

import os

from treatment_guide.environment.reading import VARIABLES

# The same on every machine: variables of the environment are removed.
for name in VARIABLES:
    os.environ.pop(name, None)

from treatment_guide.settings import *

SECRET_KEY = "a key for tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", "whatsnext.example"]
# As in production: not the address that a server listens on.
PUBLIC_ORIGIN = "https://whatsnext.example"
# In memory, in every process of a run: the tests are shared out over the processors.
DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
