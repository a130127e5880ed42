"""The WSGI application: static files and built pages are answered first, Django answers the rest.

Without a build, faults of the content stop the start and are listed. With BUILD_DIR, the start
fails unless a build has the stamp of the present content, code and settings. Wrong settings stop
every start, and all are listed.
"""

import os
from collections.abc import Callable

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
django.setup()  # with the base path for `reverse`: parts of pages are made at start

# These need Django to be set up.
from treatment_guide.environment.strict import named_origin_faults
from treatment_guide.http.forms import DjangoApplication
from treatment_guide.http.origin import public_origin
from treatment_guide.library.content_check import current_library, take_library
from treatment_guide.library.release.library_file import read_library
from treatment_guide.serving.build.built import Application, build_to_serve, serving
from treatment_guide.serving.build.front import Front
from treatment_guide.serving.prepared import prepare

settings.ENVIRONMENT.refuse()
build = build_to_serve(settings.BUILD_DIR) if settings.BUILD_DIR else None
if build:
    serving.append(build)
    take_library(read_library(build.library))
library = current_library()
prepare(library)
settings.ENVIRONMENT.refuse(
    *named_origin_faults(settings.ENVIRONMENT, public_origin(library), settings.ALLOWED_HOSTS)
)

front = Front(DjangoApplication(), build)
application: Application = front
#: Functions that a server calls for each page that it takes from `front` itself, with the method,
#: the path, the status and the seconds.
notes: tuple[Callable[[str, str, str, float], None], ...] = ()
if settings.METRICS_DIR:
    from treatment_guide.serving.metrics import Metrics

    application = metrics = Metrics(application, settings.METRICS_DIR)
    notes += (metrics.note,)
if settings.ACCESS_LOG:
    from treatment_guide.serving.logs import AccessLog, note

    application = AccessLog(application)
    notes += (note,)
