"""Many clients at once: those who do what was made up, and honest readers beside them.

The clients are played by one event loop. Everything that is wrong is kept as a sentence in
`Seen.faults`; nothing is raised, so that one fault does not hide the others.
"""

import asyncio
import gzip
import re
import socket
import struct
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

import brotli

from tests import looping
from tests.fuzzing import Tally
from tests.made_up import PARTS
from tests.made_up.bytes import Conversation
from treatment_guide.serving.server import limits

#: Clients that do what was made up, at once; and honest readers.
CLIENTS = 200
READERS = 4
#: Seconds for an honest reader's answer, whatever others do.
SOON = 8.0
#: The server has to end a connection within its own limits: for the head, the body, and what is
#: kept for the next request. The rest is for a machine that has much to do.
LIMIT = 2 * limits.HEADER_MILLISECONDS / 1000 + limits.BODY_SECONDS + 10

#: Closes a connection at once, and lets the other side know by a reset.
AT_ONCE = struct.pack("ii", 1, 0)
_HEAD = re.compile(rb"HTTP/1\.[01] (\d{3}) [^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n")
_OPENED = {"br": brotli.decompress, "gzip": gzip.decompress}


class Got(NamedTuple):
    """One answer."""

    status: int
    headers: dict[str, str]
    lines: str
    body: bytes

    @property
    def plain(self) -> str:
        """The body as it was before it was compressed; as it came, where it was cut."""
        try:
            plain = _OPENED.get(self.headers.get("content-encoding", ""), bytes)(self.body)
        except (brotli.error, OSError, EOFError):
            plain = self.body
        return plain.decode("utf-8", "replace")


def answers_of(data: bytes) -> list[Got]:
    """The answers in what a server sent, in order. The last may be cut."""
    heads = list(_HEAD.finditer(data))
    ends = [*(head.start() for head in heads[1:]), len(data)]
    found = []
    for head, end in zip(heads, ends, strict=False):
        lines = head[2].decode("latin-1")
        rows = (row.partition(": ") for row in lines.split("\r\n") if row)
        headers = {name.lower(): value for name, _, value in rows}
        length = headers.get("content-length", "")
        body = data[head.end() : end]
        body = body[: int(length)] if length.isdecimal() else body
        found.append(Got(int(head[1]), headers, lines, body))
    return found


def first_is_whole(data: bytes, method: bytes) -> bool:
    """True once the first answer that is no 1xx has come whole."""
    for got in answers_of(data):
        if got.status >= 200:
            length = got.headers.get("content-length", "")
            bodiless = method == b"HEAD" or got.status in (204, 304)
            return bodiless or (length.isdecimal() and len(got.body) >= int(length))
    return False


@dataclass
class Seen:
    """What came of it all. `limit` is how many seconds the server has to end a connection."""

    limit: float = LIMIT
    tally: Tally = field(default_factory=Tally)
    statuses: Tally = field(default_factory=Tally)
    faults: list[str] = field(default_factory=list)
    markers: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    done: int = 0
    honest: int = 0
    slowest: float = 0.0
    megabytes: list[float] = field(default_factory=list)

    def fault(self, what: str, conversation: Conversation | None = None) -> None:
        """Note what is wrong, and after which bytes; each once."""
        if conversation:
            what += f" {conversation.ending} {b''.join(conversation.pieces)[:900]!r}"
        if what not in self.faults:
            self.faults.append(what)


async def talk(port: int, conversation: Conversation, seen: Seen) -> None:
    """One client does what was made up, and looks at what comes back."""
    data = b""
    try:
        reader, writer = await asyncio.wait_for(
            asyncio.open_connection("127.0.0.1", port, limit=2**20), seen.limit
        )
    except (OSError, TimeoutError):
        seen.fault("no connection is taken", conversation)
        return
    try:
        async with asyncio.timeout(seen.limit):
            for piece in conversation.pieces:
                writer.write(piece)
                await writer.drain()
                if len(conversation.pieces) > 1:
                    await asyncio.sleep(0.02)
            if conversation.ending == "end":
                writer.write_eof()
    except OSError:
        pass  # the server has closed already: what it said can still be read
    method = b"".join(conversation.pieces)[:9].partition(b" ")[0]
    try:
        if conversation.ending in ("read", "stay", "end"):
            async with asyncio.timeout(seen.limit):
                while piece := await reader.read(2**16):
                    data += piece
                    if conversation.ending == "read" and first_is_whole(data, method):
                        break
    except TimeoutError:
        seen.fault(f"a connection is left open after {seen.limit:.0f} seconds", conversation)
    except OSError:
        pass  # cut by the server
    if conversation.ending == "cut":
        with suppress(OSError):
            bare = writer.get_extra_info("socket")
            bare.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    writer.transport.abort()
    look(conversation, data, seen)


def look(conversation: Conversation, data: bytes, seen: Seen) -> None:
    """Count the answers of one conversation, and note what is wrong with them."""
    found = answers_of(data)
    if data and not data.startswith(b"HTTP/1."):
        seen.fault(f"an answer is not HTTP/1.1: {data[:40]!r}", conversation)
    for got in found:
        said = f"{got.lines}\n{got.plain}"
        again = {marker for marker in conversation.markers if marker in said}
        if got.status >= 500:
            seen.fault(f"a fault: {got.status}", conversation)
        if "set-cookie" in got.headers:
            seen.fault("a cookie", conversation)
        if again:
            seen.fault(f"an answer says a header again: {again}", conversation)
    last = [got.status for got in found if got.status >= 200]
    unread = {"leave": "left", "cut": "cut off"}.get(conversation.ending, "closed")
    seen.tally.add(conversation.kinds, last[0] if last else unread)
    seen.statuses.add(["all"], last[0] if last else unread)
    seen.words |= conversation.words
    seen.markers |= conversation.markers


async def _fetch(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: str, body: str = ""
) -> Got:
    """Send one honest request, and read its answer. Raises OSError or EOFError when none comes."""
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    writer.write(f"{lines}\r\nHost: localhost\r\n{length}\r\n{body}".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    got = answers_of(head)[0]
    length = "0" if got.status == 304 else got.headers.get("content-length", "0")
    return got._replace(body=await reader.readexactly(int(length)))


_FORM = "Content-Type: application/x-www-form-urlencoded"
#: What honest readers ask: the lines, the form, the status, and a word of the page.
_HONEST = (
    ("GET /healthz HTTP/1.1", "", 200, "ok"),
    ("GET /options/prp/ HTTP/1.1\r\nAccept-Encoding: gzip", "", 200, "<h1"),
    ("GET /options/prp/ HTTP/1.1\r\nAccept-Encoding: br", "", 200, "<h1"),
    (f"GET /whats-next/outcome/{PARTS['code'][0]}/ HTTP/1.1", "", 200, "<h1"),
    (f"POST /whats-next/place/{PARTS['code'][1]}/ HTTP/1.1\r\n{_FORM}", "place=knee", 303, ""),
    ("GET /search/?q=qxzvkjwpbtgh HTTP/1.1", "", 200, "<h1"),
)


async def read_on(port: int, seen: Seen, stop: asyncio.Event) -> None:
    """An honest reader goes on reading until told to stop; each answer has to be right, and soon.

    Three requests go over one connection, then another is opened; a page that has come once is
    asked for again with its tag.
    """
    number = 0
    while not stop.is_set():
        began = time.monotonic()
        lines = ""
        writer = None
        try:
            async with asyncio.timeout(SOON):
                reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
            for _ in range(3):
                lines, form, status, word = _HONEST[number % len(_HONEST)]
                number += 1
                began = time.monotonic()
                async with asyncio.timeout(SOON):
                    got = await _fetch(reader, writer, lines, form)
                    tag = got.headers.get("etag")
                    if got.status == 200 and tag:
                        again = await _fetch(reader, writer, f"{lines}\r\nIf-None-Match: {tag}")
                        if (again.status, again.body) != (304, b""):
                            seen.fault(f"an honest reader got {again.status} for a kept page")
                if got.status != status or word not in got.plain:
                    seen.fault(f"an honest reader got {got.status}: {lines!r}")
                seen.honest += 1
                seen.slowest = max(seen.slowest, time.monotonic() - began)
                await asyncio.sleep(0.02)
        except (OSError, EOFError, TimeoutError) as error:
            waited = time.monotonic() - began
            seen.fault(f"an honest reader got no answer in {waited:.0f} s ({error!r}): {lines!r}")
            await asyncio.sleep(0.5)
        finally:
            if writer:
                writer.transport.abort()


async def _play(
    port: int, made: Sequence[Conversation], resident: Callable[[], float], seen: Seen
) -> None:
    room = asyncio.Semaphore(CLIENTS)
    stop = asyncio.Event()

    async def one(conversation: Conversation) -> None:
        async with room:
            await talk(port, conversation, seen)
        seen.done += 1
        if seen.done * 10 >= len(made) * (len(seen.megabytes) + 1):
            seen.megabytes.append(resident())

    async with asyncio.TaskGroup() as group:
        readers = [asyncio.create_task(read_on(port, seen, stop)) for _ in range(READERS)]
        for conversation in made:
            group.create_task(one(conversation))
    stop.set()
    await asyncio.wait(readers)
    for reader in readers:
        reader.result()
    await asyncio.sleep(0.1)  # connections that were just cut are closed by the loop


def play(
    port: int, made: Sequence[Conversation], resident: Callable[[], float], seen: Seen
) -> Seen:
    """Hold all conversations with the server at a port, while honest readers go on reading.

    `resident` says how many megabytes the server holds; it is asked at ten marks.
    """
    looping.run(_play(port, made, resident, seen))
    return seen
