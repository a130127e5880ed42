"""The WSGI application: WhiteNoise in front, Django behind.

Broken content stops the start and lists every fault.
"""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
django_application = get_wsgi_application()

# These need Django to be set up.
from treatment_guide.library.checks import current_library
from treatment_guide.web.middleware import SECURITY_HEADERS

current_library()


def add_security_headers(headers: Any, path: str, url: str) -> None:
    """WhiteNoise answers before Django's middleware: the same headers go on its files."""
    for name, value in SECURITY_HEADERS.items():
        headers[name] = value


application = WhiteNoise(
    django_application,
    root=settings.STATIC_DIR,
    prefix=settings.STATIC_URL,
    max_age=86_400,
    allow_all_origins=False,
    autorefresh=settings.DEBUG,
    add_headers_function=add_security_headers,
)
