"""What a build was made from, as one short text: other content or code has another stamp."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

#: What decides how a page looks, beside the content: code, templates, drawings, style, versions.
CODE = ("treatment_guide", "templates", "static", "requirements.txt")
_LEFT_OUT = {"__pycache__", ".DS_Store"}


def content_version(content: Path) -> str:
    """The version of the content alone."""
    return _digest(content, files_of(content))


def stamp(base: Path, content: Path, *settings: str) -> str:
    """The stamp of this content, this code and these settings, on this version of Python."""
    code = [file for name in CODE for file in files_of(base / name)]
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    whole = "\n".join([_digest(base, code), content_version(content), python, *settings])
    return hashlib.sha256(whole.encode()).hexdigest()[:20]


def files_of(place: Path) -> list[Path]:
    """Every file under a folder, or the file itself, sorted."""
    return sorted(_walk(place))


def _walk(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        for each in place.iterdir():
            if each.name not in _LEFT_OUT and not each.name.endswith((".pyc", "~", ".swp")):
                yield from _walk(each)


def _digest(base: Path, files: list[Path]) -> str:
    whole = hashlib.sha256()
    for file in files:
        name = file.relative_to(base).as_posix().encode()
        data = file.read_bytes()
        whole.update(b"%d:%b:%d:" % (len(name), name, len(data)))
        whole.update(data)
    return whole.hexdigest()[:16]
