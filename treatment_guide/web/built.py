"""A build: reading pages made once, in a folder whose name is their stamp.

A build is never changed once it stands, and a worker reads all of it at its start: it keeps what
it started with, whatever becomes of the folder. A build holds the pages, the static files, the
checked library, and `build.json`: what it was made from, and the hash of every file.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from treatment_guide.library.kept import BrokenBuild, read_whole
from treatment_guide.library.stamp import stamp

PAGES, LIBRARY, RECORD = "pages", "library.pickle", "build.json"
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
