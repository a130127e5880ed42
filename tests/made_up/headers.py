"""Random headers: valid by RFC 9110, nearly valid, and invalid.

Each value is made from a `Random`: one draw of Hypothesis for a whole request, since dozens would
take most of the time of a run. Text stands for bytes, read as Latin-1 (PEP 3333).
"""

from collections.abc import Callable
from random import Random

#: Markers are twelve of these: no address, word or number of ours has so many in a row.
LETTERS = "bcdfghjkmnpqrstvwxz"
Pairs = list[tuple[str, str]]


def marker_of(chance: Random) -> str:
    """A marker: a word that is nowhere in the site."""
    return "".join(chance.choices(LETTERS, k=12))


_CODINGS = (
    *("br", "gzip", "deflate", "zstd", "identity", "*", "BR", "x-gzip", "compress"),
    *("", "é", "\xff", "g zip", '"gzip"', "gzip/br"),
)
_WEIGHTS = (
    *("", "", "", ";q=0", ";q=1", ";q=0.5", "; q = 0", ";Q=0.1", ";q=0.0000", ";q=0.001"),
    *(";q=1.001", ";q=-1", ";q=x", ";q=", ";q", ";q=1e9", ";q=nan", ";q=inf", ";q=0;q=1"),
    *(";level=1", ";;", ";q=\xd9\xa3", ";q=" + "9" * 500),
)


def _accept_encoding(chance: Random) -> str:
    kind = chance.randrange(10)
    if kind == 0:
        return "gzip;q=0.5," * chance.choice([500, 2_000])
    if kind == 1:
        return chance.choice(["identity;q=0", "*;q=0", "identity;q=0, *;q=0", "br;q=0", ",", ""])
    count = chance.randint(1, 5)
    each = [chance.choice(_CODINGS) + chance.choice(_WEIGHTS) for _ in range(count)]
    return chance.choice([",", ", ", " ,\t", ",,"]).join(each)


def _tags(chance: Random) -> str:
    word = marker_of(chance)
    several = [f'{chance.choice(["", "W/", "w/"])}"{marker_of(chance)}"' for _ in range(3)]
    return chance.choice(
        [
            *("*", "", '""', 'W/""', '"', "W/", ",", "*, *", '"*"', "\xff", '"\x80"'),
            *(word, f'"{word}"', f'W/"{word}"', f'"{word}', f'{word}"', ", ".join(several)),
            *('"a", ' * 2_000, '"' * 999, f'"{word}" "{word}"', f'"{word},{word}"'),
        ]
    )


def _range(chance: Random) -> str:
    return chance.choice(
        [
            *("bytes=0-9", "bytes=9-0", "bytes=x", "bytes=-1", "bytes=0-", "bytes=-0", "bytes="),
            *("bytes=0-0,1-1", "bytes=" + "0-1," * 2_000, "lines=1-2", f"bytes={'9' * 400}-", ""),
        ]
    )


def _origin(chance: Random) -> str:
    word = marker_of(chance)
    return chance.choice(
        [
            *("null", "NULL", "", "*", "http://testserver", "https://testserver"),
            *("http://testserver:80", "http://localhost", "https://guide.example"),
            *(f"https://{word}.example", f"https://{word}@testserver", f"{word}://testserver"),
            *("http://", "//", "http://[", "http://[::1", "http://testserver:x", "http://:0"),
            *("http://testserver, http://testserver", "http://\xff", "x" * 5_000, "null null"),
        ]
    )


def _day(chance: Random) -> str:
    return chance.choice(
        [
            *("Sun, 22 Nov 2026 00:00:00 GMT", "Sunday, 22-Nov-26 00:00:00 GMT", "0", "-1", ""),
            *("Sun Nov 22 00:00:00 2026", "Thu, 01 Jan 1970 00:00:00 GMT", "x", "\xff"),
            *("Fri, 31 Dec 9999 23:59:59 GMT", "Xxx, 99 Xxx 99999 99:99:99 GMT", "9" * 400),
        ]
    )


def _of(*values: str) -> Callable[[Random], str]:
    return lambda chance: chance.choice(values)


def _marked(*shapes: str) -> Callable[[Random], str]:
    return lambda chance: chance.choice(shapes).replace("{}", marker_of(chance))


_BYTES = "".join(map(chr, [*range(1, 10), *range(0x7F, 0x100)]))

#: Every header that is made up, by its name.
HEADERS: dict[str, Callable[[Random], str]] = {
    "accept": _of("application/json", "text/html", "x", "*/*;q=0", "a/b," * 2_000, "\xff"),
    "accept-encoding": _accept_encoding,
    "accept-language": _of("en", "es-MX", "*;q=0", "x" * 300, "\xff"),
    "connection": _marked(
        *("close", "keep-alive", "Upgrade", "upgrade, HTTP2-Settings", "TE", ",", ""),
        *("close, keep-alive", "x-forwarded-for, host", "content-length", "{}", "\xff"),
    ),
    "expect": _marked("100-continue", "100-Continue", "200-ok", "", "{}", "100-continue, {}"),
    "forwarded": _marked("for=203.0.113.77;host={}.example;proto=https", "for={}"),
    "host": _of(*["testserver"] * 9, "elsewhere.example"),
    "http2-settings": _of("AAMAAABkAARAAAAAAAIAAAAA", "", "x", "\xff"),
    "hx-current-url": _marked("https://guide.example/go/{}/", "{}", "http://[{}"),
    "hx-request": _of("true", "", "no", "\xff"),
    "hx-target": _marked("rest", "result", "live", "{}"),
    "if-match": _tags,
    "if-modified-since": _day,
    "if-none-match": _tags,
    "if-range": _tags,
    "if-unmodified-since": _day,
    "keep-alive": _of("timeout=9999, max=9999", "x", ""),
    "max-forwards": _of("0", "-1", "x"),
    "origin": _origin,
    "range": _range,
    "referer": _marked("https://guide.example/whats-next/outcome/{}/", "{}", "http://[{}"),
    "sec-fetch-dest": _marked("document", "iframe", "script", "empty", "object", "", "{}"),
    "sec-fetch-mode": _marked("navigate", "no-cors", "cors", "websocket", "", "{}"),
    "sec-fetch-site": _marked(
        *("cross-site", "same-site", "same-origin", "none", "Cross-Site", "", "{}", "\xff"),
        "same-origin, cross-site",
    ),
    "sec-fetch-user": _of("?1", "?0", ""),
    "te": _of("trailers", "chunked", "deflate;q=0.5", "gzip", "", "trailers, trailers"),
    "upgrade": _of("h2c", "websocket", "TLS/1.0", ""),
    "user-agent": _marked("{}", "{} " * 300),
    "cookie": _marked("answers={}", "{}", "a={}; " * 99, "=;=;"),
    "x-forwarded-for": _of("203.0.113.77", "unknown", "x" * 500),
    "x-forwarded-host": _marked("{}.example"),
    "x-forwarded-proto": _of("https", "http", "x"),
    "x-http-method-override": _of("DELETE", "POST"),
    "x-original-url": _marked("/go/{}/"),
    "x-requested-with": _of("XMLHttpRequest"),
}


def headers(chance: Random) -> tuple[Pairs, set[str]]:
    """Some headers, and which kinds they are of. Now and then one comes twice, or is only bytes."""
    names = chance.sample(sorted(HEADERS), k=chance.choice([0, 1, 2, 2, 3, 4]))
    pairs = [(name, HEADERS[name](chance)) for name in names]
    kinds = {f"header {name}" for name in names}
    if pairs and chance.randrange(10) == 0:
        name = chance.choice(names)
        pairs.append((name, HEADERS[name](chance)))
        kinds.add("a header twice")
    if chance.randrange(20) == 0:
        name = chance.choice([*HEADERS, "x-" + marker_of(chance)])
        pairs.append((name, "".join(chance.choices(_BYTES, k=chance.randint(1, 60)))))
        kinds.add("a header of any bytes")
    return pairs, kinds
