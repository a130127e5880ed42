"""Pages of the questionnaire that were just made, kept ready for the same code.

A code and a choice decide the whole page, so the page need not be made twice: not for Back and
Reload, nor for the many people whose first answers are the same. Only the last few hundred are
held, in memory alone, under a key that nobody can read a code from; a restart forgets them.
"""

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from treatment_guide.serving.middleware import coding_for, compress, pressed_fast

#: A page is about ten kilobytes, compressed: some megabytes at most.
MOST = 600
#: Forms of ours are shorter; nothing longer is worth holding.
LONGEST_BODY = 2_000

View = Callable[..., HttpResponse]
_secret = secrets.token_bytes(32)


class Remembered:
    """The last answers, the one longest unused forgotten first. Safe for several threads."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, tuple[bytes, dict[str, str]]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: bytes) -> HttpResponse | None:
        """The answer kept under a key, as a response of its own; None when there is none."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
        return HttpResponse(found[0], headers=found[1])

    def put(self, key: bytes, response: HttpResponse) -> None:
        """Keep an answer."""
        with self._lock:
            self._kept[key] = (response.content, dict(response.headers))
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


answers = Remembered()


def key_of(request: HttpRequest, day: int) -> bytes | None:
    """What decides the answer to a request: address, form, coding, day, and who asks (htmx or not).

    None for a request whose answer is not worth holding.
    """
    if request.META.get("QUERY_STRING") or request.method not in ("GET", "POST"):
        return None
    htmx = request.META.get("HTTP_HX_REQUEST", "")
    body = b""
    if request.method == "POST":
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not htmx or not length.isdecimal() or int(length) > LONGEST_BODY:
            return None
        body = request.body
    coding = coding_for(request)
    parts = (request.method, request.path, htmx, request.content_type or "", coding, str(day))
    whole = b"\0".join([*(part.encode(errors="surrogateescape") for part in parts), body])
    return hashlib.blake2b(whole, key=_secret, digest_size=16).digest()


def remembered(day: Callable[[], int]) -> Callable[[View], View]:
    """Answer from memory where the same was asked before on the same day."""

    def decorate(view: View) -> View:
        @wraps(view)
        def recalled(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            key = key_of(request, day())
            found = answers.get(key) if key else None
            if found is not None:
                return found
            response = view(request, *args, **kwargs)
            if key and response.status_code == 200:
                response = compress(response, coding_for(request), pressed_fast)
                answers.put(key, response)
            return response

        return recalled

    return decorate
