"""A build: reading pages made once, in a folder named by day and stamp.

A build is never changed, and a worker reads all of it at its start, so later changes of the folder
do not matter to it. A build holds the pages, the static files, the checked library, and
`build.json`: what it was made from, and the hash of every file.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from treatment_guide.http.clock import today
from treatment_guide.library.recall.reading import digest
from treatment_guide.library.recall.standing import recalls_now
from treatment_guide.library.release.library_file import BrokenBuild, read_whole
from treatment_guide.library.release.stamp import MadeFrom, made_from

PAGES, LIBRARY, RECORD = "pages", "library.pickle", "build.json"
#: The variables whose values pages show, by the field of the Site that they set.
VARIABLES = {
    "name": "SITE_NAME",
    "publisher": "PUBLISHER",
    "contact": "CONTACT",
    "region": "REGION",
}
#: How many characters of a file's hash are kept.
HASH = 20

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Build:
    """One build: its folder, what it was made from, and the number of answer sets proven.

    `good_until`: for each page with numbers, by its address, the last day on which all of them may
    be shown. `recalls` is the hash of what was withdrawn in it; empty for nothing.
    """

    folder: Path
    stamp: str
    content: str
    code: str
    python: str
    settings: Mapping[str, str]
    day: str
    answer_sets: int
    good_until: Mapping[str, str]
    hashes: Mapping[str, str]
    recalls: str = ""
    local: str = ""

    @property
    def pages(self) -> Path:
        """The folder that is served."""
        return self.folder / PAGES

    @property
    def library(self) -> Path:
        """The file of the library."""
        return self.folder / LIBRARY


#: The build that this process serves, if it serves one.
serving: list[Build] = []
#: The build that `manage.py serve` found before it started its workers, and when (seconds).
_looked: list[tuple[Build, float]] = []
#: For so many seconds a new worker takes it as it was found. Later ones look at every file again.
JUST_FOUND = 10


def made_from_now() -> MadeFrom:
    """The content, the code and the settings as they are now."""
    shown = {"PUBLIC_ORIGIN": settings.PUBLIC_ORIGIN or settings.LISTENS_AT}
    shown |= {"BASE_PATH": settings.BASE_PATH} if settings.BASE_PATH else {}
    languages = ",".join(settings.SERVED_LANGUAGES)
    shown |= {"LANGUAGES": languages} if languages else {}
    handouts = ",".join(settings.UNSIGNED_HANDOUTS)
    shown |= {"UNSIGNED_HANDOUTS": handouts} if handouts else {}
    shown |= {VARIABLES[field]: value for field, value in settings.SITE.items()}
    return made_from(settings.BASE_DIR, settings.CONTENT_DIR, shown, settings.LOCAL_DIR)


def stamp_now() -> str:
    """The stamp of `made_from_now()`."""
    return made_from_now().stamp


def find_build(root: Path) -> Build:
    """The newest complete build under a folder with the stamp of now; of the same day, one with
    the recalls of now.

    Raises BrokenBuild when there is none; the message says how the newest build differs.
    """
    wanted = stamp_now()
    root = root.resolve()  # it may be relative; WhiteNoise needs an absolute path
    faults = []
    try:
        recalls = digest(recalls_now()[0])
        folders = root.glob(f"*-{wanted}") if root.is_dir() else ()
        found = sorted(folders, key=lambda f: (*age(f), withdrawn_in(f) == recalls))
        for folder in reversed(found):
            try:
                return read_build(folder)
            except BrokenBuild as broken:
                faults.append(str(broken))
        faults.append(f"{root} holds no build of what is here now. {differences(root)}")
    except OSError as error:
        faults.append(f"{root} cannot be read ({error}).")
    run = f"Run, with the settings of the server: manage.py build {root}"
    raise BrokenBuild(" ".join([*faults, run]))


def look_ahead(root: Path) -> None:
    """Find the build before any worker starts: a worker that is forked at once need not hash all
    files again. Raises BrokenBuild.
    """
    _looked[:] = [(find_build(root), time.monotonic())]


def build_to_serve(root: Path) -> Build:
    """The build that this process is to serve. Raises BrokenBuild."""
    for build, found in _looked:
        if time.monotonic() - found < JUST_FOUND:
            return build
    return find_build(root)


def differences(root: Path) -> str:
    """How the newest build under a folder differs from what is there now, in sentences."""
    if not root.is_dir():
        return "There is no such folder."
    records = [f / RECORD for f in root.iterdir() if (f / RECORD).is_file()]
    if not records:
        return "No build is there at all."
    newest = max(records, key=lambda file: (*age(file.parent), file.stat().st_mtime))
    try:
        changes = made_from_now().changes(json.loads(newest.read_text()))
    except (OSError, ValueError, AttributeError, TypeError):
        return f"The newest one, {newest.parent.name}, cannot be read."
    told = "; ".join(changes) or "it is not whole"
    unset = "" if settings.PUBLIC_ORIGIN else " PUBLIC_ORIGIN is not set: HOST and PORT make it."
    return f"Held against the newest build, {newest.parent.name}: {told}.{unset}"


def age(folder: Path) -> tuple[bool, str]:
    """The sort key of builds, the newest last. A build of a future day was made with a wrong
    clock, so it comes before all others.
    """
    day = folder.name.partition("-")[0]
    return day <= f"{today():%Y%m%d}", day


def name_of(day: date, stamp: str, recalls: str) -> str:
    """The name of a build's folder: its day, what is withdrawn in it (if anything), its stamp."""
    return "-".join(filter(None, (f"{day:%Y%m%d}", recalls, stamp)))


def withdrawn_in(folder: Path) -> str:
    """The hash of what is withdrawn in the build of a folder, by its name; empty for nothing."""
    _, *recalls, _ = folder.name.split("-") if folder.name.count("-") else ("", "")
    return "".join(recalls)


def read_build(folder: Path) -> Build:
    """The build in a folder, after comparing the hash of every file. Raises BrokenBuild when it is
    incomplete, as after a copy cut short or a loss of power.
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
