"""Raw connections: requests as bytes, complete, wrong, cut off, or none.

A conversation is the bytes sent, in pieces, and how the client ends the connection.
"""

import struct
from collections.abc import Callable
from random import Random
from typing import NamedTuple
from urllib.parse import quote_from_bytes

from tests.fuzzing import carried, made_of, marked
from tests.made_up import Asked, asked
from tests.made_up.headers import marker_of

#: How a client ends. `read`: reads the first answer and closes. `stay`: waits until the server
#: closes.
#: `end`: shuts its sending side, and waits. `leave`: closes without reading. `cut`: resets.
ENDINGS = ("read", "read", "read", "stay", "end", "leave", "cut")


class Conversation(NamedTuple):
    """What one client does. `markers` may stand in no answer, `words` in no log."""

    kinds: tuple[str, ...]
    pieces: tuple[bytes, ...]
    ending: str
    words: frozenset[str]
    markers: frozenset[str]


Lines = list[bytes]


def target_of(request: Asked) -> bytes:
    """The target of a request as browsers write it."""
    path = quote_from_bytes(request.path, "/~!$&'()*+,;=:@").encode() or b"/"
    return path + (b"?" + request.query if request.query else b"")


def _absolute(chance: Random, usual: bytes) -> bytes:
    """A target with a scheme and a host (RFC 9112, 3.2.2), of ours or not."""
    host = chance.choice(["localhost", "localhost", "elsewhere.example", "", "[::1", "a@b", "\xff"])
    scheme = chance.choice(["http", "http", "https", "HTTP", "ftp", "javascript"])
    return f"{scheme}://{host}".encode("latin-1") + usual


#: Targets that are no path: an asterisk, an authority, junk.
_TARGETS = (
    *(
        b"*",
        b"**",
        b"localhost:80",
        b":",
        b"",
        b" ",
        b"//",
        b"/\x00",
        b"/\xff\xfe",
        b"/%",
        b"/%zz%",
    ),
    *(b"/%00", b"/%c0%ae", b"?", b"/a b", b"/#x", b"/" + b"x" * 70_000, b"/..%2f..%2fetc/passwd"),
    *(b"\\", b"/\x7f", b"/go/%ff/", b"/search/?q=%ff", b"/search/?q=\xff"),
)
_VERSIONS = (
    *(b"HTTP/1.0", b"HTTP/0.9", b"HTTP/2.0", b"HTTP/1.2", b"http/1.1", b"", b"X", b"HTTP/1.1 x"),
)
_METHODS = (
    *(b"CONNECT", b"TRACE", b"PRI", b"get", b"", b"G\x00T", b"A" * 9_000, b"OPTIONS", b"\xff"),
)
_HOSTS: tuple[Lines, ...] = (
    [],
    [b"Host: localhost", b"Host: elsewhere.example"],
    [b"Host: elsewhere.example"],
    [b"Host:"],
    [b"Host: localhost:x"],
    [b"Host: \xff"],
    [b"Host: localhost, localhost"],
    [b"Host: [::1"],
)
_UNDERSCORES = (
    *(b"Content_Length: 5", b"Transfer_Encoding: chunked", b"Sec_Fetch_Site: same-origin"),
    *(b"X_Forwarded_For: 203.0.113.77", b"Host_: elsewhere.example", b"HX_Request: true"),
    *(b"Content_Type: text/plain; charset=rot13", b"_: x", b"If_None_Match: *"),
)
_LINES = (
    *(b"no colon", b": no name", b"space : x", b" folded: x", b"x: a\r\n folded", b"x:\x00"),
    *(b"\xff: x", b"x: a\rb", b"x: a\nb: c", b"(x): y", b"x: " + b"y" * 70_000),
    *(b"\r\n".join(b"x-%d: y" % number for number in range(300)), b"x:", b"x:\t\ty\t"),
)


def chunked(chance: Random, body: bytes) -> bytes:
    """A body in chunks, as RFC 9112, 7.1 writes it."""
    said = b""
    while body:
        size = chance.randint(1, len(body))
        said += b"%x%b\r\n%b\r\n" % (size, chance.choice([b"", b";a=b", b" ;x"]), body[:size])
        body = body[size:]
    return said + b"0\r\n" + chance.choice([b"", b"x-trailer: y\r\n"]) + b"\r\n"


def _shorter(chance: Random, body: bytes) -> tuple[Lines, bytes]:
    length = len(body) + chance.choice([1, 95, 5_000, 19_000])
    return [b"Content-Length: %d" % length], body


def _longer(chance: Random, body: bytes) -> tuple[Lines, bytes]:
    more = chance.choice(
        [b"x" * 30, b"\r\n\r\n", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"]
    )
    return [b"Content-Length: %d" % len(body)], body + more


def _in_chunks(chance: Random, body: bytes) -> tuple[Lines, bytes]:
    return [b"Transfer-Encoding: chunked"], chunked(chance, body)


def _wrong_chunks(chance: Random, body: bytes) -> tuple[Lines, bytes]:
    size = chance.choice(
        [
            *(b"%x" % (len(body) + 9), b"%x" % max(0, len(body) - 1), b"-1", b"0x5", b"", b"z"),
            *(b"f" * 15, b"f" * 16, b"f" * 40, b"5 5", b"+5", b"5\x00", b"1" * 9_000),
            b"5;" + b"x" * 70_000,
        ]
    )
    end = chance.choice(
        [b"\r\n0\r\n\r\n", b"0\r\n\r\n", b"\r\n", b"\n0\n\n", b"\r\n0\r\nx\r\n\r\n"]
    )
    return [b"Transfer-Encoding: chunked"], size + b"\r\n" + body + end


def _broken_chunks(chance: Random, body: bytes) -> tuple[Lines, bytes]:
    whole = chunked(chance, body)
    return [b"Transfer-Encoding: chunked"], whole[: chance.randrange(len(whole))]


def _two_lengths(chance: Random, body: bytes) -> tuple[Lines, bytes]:
    right = b"Content-Length: %d" % len(body)
    return chance.choice(
        [
            [right, b"Content-Length: %d" % (len(body) + 5)],
            [right, right],
            [right, b"Transfer-Encoding: chunked"],
            [b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"],
            [b"Transfer-Encoding: gzip, chunked"],
            [b"Transfer-Encoding: \x0bchunked"],
            [b"Content-Length: %d, %d" % (len(body), len(body))],
        ]
    ), body


def _no_length(chance: Random, body: bytes) -> tuple[Lines, bytes]:
    said = chance.choice(["+5", "-1", "0x10", "5_0", "9" * 30, "", " ", "x", "\xb2", "40000000"])
    return [b"Content-Length: " + said.encode("latin-1")], body


_FRAMES: dict[str, Callable[[Random, bytes], tuple[Lines, bytes]]] = {
    "a body shorter than said": _shorter,
    "a body longer than said": _longer,
    "a body in chunks": _in_chunks,
    "chunks of wrong sizes": _wrong_chunks,
    "chunks broken off": _broken_chunks,
    "two lengths": _two_lengths,
    "a length that is none": _no_length,
}


def _cut_up(chance: Random, data: bytes) -> tuple[bytes, ...]:
    """The same bytes, in one piece or some."""
    cuts = sorted(chance.randrange(len(data) + 1) for _ in range(chance.choice([0, 0, 0, 1, 3])))
    return tuple(data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True))


#: What can be wrong with a request beside its headers and its form; a body has ways of its own.
ODDITIES = (
    *("an absolute target", "another target", "another version", "another method", "another host"),
    *("a name with an underscore", "a line that is no header", "bare line ends", "broken off"),
    "two at once",
)


def whole(request: Asked, chance: Random) -> Conversation:
    """A valid request; the client reads the answer."""
    return written(request, chance, framing="", odd=set())._replace(ending="read")


def written(
    request: Asked, chance: Random, framing: str | None = None, odd: set[str] | None = None
) -> Conversation:
    """A request as bytes: as it should be, or with one or two oddities.

    `framing` is how its body is framed; when it is not given, half of all forms are framed well,
    and some requests of other methods have a body, too.
    """
    if odd is None:
        odd = set(chance.sample(ODDITIES, k=chance.choice([0, 0, 1, 1, 2])))
    method, target, version = request.method.encode(), target_of(request), b"HTTP/1.1"
    lines = [b"Host: localhost"]
    if "another host" in odd:
        lines = [*chance.choice(_HOSTS)]
    if "another target" in odd:
        target = chance.choice(_TARGETS)
    if "an absolute target" in odd:
        target = _absolute(chance, target)
    if "another version" in odd:
        version = chance.choice(_VERSIONS)
    if "another method" in odd:
        method = chance.choice(_METHODS)
    lines += [f"{n}: {value}".encode("latin-1") for n, value in request.headers if n != "host"]
    if request.content_type:
        lines.append(b"Content-Type: " + request.content_type.encode("latin-1"))
    if "a name with an underscore" in odd:
        lines.append(chance.choice(_UNDERSCORES))
    if "a line that is no header" in odd:
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(_LINES))
    body = request.body if request.method == "POST" else b"place=knee"
    if framing is None and chance.randrange(2 if request.method == "POST" else 8) == 0:
        framing = chance.choice(sorted(_FRAMES))
    if framing:
        odd.add(framing)
        more, body = _FRAMES[framing](chance, body)
        lines += more
    elif request.method == "POST":
        lines.append(b"Content-Length: %d" % len(body))
    else:
        body = b""
    end = b"\n" if "bare line ends" in odd else b"\r\n"
    data = end.join([b" ".join([method, target, version]), *lines, b"", b""]) + body
    if "broken off" in odd:
        data = data[: chance.randrange(len(data))]
    if "two at once" in odd:
        data += data
    words = {"path": request.path, "query": request.query, "body": request.body}
    given = {f"HTTP_{number}": value for number, (_, value) in enumerate(request.headers)}
    asked_for = b" ".join(words.values()).decode("latin-1")
    return Conversation(
        tuple(sorted({*request.kinds, *odd})),
        _cut_up(chance, data),
        chance.choice(ENDINGS),
        frozenset(carried({**words, **given})),
        frozenset(marked(" ".join(given.values())) - marked(asked_for)),
    )


def half_body(request: Asked, chance: Random) -> Conversation:
    """A form that is never complete, from a client that waits."""
    posted = request._replace(method="POST", body=b"page=", headers=[], kinds=())
    return written(posted, chance, "a body shorter than said")._replace(ending="stay")


PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def frame(kind: int, flags: int, stream: int, content: bytes) -> bytes:
    """A frame of HTTP/2 (RFC 9113, 4.1)."""
    return struct.pack(">I", len(content))[1:] + struct.pack(">BBI", kind, flags, stream) + content


def _packed(text: bytes) -> bytes:
    """A string of HPACK, plain (RFC 7541, 5.2)."""
    return (
        bytes([min(len(text), 127)])
        + (bytes([len(text) - 127]) if len(text) >= 127 else b"")
        + text
    )


def packed(pairs: list[tuple[bytes, bytes]]) -> bytes:
    """Headers for HTTP/2, each as a literal that is not indexed (RFC 7541, 6.2.2)."""
    return b"".join(b"\x00" + _packed(name[:200]) + _packed(value[:200]) for name, value in pairs)


def http2(_: Asked, chance: Random) -> Conversation:
    """HTTP/2 with prior knowledge: forms that never come whole, among frames of any kind."""
    word = marker_of(chance)
    data = PREFACE + frame(4, 0, 0, b"")
    for number in range(chance.choice([1, 4, 4, 20])):
        stream = 2 * number + 1
        pairs = [
            (b":method", chance.choice([b"POST", b"POST", b"GET"])),
            (b":scheme", b"http"),
            (b":authority", b"localhost"),
            (b":path", chance.choice([b"/feedback/", b"/go/" + word.encode() + b"/", b"/healthz"])),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", b"100"),
        ]
        data += frame(1, chance.choice([4, 4, 4, 0, 5]), stream, packed(pairs))
        data += frame(0, chance.choice([0, 0, 1]), stream, b"page=")
        if chance.randrange(4) == 0:
            kind, length = chance.choice([(2, 5), (3, 4), (6, 8), (7, 8), (8, 4), (9, 9), (200, 3)])
            data += frame(kind, chance.randrange(256), chance.choice([0, stream]), b"\x01" * length)
    kinds = ["HTTP/2"]
    if chance.randrange(4) == 0:
        data = data[: chance.randrange(3, len(data))]
        kinds.append("HTTP/2, broken off")
    ending = chance.choice(["stay", "leave", "cut", "end"])
    return Conversation(
        tuple(kinds), _cut_up(chance, data), ending, frozenset({word}), frozenset({word})
    )


_NOT_HTTP = (
    *(b"", b"G", b"\r\n", b"\r\n" * 40_000, b"\x00" * 100, b"\n\n\n", b"HTTP/1.1 200 OK\r\n\r\n"),
    *(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x01" * 200, b"PROXY TCP4 1.1.1.1 "),
    *(b"SSH-2.0-x\r\n", b"GET /\r\n\r\n", b"GET / HTTP/1.1\r\nHost: loc", b"\xff" * 70_000),
    b"GET / HTTP/1.1\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHost: localhost\r\n"
    b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n" + PREFACE,
)


def not_http(_: Asked, chance: Random) -> Conversation:
    """No request at all: silence, other protocols, junk."""
    data = chance.choice([*_NOT_HTTP, chance.randbytes(chance.randrange(300))])
    return Conversation(
        ("no request",), _cut_up(chance, data), chance.choice(ENDINGS), frozenset(), frozenset()
    )


#: How often a client does what.
_MIX = (*[written] * 9, half_body, http2, not_http)


def conversations(
    most: int, *ways: Callable[[Asked, Random], Conversation], first: int = 0
) -> list[Conversation]:
    """So many conversations, of these ways or of all; the same ones for the same first number.

    The requests come from Hypothesis. What is done with them does not: it prefers to do the same
    again with small changes, and a connection can be used in many ways.
    """
    chance = Random(first)
    requests = made_of(asked(), most, first)
    chance.shuffle(requests)
    return [chance.choice(ways or _MIX)(request, chance) for request in requests]
