"""Middleware for every answer: security headers, caching, entity tag and compression."""

import gzip
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from treatment_guide.http.codings import IDENTITY, accepted, tag_of, version_of
from treatment_guide.http.errors import failed, private
from treatment_guide.http.html.assets import content_policy

#: Seconds that a page may be cached. After that browsers and proxies ask again, and get a 304.
PAGE_SECONDS = 300

Handler = Callable[[HttpRequest], HttpResponse]

SECURITY_HEADERS = {
    "Content-Security-Policy": content_policy(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": f"max-age={settings.HSTS_SECONDS}",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

#: The same, as a response of Django holds them.
_CHECKED = HttpResponse(headers=SECURITY_HEADERS).headers
del _CHECKED["Content-Type"]


def security_headers(get_response: Handler) -> Handler:
    """Add the constant headers to every answer of Django."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # `setdefault` for each would check anew what never changes: 25 of the 430 µs of a tick.
        own = response.headers
        own._store = {**_CHECKED._store, **own._store}  # as Django keeps them
        return response

    return middleware


_EMPTY_LINES = re.compile(rb"\n\s*\n")

#: Bytes. Compressing shorter answers saves nothing.
WORTH_COMPRESSING = 400


def coding_for(request: HttpRequest) -> str:
    """The coding to compress with: `br`, `gzip`, or none."""
    best = accepted(request.META.get("HTTP_ACCEPT_ENCODING", ""))[0]
    return "" if best == IDENTITY else best


def compress(response: HttpResponse, coding: str, press: Callable[[bytes], bytes]) -> HttpResponse:
    """The response, compressed where that makes it smaller, with `Vary`."""
    if response.has_header("Vary"):
        patch_vary_headers(response, ("Accept-Encoding",))
    else:
        response["Vary"] = "Accept-Encoding"
    if len(response.content) >= WORTH_COMPRESSING:
        if coding == "br":
            response.content = press(response.content)
        elif coding == "gzip":
            zipped = zipped_hard if press is pressed_hard else zipped_fast
            response.content = zipped(response.content)
        if coding:
            response["Content-Encoding"] = coding
    response["Content-Length"] = str(len(response.content))
    return response


def compressed(get_response: Handler) -> Handler:
    """Compress answers with brotli or gzip, and send no page again that the reader has.

    Django has gzip only, and the promise of one round trip is measured with brotli. No answer mixes
    a secret with what the reader sent, so compression gives nothing away. A page that is the same
    for everybody is pressed hard, once, and has an entity tag, the same as in a build; an answer to
    one reader is pressed fast, and has none.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.streaming or response.has_header("Content-Encoding"):
            return response
        if not same_for_everybody(request, response):
            return compress(response, coding_for(request), press_for(request))
        response.content = tidied(response.content)
        version = version_of(response.content)
        response = compress(response, coding_for(request), pressed_hard)
        tag = tag_of(version, response.get("Content-Encoding", IDENTITY))
        response["ETag"] = tag
        answer = get_conditional_response(request, etag=tag, response=response) or response
        if answer.status_code == 412:
            return compress(failed(request), coding_for(request), pressed_fast)
        return answer

    return middleware


def same_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """True for a page that depends on no query and no answer. Their number is limited."""
    if response.status_code != 200 or request.method not in ("GET", "HEAD"):
        return False
    private = "no-store" in response.get("Cache-Control", "")
    return not private and not request.META.get("QUERY_STRING")


def for_everybody(response: HttpResponse) -> HttpResponse:
    """The response with a header that lets all caches keep it for `PAGE_SECONDS`."""
    seconds = 0 if settings.DEBUG else PAGE_SECONDS
    response["Cache-Control"] = f"max-age={seconds}, public"
    return response


def cache_control(get_response: Handler) -> Handler:
    """Set Cache-Control where the view did not.

    A page that is the same for everybody may be cached. All else is `no-store`: the address of a
    redirect or an error may hold a code, and a query may hold words that somebody typed.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if same_for_everybody(request, response):
            return for_everybody(response)
        if response.status_code >= 300:
            return private(response)
        response["Cache-Control"] = "no-store"
        return response

    return middleware


@lru_cache(maxsize=256)  # saves 0.1 to 0.3 s a page that no build has made
def pressed_hard(page: bytes) -> bytes:
    """The page compressed with the highest quality. It takes 0.1 s, so results are cached."""
    pressed: bytes = brotli.compress(page, quality=11)
    return pressed


def tidied(page: bytes) -> bytes:
    """The page without the empty lines that templates leave."""
    return _EMPTY_LINES.sub(b"\n", page)


@lru_cache(maxsize=256)  # saves 0.4 to 6 ms for clients without brotli
def zipped_hard(page: bytes) -> bytes:
    """The page compressed with gzip, cached as `pressed_hard` is."""
    return gzip.compress(page, compresslevel=6, mtime=0)


#: Answers up to so many bytes, such as the live list, are pressed with quality 1: of a list of
#: 12,500 bytes it makes 1,870 in 25 µs, quality 4 makes 1,600 in 160 µs: the same two packets.
SHORT = 16_000


#: The quality by the bytes of a page, so that each fits into the first reply (14,000 bytes with
#: headers) and none is pressed harder than that takes. An outcome of 56,900 bytes has 13,700 in
#: 0.38 ms with quality 3, 13,100 in 0.62 ms with 4, 12,200 in 0.85 ms with 5; one of 36,600 has
#: 10,700 in 0.28 ms, 10,200 in 0.45 ms, 9,400 in 0.64 ms. Quality 6 takes 0.2 ms for 150 bytes of the
#: fullest pages; 8 takes 2 to 5 ms for 90 bytes of those that no patient of the cases has.
QUALITIES = ((SHORT, 1), (52_000, 3), (58_000, 4), (66_000, 5), (74_000, 6))
BEYOND = 8
#: The same for gzip. A page of 36,000 bytes has 10,700 in 0.29 ms with level 2, 9,500 in 0.61 ms with
#: 6; one of 56,200 has 13,600 in 0.46 ms with 3, 12,200 in 1.01 ms with 6.
LEVELS = ((SHORT, 1), (46_000, 2), (56_000, 3), (66_000, 4))
LEVEL_BEYOND = 6


def quality_for(page: bytes, steps: Sequence[tuple[int, int]], beyond: int) -> int:
    """The quality of the first step that the page is not longer than; `beyond` after the last."""
    return next((quality for most, quality in steps if len(page) <= most), beyond)


#: Live pages by the names of their routes that are words from end to end: they are pressed less well
#: than lists of their size. Of a page of 57,000 bytes quality 4 makes 15,600, and 7 makes 14,600 in
#: 1.6 ms.
PROSE = frozenset({"outcome_option"})


def press_for(request: HttpRequest) -> Callable[[bytes], bytes]:
    """How an answer to one reader is pressed."""
    match = request.resolver_match
    return pressed_well if match and match.url_name in PROSE else pressed_fast


def pressed_well(page: bytes) -> bytes:
    """A page of words compressed in about 2 ms."""
    pressed: bytes = brotli.compress(page, quality=7)
    return pressed


def pressed_fast(page: bytes) -> bytes:
    """The page compressed in less than a millisecond, so that it fits into the first reply."""
    pressed: bytes = brotli.compress(page, quality=quality_for(page, QUALITIES, BEYOND))
    return pressed


def zipped_fast(page: bytes) -> bytes:
    """The same with gzip, for clients without brotli."""
    return gzip.compress(page, quality_for(page, LEVELS, LEVEL_BEYOND), mtime=0)
