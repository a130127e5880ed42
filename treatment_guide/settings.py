"""Django's settings. Everything that may differ between machines comes from the environment.

Faults raise nothing here, so that `manage.py check` can report all of them at once; a build and a
server call `ENVIRONMENT.refuse()` first.
"""

import secrets
from pathlib import Path

from treatment_guide.environment.reading import read_environment
from treatment_guide.feedback.database import database

BASE_DIR = Path(__file__).resolve().parent.parent


ENVIRONMENT = read_environment(BASE_DIR)

DEBUG = ENVIRONMENT["DEBUG"]
# Nothing is signed: no login, no session, no cookie. A key made at each start is enough.
SECRET_KEY = ENVIRONMENT["SECRET_KEY"] or secrets.token_urlsafe(50)
ALLOWED_HOSTS = ENVIRONMENT["ALLOWED_HOSTS"]

CONTENT_DIR = ENVIRONMENT["CONTENT_DIR"]
# Where a hospital withdraws something at once, besides `recalls/` in the content.
RECALLS_DIR = ENVIRONMENT["RECALLS_DIR"]
# Where `manage.py build` puts built pages. If set, they are served. Unset in development and
# tests.
BUILD_DIR = ENVIRONMENT["BUILD_DIR"]
# A clinic's own folder: its clinics, logo, colors and words. Unset: none.
LOCAL_DIR = ENVIRONMENT["LOCAL_DIR"]
# Seconds in the header Strict-Transport-Security, which browsers obey only over HTTPS.
HSTS_SECONDS = ENVIRONMENT["HSTS_SECONDS"]
# The public address, for printed pages and the site map. Unset: see http/origin.py.
PUBLIC_ORIGIN = ENVIRONMENT["PUBLIC_ORIGIN"]
# The path below which the site stands, as /patients/guide; empty at the root of a host.
BASE_PATH = ENVIRONMENT["BASE_PATH"]
FORCE_SCRIPT_NAME = BASE_PATH or None
# Where `manage.py serve` listens, and how many processes answer: one for each core.
HOST, PORT, WORKERS = ENVIRONMENT["HOST"], ENVIRONMENT["PORT"], ENVIRONMENT["WORKERS"]
# Seconds that a worker has to finish its requests when it is stopped.
STOP_SECONDS = ENVIRONMENT["STOP_SECONDS"]
# The origin of the server for a browser on this machine.
LISTENS_AT = ENVIRONMENT.listens_at

# Who runs this copy. Unset fields are taken from content/guide/site.yaml.
_SITE = {"name": "SITE_NAME", "publisher": "PUBLISHER", "contact": "CONTACT", "region": "REGION"}
SITE = {field: ENVIRONMENT[name] for field, name in _SITE.items() if ENVIRONMENT[name]}

INSTALLED_APPS = [
    "treatment_guide.apps.GuideConfig",
    "treatment_guide.feedback.apps.FeedbackConfig",
    "django_htmx",
]
MIDDLEWARE = [
    "treatment_guide.serving.middleware.security_headers",
    "treatment_guide.serving.libraries.chosen_by_path",
    "treatment_guide.serving.middleware.compressed",
    "treatment_guide.serving.middleware.cache_control",
    "treatment_guide.serving.ahead.fetch_ahead",
    "treatment_guide.serving.health.health_by_any_name",
    "treatment_guide.http.forms.readable",
    "treatment_guide.serving.slash_redirects.SlashRedirects",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "treatment_guide.urls"
WSGI_APPLICATION = "treatment_guide.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": ["treatment_guide.http.html.context.everywhere"],
            "libraries": {"guide": "treatment_guide.http.html.template_tags"},
            "builtins": [
                "treatment_guide.http.html.template_tags",
                "treatment_guide.http.html.language_tags",
                "treatment_guide.http.html.filters",
            ],
        },
    }
]
# For page feedback only; no other page needs it. With a wrong DATABASE_URL there is no database,
# rather than another one.
DATABASES = {
    "default": {"ENGINE": "django.db.backends.dummy"}
    if any(fault.variable == "DATABASE_URL" for fault in ENVIRONMENT.faults)
    else database(ENVIRONMENT["DATABASE_URL"], BASE_DIR / ".feedback.sqlite3")
}

# Where the network address of a reader is, for the rate limits of feedback: REMOTE_ADDR, or a
# header that the proxy sets, such as X-Real-IP. Unset: REMOTE_ADDR, unless it is a private
# address.
CLIENT_ADDRESS = ENVIRONMENT["CLIENT_ADDRESS"]

# The languages that readers get; empty for all of the content that are whole.
SERVED_LANGUAGES = ENVIRONMENT["LANGUAGES"]
# The translations that clinics hand out though nobody has signed them.
UNSIGNED_HANDOUTS = ENVIRONMENT["UNSIGNED_HANDOUTS"]
LANGUAGE_CODE = "en-us"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True

# Served by WhiteNoise around the application (wsgi.py), in development too.
STATIC_URL = f"{BASE_PATH}/static/"
STATIC_DIR = BASE_DIR / "static"

# The most bytes of a body. A form of this site has a dozen short choices (http/forms.py), a record
# system sends up to 8,192. To read one costs up to 0.07 ms for each thousand.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
# No form of this site sends a file, so none is accepted or written to a disk.
DATA_UPLOAD_MAX_NUMBER_FILES = 0
FILE_UPLOAD_HANDLERS: list[str] = []
# `check --deploy` asks for Django's middleware for headers; serving/middleware.py sets them
# instead, from a constant that built pages use too (serving/deploy_checks.py checks each). No CSRF
# token: no address changes data of a reader, and with `no-referrer` a browser sends `Origin:
# null`.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002", "security.W003"]

# Off unless set: one line for each request, without answers and without who asked.
ACCESS_LOG = ENVIRONMENT["ACCESS_LOG"]
# Off unless set: a folder that all workers may write, for counts at /metrics.
METRICS_DIR = ENVIRONMENT["METRICS_DIR"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "treatment_guide.serving.logs.Plain"}},
    "filters": {
        "faults": {"()": "treatment_guide.serving.logs.Faults"},
        "rare": {"()": "treatment_guide.serving.logs.Rare"},
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
        # This logger reports bad requests (a wrong host, too many fields), which anybody can send.
        "django.security": {"level": "CRITICAL"},
        "treatment_guide.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
    },
}
