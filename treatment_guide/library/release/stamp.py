"""The stamp of a build: a short hash of the content, code and settings it was made from."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from treatment_guide.library.local_files import local_files
from treatment_guide.library.recall.reading import FOLDER as RECALLS

#: The files besides the content that decide how a page looks.
CODE = ("treatment_guide", "templates", "static", "requirements.txt")
_LEFT_OUT = {"__pycache__", ".DS_Store"}


@dataclass(frozen=True)
class MadeFrom:
    """Everything that decides how pages look: hashes of the content and the code, the minor
    version of Python, and the settings that show in a page, by the name of their variable; the hash
    of a clinic's own folder (empty without one).
    """

    content: str
    code: str
    python: str
    settings: Mapping[str, str]
    local: str = ""

    @property
    def stamp(self) -> str:
        """A short hash of all of it."""
        shown = [f"{name}={value}" for name, value in sorted(self.settings.items())]
        shown += [self.local] if self.local else []
        whole = "\n".join([self.code, self.content, self.python, *shown])
        return hashlib.sha256(whole.encode()).hexdigest()[:20]

    def changes(self, was: Mapping[str, Any]) -> list[str]:
        """A clause for each difference from `was`, the record of another build, which may lack
        fields.
        """
        before = was.get("settings")
        before = before if isinstance(before, Mapping) else self.settings
        said = [
            f"{name} is {self.settings.get(name) or 'not set'} now and was "
            f"{before.get(name) or 'not set'} when it was made"
            for name in sorted({*self.settings, *before})
            if self.settings.get(name) != before.get(name)
        ]
        said += ["the content changed since"] if was.get("content") != self.content else []
        said += ["the code changed since"] if was.get("code") != self.code else []
        if was.get("local", "") != self.local:
            said.append("the clinic's own folder (LOCAL_DIR) changed since")
        if was.get("python", self.python) != self.python:
            said.append(f"Python is {self.python} now and was {was['python']} when it was made")
        return said


def made_from(
    base: Path, content: Path, settings: Mapping[str, str], local: Path | None = None
) -> MadeFrom:
    """The MadeFrom of the files that are there now. `base` is the folder of the code, `local` a
    clinic's own folder.
    """
    code = [file for name in CODE for file in _names(str(base / name))]
    return MadeFrom(
        content=content_version(content),
        code=_digest(base, code),
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        settings=settings,
        local=_digest(local, map(str, local_files(local))) if local else "",
    )


def content_version(content: Path) -> str:
    """The version of the content alone, without recalls: these act on a build that is there."""
    recalls = os.path.join(str(content), RECALLS, "")
    return _digest(content, [f for f in _names(str(content)) if not f.startswith(recalls)])


def files_of(place: Path) -> list[Path]:
    """Every file under a folder, or the file itself, sorted by the parts of its path."""
    return [Path(name) for name in _names(str(place))]


def _names(place: str) -> list[str]:
    """The same as strings: at every start a thousand files are hashed, and paths take as long."""
    return sorted(_walk(place), key=lambda name: name.split(os.sep))


def _walk(place: str) -> Iterator[str]:
    if os.path.isfile(place):
        yield place
    elif os.path.isdir(place):
        with os.scandir(place) as entries:
            for each in entries:
                if each.name not in _LEFT_OUT and not each.name.endswith((".pyc", "~", ".swp")):
                    yield from [each.path] if each.is_file() else _walk(each.path)


def _digest(base: Path, files: Iterable[str]) -> str:
    whole = hashlib.sha256()
    beginning = len(os.path.join(str(base), ""))
    for file in files:
        name = file[beginning:].replace(os.sep, "/").encode()
        with open(file, "rb") as opened:
            data = opened.read()
        whole.update(b"%d:%b:%d:" % (len(name), name, len(data)))
        whole.update(data)
    return whole.hexdigest()[:16]
