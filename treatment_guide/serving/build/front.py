"""Static files and built pages, answered from memory before Django.

WhiteNoise handles addresses, types and compressed files. This module adds the rules of RFC 9110
for codings and entity tags, and keeps every file in memory.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from wsgiref.headers import Headers

from django.conf import settings
from whitenoise import WhiteNoise
from whitenoise.responders import FileEntry
from whitenoise.string_utils import decode_path_info

from treatment_guide.http.addresses import in_language, within
from treatment_guide.http.clock import now
from treatment_guide.http.codings import IDENTITY, accepted, is_held, tag_of, version_of
from treatment_guide.library.recall.reading import digest
from treatment_guide.library.release.stamp import files_of
from treatment_guide.serving.ahead import MEDIA_TYPE, RULES_FILE, headers_for
from treatment_guide.serving.build.built import Application, Build
from treatment_guide.serving.libraries import language_header, library_for
from treatment_guide.serving.middleware import PAGE_SECONDS, SECURITY_HEADERS

#: Seconds that static files may be cached. Their addresses change with their hash.
STATIC_SECONDS = 86_400

#: Where static files stand within the site.
STATIC_PATH = "/static/"

Lines = list[tuple[str, str]]

#: The request headers that decide an answer, with their names in WSGI.
_ASKED = {
    "accept-encoding": "HTTP_ACCEPT_ENCODING",
    "if-match": "HTTP_IF_MATCH",
    "if-none-match": "HTTP_IF_NONE_MATCH",
}
#: Headers that describe a body, so they have no place in an answer without one (RFC 9110, 15.4.5).
_OF_BODY = {"Content-Encoding", "Content-Length", "Content-Type"}
#: The codings of a file, and what the name of each ends with beside the file itself.
ENDINGS = {IDENTITY: "", "gzip": ".gz", "br": ".br"}


class Asked(Protocol):
    """The headers of a request by lower-case name: a dict, or an object of the server.

    A header sent in several lines is one value, joined by commas.
    """

    def get(self, name: str, default: str, /) -> str:
        """The value of a header, or the default."""


class Found(NamedTuple):
    """An answer: its status, its headers, and its body (empty for HEAD and for 304)."""

    status: HTTPStatus
    headers: Lines
    body: bytes


class Form(NamedTuple):
    """A file in one coding: its tag, its headers, the headers of a 304, its bytes."""

    tag: str
    headers: Lines
    not_modified: Lines
    body: bytes


@dataclass(frozen=True)
class Held:
    """A file in each of its codings, in memory: no request opens a file."""

    path: Path
    forms: dict[str, Form]

    def answer(self, method: str, asked: Asked) -> Found:
        """The form that the request accepts best, or 304 where the client has it.

        Range requests get the whole file: files are short.
        """
        codings = accepted(asked.get("accept-encoding", ""))
        form = next(self.forms[coding] for coding in codings if coding in self.forms)
        if is_held(asked.get("if-none-match", ""), form.tag):
            return Found(HTTPStatus.NOT_MODIFIED, form.not_modified, b"")
        return Found(HTTPStatus.OK, form.headers, form.body if method == "GET" else b"")


def held(path: str, lines: Lines, there: Callable[[str], bool]) -> Held:
    """The file at a path in each coding that is there, read into memory, with these headers. Tags
    are hashes of the content, so that they are equal on all servers and in a new build with the same
    page.
    """
    bodies = {}
    for coding, ending in ENDINGS.items():
        if not ending or there(path + ending):
            with open(path + ending, "rb") as opened:
                bodies[coding] = opened.read()
    if len(bodies) > 1:
        lines = [*lines, ("Vary", "Accept-Encoding")]
    version = version_of(bodies[IDENTITY])
    bare = [(name, value) for name, value in lines if name not in _OF_BODY]
    forms = {}
    for coding, body in bodies.items():
        tag = ("ETag", tag_of(version, coding))
        own = [("Content-Length", str(len(body)))]
        own += [] if coding == IDENTITY else [("Content-Encoding", coding)]
        forms[coding] = Form(tag[1], [*lines, *own, tag], [*bare, tag], body)
    return Held(Path(path), forms)


class Front(WhiteNoise):
    """Answers GET and HEAD for files and built pages; the application answers all else.

    That one also answers an address without its slash, a request with If-Match, and a page once a
    number in it is due to be checked again.
    """

    def __init__(self, application: Application, build: Build | None) -> None:
        self.build = build
        days = build.good_until if build else {}
        self.stale_from = {address: end_of(day) for address, day in days.items()}
        super().__init__(
            application,
            max_age=STATIC_SECONDS,
            allow_all_origins=False,
            autorefresh=settings.DEBUG and not build,
            index_file=bool(build),
            mimetypes={RULES_FILE: MEDIA_TYPE},
        )
        if build:
            self.hold(build.pages, "/", self.shown(build))
        elif self.autorefresh:
            self.add_files(settings.STATIC_DIR, STATIC_PATH)
        else:
            root = settings.STATIC_DIR
            names = (file.relative_to(root).as_posix() for file in files_of(root))
            self.hold(root, STATIC_PATH, names)

    @staticmethod
    def shown(build: Build) -> Iterable[str]:
        """The files of a build that may be shown: where other things are withdrawn now than when it
        was made, only static files. Django makes the pages then, until the next build.
        """
        if build.recalls == digest(library_for("/").recalls):
            return build.hashes
        return [name for name in build.hashes if f"/{name}".startswith(STATIC_PATH)]

    def hold(self, root: Path, prefix: str, names: Iterable[str]) -> None:
        """Read the files of these names (`options/index.html`) under a folder, and answer them below
        a prefix.

        Other files in the folder are never served, and cannot stop a start.
        """
        paths = {os.path.join(root, name): name for name in names}
        found = {path: os.stat(path) for path in paths}
        for path, name in paths.items():
            if not self.is_compressed_variant(path, found):
                url = prefix + name
                if self.index_file:
                    url = url.removesuffix(self.index_file)
                self.files[url] = self.get_static_file(path, url, found)

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> Held:
        """The file at a path. WhiteNoise calls this.

        Its own `StaticFile` makes four sets of headers a file, a tenth of the time of a start, and
        takes tags from the time of a file, which differs between servers.
        """
        FileEntry(path, stat_cache)  # raises what WhiteNoise expects where no file is there
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        self.add_headers(headers, path, url)
        there = os.path.isfile if stat_cache is None else stat_cache.__contains__
        return held(path, headers.items(), there)

    def answer(self, method: str, path: str, asked: Asked) -> Found | None:
        """The answer to a request for a file or a built page; None where the application answers.

        `path` is the decoded path of the address. Does not block.
        """
        path = within(path)
        if method not in ("GET", "HEAD") or asked.get("if-match", "") or not self.may_show(path):
            return None
        file = self.find_file(path) if self.autorefresh else self.files.get(path)
        return file.answer(method, asked) if file else None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = decode_path_info(environ.get("PATH_INFO", ""))
        asked = {name: environ.get(variable, "") for name, variable in _ASKED.items()}
        found = self.answer(environ["REQUEST_METHOD"], path, asked)
        if found is None:
            behind: Iterable[bytes] = self.application(environ, start_response)
            return behind
        start_response(f"{found.status} {found.status.phrase}", list(found.headers))
        return [found.body]

    def may_show(self, path: str) -> bool:
        """False for a built page with a number past its check-by day: Django makes that page."""
        stale_from = self.stale_from.get(path)
        return stale_from is None or now() < stale_from

    def add_headers(self, headers: Any, path: str, url: str) -> None:
        """Add the security headers of Django's answers, and for pages the time they may be cached."""
        for name, value in SECURITY_HEADERS.items():
            headers.add_header(name, value)  # none is there yet; to look for each takes long
        if self.build and not url.startswith(STATIC_PATH):
            headers["Cache-Control"] = f"max-age={PAGE_SECONDS}, public"
            library = library_for(url)
            here = in_language(url, library.language.prefix)
            for name, value in {**language_header(library), **headers_for(library, here)}.items():
                headers[name] = value


def end_of(day: str) -> datetime:
    """The moment a day such as "2026-11-22" ends, in UTC."""
    after = date.fromisoformat(day) + timedelta(days=1)
    return datetime.combine(after, time(), UTC)
