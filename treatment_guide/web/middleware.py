"""What every answer carries: the security headers, and compression."""

import gzip
import re
from collections.abc import Callable
from functools import lru_cache

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from treatment_guide.web.assets import style_hashes

#: Seconds. A page may be mended: browsers and proxies ask again after that, and get a short "no".
PAGE_SECONDS = 300

Handler = Callable[[HttpRequest], HttpResponse]

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src 'self'; style-src {style_hashes()}; "
        "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": f"max-age={settings.HSTS_SECONDS}",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def security_headers(get_response: Handler) -> Handler:
    """Put the constant headers on every answer of Django."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


_EMPTY_LINES = re.compile(rb"\n\s*\n")

#: Shorter answers gain nothing.
WORTH_COMPRESSING = 400


def coding_for(request: HttpRequest) -> str:
    """The coding to compress with: `br`, `gzip`, or none."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return next((coding for coding in ("br", "gzip") if coding in accepted), "")


def compress(response: HttpResponse, coding: str, press: Callable[[bytes], bytes]) -> HttpResponse:
    """The response, compressed where that gains something, and marked for caches."""
    patch_vary_headers(response, ("Accept-Encoding",))
    if len(response.content) >= WORTH_COMPRESSING:
        if coding == "br":
            response.content = press(response.content)
        elif coding == "gzip":
            response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
        if coding:
            response["Content-Encoding"] = coding
    response["Content-Length"] = str(len(response.content))
    return response


def compressed(get_response: Handler) -> Handler:
    """Compress answers with brotli or gzip.

    Django has gzip only, and the promise of one round trip is measured with brotli.
    No answer mixes a secret with what the reader sent, so compression gives nothing away.
    A page that is the same for everybody is pressed hard, once; an answer to one reader, fast.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.streaming or response.has_header("Content-Encoding"):
            return response
        press = pressed_hard if same_for_everybody(request, response) else pressed_fast
        return compress(response, coding_for(request), press)

    return middleware


def same_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """True for a page that no query and no answer has a part in: there are only so many."""
    private = "no-store" in response.get("Cache-Control", "")
    return response.status_code == 200 and not private and not request.META.get("QUERY_STRING")


@lru_cache(maxsize=256)
def pressed_hard(page: bytes) -> bytes:
    """The page as small as brotli makes it. That takes a tenth of a second, so it is kept."""
    return brotli.compress(tidied(page), quality=11)


def tidied(page: bytes) -> bytes:
    """The page without the empty lines that templates leave."""
    return _EMPTY_LINES.sub(b"\n", page)


def pressed_fast(page: bytes) -> bytes:
    """The page compressed in a millisecond or two."""
    return brotli.compress(page, quality=7)
