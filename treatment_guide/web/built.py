"""A build: reading pages made once, in a folder whose name is their stamp, served by WhiteNoise.

A build is never changed once it stands, and a worker reads all of it at its start: it keeps what
it started with, whatever becomes of the folder. A build holds the pages, the static files, the
checked library, and `build.json`: what it was made from, and the hash of every file.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from whitenoise import WhiteNoise
from whitenoise.responders import Redirect

from treatment_guide.library.kept import BrokenBuild, read_whole
from treatment_guide.library.stamp import stamp
from treatment_guide.web.middleware import SECURITY_HEADERS

PAGES, LIBRARY, RECORD = "pages", "library.pickle", "build.json"
#: A page may be mended: browsers and proxies ask again after five minutes, and get a short "no".
PAGE_SECONDS = 300
#: Pages name static files with their hash, so that these may stay.
STATIC_SECONDS = 86_400

#: How much of a file's hash is kept.
HASH = 20

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Build:
    """One build: where it stands, what it was made from, what was proven of it, and the last day
    on which every number in its pages may be shown.
    """

    folder: Path
    stamp: str
    content: str
    day: str
    situations: int
    good_until: str
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
    """The newest whole build under a folder that was made from what is there now.

    Raises BrokenBuild when there is none.
    """
    wanted = stamp_now()
    root = root.resolve()  # `make serve` names it from here; WhiteNoise gives whole paths
    found = sorted(root.glob(f"*-{wanted}"), key=age) if root.is_dir() else []
    faults = []
    for folder in reversed(found):
        try:
            return read_build(folder)
        except BrokenBuild as broken:
            faults.append(str(broken))
    none = f"{root} holds no build of this content, code and settings (stamp {wanted})."
    raise BrokenBuild(" ".join([*faults, none, "Run: manage.py build"]))


def age(folder: Path) -> tuple[bool, str]:
    """What puts builds in order, the newest last. One of a day to come was made by a wrong clock,
    so it stands before all others.
    """
    day = folder.name.partition("-")[0]
    return day <= f"{timezone.localdate():%Y%m%d}", day


def read_build(folder: Path) -> Build:
    """The build in a folder, every file of it looked at. Raises BrokenBuild when it is not whole:
    a copy that was cut short, a machine that lost its power.
    """
    try:
        build = Build(folder=folder, **json.loads((folder / RECORD).read_text()))
        read_whole(build.library)
        for name, wanted in build.hashes.items():
            if hash_of((build.pages / name).read_bytes()) != wanted:
                raise BrokenBuild(f"{folder} is not whole ({name}).")
    except (OSError, ValueError, TypeError) as error:
        raise BrokenBuild(f"{folder} is not whole ({error}).") from error
    return build


def hash_of(data: bytes) -> str:
    """The hash of a file, as a build records it."""
    return hashlib.sha256(data).hexdigest()[:HASH]


class Front(WhiteNoise):
    """WhiteNoise before Django: files and built pages by GET and HEAD; all else goes to Django.

    Django also answers an address without its slash, which keeps the query and the headers; and
    every page, once a number in the build is due to be checked again.
    """

    def __init__(self, application: Application, build: Build | None) -> None:
        self.build = build
        self.held: dict[str, bytes] = {}
        self.stale_from = float("inf")
        super().__init__(
            application,
            max_age=STATIC_SECONDS,
            allow_all_origins=False,
            autorefresh=settings.DEBUG,
            add_headers_function=self.add_headers,
            index_file=True,
        )
        if build:
            self.stale_from = end_of(build.good_until)
            self.add_files(build.pages)
            kept = {url: file for url, file in self.files.items() if not isinstance(file, Redirect)}
            self.files = kept
            for file in kept.values():
                file.last_modified = None
                file.alternatives = [
                    (c, p, undated(headers)) for c, p, headers in file.alternatives
                ]
            self.held = held(kept.values())
        else:
            self.index_file = None
            self.add_files(settings.STATIC_DIR, settings.STATIC_URL)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and self.may_show(environ["PATH_INFO"]):
            return super().__call__(environ, start_response)
        return self.application(environ, start_response)

    def may_show(self, path: str) -> bool:
        """False for a page of a build with a number that is due: Django makes the page anew."""
        return time.time() < self.stale_from or path.startswith(settings.STATIC_URL)

    def serve(
        self, static_file: Any, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Any:
        """One file, from memory: a build that is changed or taken away changes no answer.

        Nobody needs a part of a file so short, so it comes whole to whoever asks for a part.
        """
        if self.held and not static_file.is_not_modified(environ):
            path, headers = static_file.get_path_and_headers(environ)
            start_response("200 OK", list(headers))
            return [self.held[path]] if environ["REQUEST_METHOD"] == "GET" else []
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


def end_of(day: str) -> float:
    """The moment a day ends, as the system counts seconds."""
    after = date.fromisoformat(day) + timedelta(days=1)
    return datetime.combine(after, clock(), UTC).timestamp()


def held(files: Iterable[Any]) -> dict[str, bytes]:
    """What the files of a build hold, by path: a few megabytes."""
    return {path: Path(path).read_bytes() for file in files for _, path, _ in file.alternatives}


def undated(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers without the day a file was written, which differs between servers and may be wrong;
    the tag stays.
    """
    return [(name, value) for name, value in headers if name != "Last-Modified"]
