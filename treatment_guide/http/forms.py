"""Checks the body of a request before Django parses it.

A form of this site has a few hundred bytes of UTF-8. A body above the limit gets 413; another
charset, a length that is no number, and a body that ends too early get 400. These are error pages
in plain words, never a 500 and never a line in the log, because anybody can send such requests.
Django answers faults inside a form (too many fields, a part that cannot be decoded).
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import LimitedStream, WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.http import parse_header_parameters

from treatment_guide.http import errors
from treatment_guide.http.addresses import within

Handler = Callable[[HttpRequest], HttpResponse]

#: The charsets that a form may name. ASCII is a part of UTF-8.
_CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii"}
#: A parameter with a charset of its own (RFC 8187), which no browser sends here. Python looks each
#: charset up, and caches every unknown name without limit.
_OWN_CHARSET = re.compile(rb"\*\s*=")
#: The most digits of a Content-Length. Python raises for thousands of them.
_MOST_DIGITS = 18


class Request(WSGIRequest):
    """Django's request, with three faults corrected.

    Django uses the charset of Content-Type for the address too, even one that is no text encoding.
    Some parameters (`charset*=undefined''x`) make it raise before any middleware can answer. And
    it takes a chunked body for an empty one.
    """

    def __init__(self, environ: dict[str, Any]) -> None:
        super().__init__(environ)
        if _chunked(environ) and environ.get("wsgi.input_terminated"):
            limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
            self._stream = LimitedStream(environ["wsgi.input"], limit)  # type: ignore[assignment]  # as Django does

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        line = meta.get("CONTENT_TYPE", "")
        if _OWN_CHARSET.search(line.encode(errors="replace")):
            self.content_type, self.content_params = "", {"charset": line}
        else:
            self.content_type, self.content_params = parse_header_parameters(line)


class DjangoApplication(WSGIHandler):
    """Django's WSGI application, with this request class, below the base path where there is one.

    A proxy may remove the base path (`proxy_pass http://guide/;`) or keep it.
    """

    request_class = Request

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        if settings.BASE_PATH:
            environ["PATH_INFO"] = within(environ.get("PATH_INFO", ""))
        return super().__call__(environ, start_response)


def readable(get_response: Handler) -> Handler:
    """Middleware: refuses a body that cannot be a form of this site, and decodes all as UTF-8."""

    def middleware(request: HttpRequest) -> HttpResponse:
        refusal = _refusal(request)
        if refusal:
            return refusal(request)
        # The charset of a body does not apply to the address.
        if request.encoding is not None:
            request.encoding = None  # type: ignore[assignment]  # Django: the default charset
        return get_response(request)

    return middleware


def _refusal(request: HttpRequest) -> Handler | None:
    """The page that refuses this request; None for one that can be read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        return errors.bad_request
    if len(length) > _MOST_DIGITS or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return errors.too_large
    if request.method != "POST":
        return None  # no other method has a form here, so its body is not read
    if (request.content_params or {}).get("charset", "utf-8").lower() not in _CHARSETS:
        return errors.bad_request
    try:
        body = request.body
    except RequestDataTooBig:
        return errors.too_large
    except UnreadablePostError:  # the client disconnected
        return errors.bad_request
    if len(body) < int(length) or not _whole(request, body):
        return errors.bad_request
    request.META["CONTENT_LENGTH"] = str(len(body))  # a chunked form has none until it is read
    return None


def _chunked(environ: dict[str, Any]) -> bool:
    """True for a chunked body, which has no Content-Length."""
    return bool(environ.get("HTTP_TRANSFER_ENCODING")) and not environ.get("CONTENT_LENGTH")


def _whole(request: HttpRequest, body: bytes) -> bool:
    """False for a multipart form without its last boundary.

    Its end did not arrive, and the part that did would be taken for the whole form.
    """
    if request.content_type != "multipart/form-data":
        return True
    boundary = (request.content_params or {}).get("boundary", "")
    end = b"--%b--" % boundary.encode(errors="replace")
    return end in body and not _OWN_CHARSET.search(body)
