"""What of a request's body is read, and what is refused before anything is parsed.

A form of ours is a few hundred bytes of UTF-8. A longer body gets 413; another charset, a length
that is no number, and a body that ends too early get 400. All of that is a kind page, never a
fault of ours and never a line in the log: a stranger can send it as often as he likes.
Django answers what is wrong inside a form (too many fields, a part that cannot be decoded).
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

#: What a form of ours may be written in. ASCII is a part of UTF-8.
_CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii"}
#: The end of a parameter's name that brings a charset of its own (RFC 8187): no browser sends one
#: here. Python looks each charset up, and remembers every name it did not know for ever.
_OWN_CHARSET = re.compile(rb"\*\s*=")
#: More digits than any length has; Python refuses to read thousands of them.
_MOST_DIGITS = 18


class Request(WSGIRequest):
    """Django's request, with three gaps closed.

    Django takes a charset from Content-Type for the address too, even one that is no text. Some
    parameters (`charset*=undefined''x`) make it raise before any middleware could answer. And it
    takes a chunked body for an empty one.
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
    """Django's WSGI application, with our request, below the base path where there is one.

    A proxy may take the base path off (`proxy_pass http://guide/;`) or leave it on.
    """

    request_class = Request

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        if settings.BASE_PATH:
            environ["PATH_INFO"] = within(environ.get("PATH_INFO", ""))
        return super().__call__(environ, start_response)


def readable(get_response: Handler) -> Handler:
    """Refuse a body that cannot be one of our forms, and have everything else read as UTF-8."""

    def middleware(request: HttpRequest) -> HttpResponse:
        refusal = _refusal(request)
        if refusal:
            return refusal(request)
        # Whatever Content-Type said: the charset of a body is not that of the address.
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
        return None  # no other method has a form, so its body is left alone
    if (request.content_params or {}).get("charset", "utf-8").lower() not in _CHARSETS:
        return errors.bad_request
    try:
        body = request.body
    except RequestDataTooBig:
        return errors.too_large
    except UnreadablePostError:  # the client went away
        return errors.bad_request
    if len(body) < int(length) or not _whole(request, body):
        return errors.bad_request
    request.META["CONTENT_LENGTH"] = str(len(body))  # a chunked form has none until it is read
    return None


def _chunked(environ: dict[str, Any]) -> bool:
    """True for a body whose length is not told beforehand."""
    return bool(environ.get("HTTP_TRANSFER_ENCODING")) and not environ.get("CONTENT_LENGTH")


def _whole(request: HttpRequest, body: bytes) -> bool:
    """False for a multipart form that is not one of a browser's.

    Without its last boundary its end did not arrive, and what is there would pass for all that
    the reader chose.
    """
    if request.content_type != "multipart/form-data":
        return True
    boundary = (request.content_params or {}).get("boundary", "")
    end = b"--%b--" % boundary.encode(errors="replace")
    return end in body and not _OWN_CHARSET.search(body)
