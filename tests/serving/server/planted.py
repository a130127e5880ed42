"""Settings with a harm in them, to see that it is found: `DJANGO_SETTINGS_MODULE` names this.

The file that HARM_FILE names says which harm, at each request anew. With LAX set, the server keeps
connections for ten minutes and speaks HTTP/2.
"""

import logging
import os
import time
from pathlib import Path
from types import SimpleNamespace

from django.http import HttpResponse
from granian.constants import HTTPModes

from tests.serving.server.fixed_day import *
from tests.serving.server.fixed_day import MIDDLEWARE
from treatment_guide.serving.server import limits
from treatment_guide.serving.server import start as server

MIDDLEWARE = ["tests.serving.server.planted.harmed", *MIDDLEWARE]
if os.environ.get("LAX"):
    limits.BODY_SECONDS = 600.0
    limits.HEADER_MILLISECONDS = 600_000
    server.HTTPModes = SimpleNamespace(http1=HTTPModes.auto)

held: list[bytes] = []


def harm() -> str:
    """Which harm it is now."""
    return Path(os.environ["HARM_FILE"]).read_text(encoding="utf-8")


def harmed(get_response):
    """Middleware that does one harm."""

    def answer(request):
        now = harm()
        if now == "a 500 for a charset" and "charset" in request.META.get("CONTENT_TYPE", ""):
            raise LookupError("a charset")
        if now == "a worker that hangs" and request.method == "POST":
            while harm() == now:
                time.sleep(0.05)
        if now == "a worker that dies" and request.method == "POST":
            Path(os.environ["HARM_FILE"]).write_text("", encoding="utf-8")  # one is enough
            os._exit(1)
        if now == "a line in the log":
            logging.getLogger("treatment_guide.access").info("asked: %s", request.get_full_path())
        if now == "memory that grows":
            held.append(b"x" * 3_000_000)
        response = get_response(request)
        if now == "a cookie" and response.status_code == 404:
            response.set_cookie("who", "1")
        said = " ".join(text for name, text in request.META.items() if name.startswith("HTTP_"))
        if now == "a header said again":
            response["X-Headers"] = said.encode("ascii", "replace")[:5_000].decode()
        if now == "a header said again in the page":
            response = HttpResponse(said)
        return response

    return answer
