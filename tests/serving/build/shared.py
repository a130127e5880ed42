"""What the tests of builds share."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from django.conf import settings

from treatment_guide.library.content_check import current_library
from treatment_guide.serving.addresses import built_addresses

DAY = date(2026, 11, 22)
BUILT = built_addresses(current_library())


def start(**environment):
    """Start the application in a process of its own, as a server does; what came of it."""
    return subprocess.run(
        [sys.executable, "-c", "import treatment_guide.wsgi as w; print(len(w.front.files))"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "treatment_guide.settings",
            "PUBLIC_ORIGIN": settings.PUBLIC_ORIGIN,  # as in the build of these tests
            **environment,
        },
        cwd=Path(__file__).parents[3],
        capture_output=True,
        check=False,
        text=True,
    )
