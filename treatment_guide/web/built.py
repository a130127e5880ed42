"""A build: reading pages made once, in a folder whose name is their stamp, served by WhiteNoise.

A build is never changed once it stands, so a worker that runs keeps what it started with while
the next build is written beside it. It holds the pages, the static files, the checked library,
and `build.json`: what it was made from, and the hash of every file.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise import WhiteNoise
from whitenoise.responders import Redirect

from treatment_guide.library.kept import BrokenBuild
from treatment_guide.library.stamp import stamp
from treatment_guide.web.middleware import SECURITY_HEADERS

PAGES, LIBRARY, RECORD = "pages", "library.pickle", "build.json"
#: A page may be mended: browsers and proxies ask again after five minutes, and get a short "no".
PAGE_SECONDS = 300
#: Pages name static files with their hash, so that these may stay.
STATIC_SECONDS = 86_400

#: Who sends one of these wants less than a whole page, or perhaps none of it.
WANTS_LESS = frozenset({"HTTP_RANGE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"})

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Build:
    """One build: where it stands, what it was made from, what was proven of it."""

    folder: Path
    stamp: str
    content: str
    day: str
    situations: int
    hashes: Mapping[str, str]

    @property
    def pages(self) -> Path:
        """The folder that is served."""
        return self.folder / PAGES

    @property
    def library(self) -> Path:
        """The kept library."""
        return self.folder / LIBRARY


#: The build that this process serves, if it serves one.
serving: list[Build] = []


def stamp_now() -> str:
    """The stamp of the content, the code and the settings as they are now."""
    shown = [settings.PUBLIC_ORIGIN, *(f"{k}={v}" for k, v in sorted(settings.SITE.items()))]
    return stamp(settings.BASE_DIR, settings.CONTENT_DIR, *shown)


def find_build(root: Path) -> Build:
    """The newest build under a folder that was made from what is there now.

    Raises BrokenBuild when there is none.
    """
    wanted = stamp_now()
    root = root.resolve()  # `make serve` names it from here; WhiteNoise gives whole paths
    found = sorted(root.glob(f"*-{wanted}")) if root.is_dir() else []
    if not found:
        raise BrokenBuild(
            f"{root} holds no build of this content, code and settings (stamp {wanted}). "
            "Run: manage.py build"
        )
    record = json.loads((found[-1] / RECORD).read_text())
    return Build(folder=found[-1], **record)


class Front(WhiteNoise):
    """WhiteNoise before Django: files and built pages by GET and HEAD; all else goes to Django.

    Django also answers an address without its slash, which keeps the query and the headers.
    """

    def __init__(self, application: Application, build: Build | None) -> None:
        self.build = build
        self.pressed: dict[str, bytes] = {}
        super().__init__(
            application,
            max_age=STATIC_SECONDS,
            allow_all_origins=False,
            autorefresh=settings.DEBUG,
            add_headers_function=self.add_headers,
            index_file=True,
        )
        if build:
            self.add_files(build.pages)
            kept = {url: file for url, file in self.files.items() if not isinstance(file, Redirect)}
            self.files = kept
            for file in kept.values():
                file.alternatives = [
                    (c, p, undated(headers)) for c, p, headers in file.alternatives
                ]
            self.pressed = pressed(kept.values())
        else:
            self.index_file = None
            self.add_files(settings.STATIC_DIR, settings.STATIC_URL)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            try:
                return super().__call__(environ, start_response)
            except FileNotFoundError:
                pass  # the build was taken away under this worker: Django makes the page anew
        return self.application(environ, start_response)

    def serve(
        self, static_file: Any, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Any:
        """One file. A whole page in compressed form, which nearly everybody asks for, comes from
        memory: no file is opened for it.
        """
        if environ["REQUEST_METHOD"] == "GET" and WANTS_LESS.isdisjoint(environ):
            path, headers = static_file.get_path_and_headers(environ)
            if path in self.pressed:
                start_response("200 OK", list(headers))
                return [self.pressed[path]]
        return super().serve(static_file, environ, start_response)

    def add_headers(self, headers: Any, path: str, url: str) -> None:
        """The headers of a file: the same security as Django's answers, and a tag by content."""
        for name, value in SECURITY_HEADERS.items():
            headers[name] = value
        if self.build:
            file = Path(path).relative_to(self.build.pages).as_posix()
            headers["ETag"] = f'"{self.build.hashes[file][:12]}"'
            if not url.startswith(settings.STATIC_URL):
                headers["Cache-Control"] = f"max-age={PAGE_SECONDS}, public"


def pressed(files: Iterable[Any]) -> dict[str, bytes]:
    """What the compressed files of a build hold, by path: a few megabytes."""
    return {
        path: Path(path).read_bytes()
        for file in files
        for _, path, headers in file.alternatives
        if "Content-Encoding" in dict(headers)
    }


def undated(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers without the day a file was written, which differs between servers; the tag stays."""
    return [(name, value) for name, value in headers if name != "Last-Modified"]
