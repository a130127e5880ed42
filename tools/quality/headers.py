"""What the HTTP of the pages promises to browsers, caches and search engines, seen from outside.

Every rule has a name and asks one thing. The server is asked as a browser asks, over one page of
each kind; no redirect is followed.
"""

import http.client
import re
from collections.abc import Callable
from typing import NamedTuple

ASKED = {"Accept-Encoding": "br, gzip", "Accept": "text/html"}


class Answer(NamedTuple):
    """An answer: its status, its headers in small letters, and its body as sent."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    host: str, address: str, method: str = "GET", headers: dict[str, str] | None = None
) -> Answer:
    """Ask a server once, on a connection of its own."""
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request(method, address, headers={**ASKED, **(headers or {})})
        reply = connection.getresponse()
        return Answer(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
    finally:
        connection.close()


def type_is_told(got: Answer) -> bool:
    """A browser that must guess the characters of a page may show others."""
    told = got.headers.get("content-type", "").lower().replace('"', "")
    return told == "text/html; charset=utf-8"


def length_is_true(got: Answer) -> bool:
    """A page that breaks off on the way must be seen to be broken off."""
    told = got.headers.get("content-length")
    return told == str(len(got.body)) or got.headers.get("transfer-encoding") == "chunked"


def is_compressed(got: Answer) -> bool:
    """A page is small on a slow phone, and a cache keeps each form of it apart."""
    return (
        got.headers.get("content-encoding") in ("br", "gzip")
        and "accept-encoding" in got.headers.get("vary", "").lower()
    )


def sets_no_cookie(got: Answer) -> bool:
    """Nothing is kept on the machine of a reader."""
    return "set-cookie" not in got.headers


def policy_is_strict(got: Answer) -> bool:
    """No script or frame of others, no guessing of types, no address told to others."""
    return (
        "default-src 'none'" in got.headers.get("content-security-policy", "")
        and got.headers.get("x-content-type-options") == "nosniff"
        and got.headers.get("referrer-policy") in ("no-referrer", "same-origin")
    )


#: The language at the beginning of an address.
_LANGUAGE = re.compile(r"^/[a-z]{2}/")

RULES: dict[str, Callable[[Answer], bool]] = {
    "type": type_is_told,
    "length": length_is_true,
    "compressed": is_compressed,
    "no cookie": sets_no_cookie,
    "policy": policy_is_strict,
}


def caching(host: str, address: str, got: Answer, private: bool) -> list[str]:
    """What of the rules of caches a page breaks. A page of answers is kept by nobody; any other
    may be kept, and a browser that has it is told so without the page (304).
    """
    kept = got.headers.get("cache-control", "")
    if private:
        return [] if "no-store" in kept else [f"no-store missing: {kept!r}"]
    if got.status != 200:
        return []
    found = [] if kept and "no-store" not in kept else [f"may not be kept: {kept!r}"]
    tag = got.headers.get("etag", "")
    if not tag:
        return [*found, "no etag"]
    again = ask(host, address, headers={"If-None-Match": tag})
    return (
        found if (again.status, again.body) == (304, b"") else [*found, f"{again.status}, not 304"]
    )


def same_for_head(host: str, address: str, got: Answer) -> bool:
    """HEAD tells what GET would, without the page."""
    head = ask(host, address, method="HEAD")
    varying = {"date", "transfer-encoding"}
    return (head.status, head.body) == (got.status, b"") and {
        k: v for k, v in head.headers.items() if k not in varying
    } == {k: v for k, v in got.headers.items() if k not in varying}


def check_headers(origin: str, kinds: dict[str, str]) -> list[str]:
    """Print a table of one page of each kind, return what breaks a rule."""
    host = origin.partition("//")[2]
    found = []
    print(f"\n{'HTTP':<24}{'status':>8}{'faults':>8}  cache-control")
    for kind, address in kinds.items():
        got = ask(host, address)
        wrong = [name for name, holds in RULES.items() if not holds(got)]
        if got.status != (404 if kind.endswith("error") else 200):
            wrong.append(f"status {got.status}")
        if not same_for_head(host, address, got):
            wrong.append("HEAD is not as GET")
        wrong += caching(host, address, got, holds_answers(address))
        print(f"{kind:<24}{got.status:>8}{len(wrong):>8}  {got.headers.get('cache-control', '')}")
        found += [f"HTTP: {kind} {each}" for each in wrong]
    return found


def holds_answers(address: str) -> bool:
    """True for an address that holds, or asks for, what a reader answered or searched, in whatever
    language.
    """
    path = _LANGUAGE.sub("/", address)
    return (
        "?" in path
        or path.startswith(("/go/", "/clinics/link/", "/clinics/sheet/"))
        or (path.startswith("/whats-next/") and path != "/whats-next/")
    )
