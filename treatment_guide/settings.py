"""Settings. Everything that may differ between machines comes from the environment."""

import os
import secrets
from pathlib import Path

from treatment_guide.feedback.database import database

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str) -> bool:
    """True when the environment turns this on."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


DEBUG = flag("DEBUG")
# Nothing is signed or kept: no login, no session, no cookie. A key made at start is enough.
SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

CONTENT_DIR = Path(os.environ.get("CONTENT_DIR", BASE_DIR / "content"))
# Where `manage.py build` puts built pages; set, they are served. Never in development or tests.
BUILD_DIR = Path(os.environ["BUILD_DIR"]) if os.environ.get("BUILD_DIR") else None
# Where `manage.py serve` listens, and how many processes answer: one for each core.
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = int(os.environ.get("PORT") or 8000)
WORKERS = int(os.environ.get("WORKERS") or 1)
# How long a worker may take to finish what it began, once it is told to stop.
STOP_SECONDS = int(os.environ.get("STOP_SECONDS") or 25)
# How long browsers stay with HTTPS, in seconds; they listen to it over HTTPS alone.
HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS") or 365 * 86_400)
# The public address, for printed pages and the site map. Unset: content/guide/site.yaml.
PUBLIC_ORIGIN = os.environ.get("PUBLIC_ORIGIN", "")

# Who runs this copy. What is unset stands in content/guide/site.yaml.
SITE = {
    field: os.environ[variable]
    for field, variable in (
        ("name", "SITE_NAME"),
        ("publisher", "PUBLISHER"),
        ("contact", "CONTACT"),
        ("region", "REGION"),
    )
    if os.environ.get(variable)
}

INSTALLED_APPS = [
    "treatment_guide.apps.GuideConfig",
    "treatment_guide.feedback.apps.FeedbackConfig",
    "django_htmx",
]
MIDDLEWARE = [
    "treatment_guide.web.middleware.security_headers",
    "treatment_guide.web.middleware.compressed",
    "treatment_guide.web.middleware.kept",
    "treatment_guide.web.machines.health_by_any_name",
    "treatment_guide.http.forms.readable",
    "treatment_guide.web.redirects.SlashRedirects",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "treatment_guide.urls"
WSGI_APPLICATION = "treatment_guide.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": ["treatment_guide.web.context.everywhere"],
            "libraries": {"guide": "treatment_guide.web.templatetags.guide"},
            "builtins": ["treatment_guide.web.templatetags.guide"],
        },
    }
]
# For page feedback alone: nothing a reader needs is in it, and no page waits for it.
DATABASES = {
    "default": database(os.environ.get("DATABASE_URL", ""), BASE_DIR / ".feedback.sqlite3")
}

# Where a reader's address stands, to share out feedback fairly: REMOTE_ADDR, or a header that a
# proxy of yours sets, such as X-Real-IP. Unset: REMOTE_ADDR where it is an address of the internet.
CLIENT_ADDRESS = os.environ.get("CLIENT_ADDRESS", "")

LANGUAGE_CODE = "en-us"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True

# Served by WhiteNoise around the application (wsgi.py), in development too.
STATIC_URL = "/static/"
STATIC_DIR = BASE_DIR / "static"

# A form holds a dozen short choices; anything much longer is not from our pages (http/forms.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
# No form of ours sends a file, and none is ever written to a disk.
DATA_UPLOAD_MAX_NUMBER_FILES = 0
FILE_UPLOAD_HANDLERS: list[str] = []
# `check --deploy` asks for middleware of Django's that sets headers; ours does, from one constant
# that serves built pages too (checks.py asks it for each header). No address changes anything that
# belongs to a reader, and with `no-referrer` a browser sends `Origin: null`: no CSRF token.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002", "security.W003"]

# Off unless set: one line for each request, without answers and without who asked.
ACCESS_LOG = flag("ACCESS_LOG")
# Off unless set: a folder that all workers may write, for counts at /metrics.
METRICS_DIR = Path(os.environ["METRICS_DIR"]) if os.environ.get("METRICS_DIR") else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "treatment_guide.web.logs.Plain"}},
    "filters": {
        "faults": {"()": "treatment_guide.web.logs.Faults"},
        "rare": {"()": "treatment_guide.web.logs.Rare"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "plain": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["faults", "rare"],
        },
        "access": {"class": "logging.StreamHandler", "formatter": "plain"},
    },
    "root": {"handlers": ["plain"], "level": "WARNING"},
    "loggers": {
        # Faults only: warnings name addresses, and an address may hold an answer code.
        "django": {"handlers": ["plain"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Everything there is what somebody sent: a wrong host, too many fields, a bad form.
        # Anybody may send it, as often as they like, and gets a page that says so.
        "django.security": {"level": "CRITICAL"},
        "treatment_guide.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
    },
}
