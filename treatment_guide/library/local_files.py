"""The files that a clinic's own folder (LOCAL_DIR) may hold. A build is made from these alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
#: The folders in it. Nothing deeper is read, so no link to a folder can lead round in a circle.
FOLDERS = ("clinics", "en", "reviews", "reviews/read")
HOSPITAL, NUMBERS, LOGO = "hospital.yaml", "numbers.yaml", "logo.svg"
LANGUAGE_HELP = "language-help.md"
OPTIONS, SITUATIONS, NOTICES = "en/options.md", "en/situations.md", "en/notices.md"
#: Every file by its name, with what it holds, as faults tell it.
FILES = (
    (re.compile(re.escape(HOSPITAL)), f"{HOSPITAL} (who you are)"),
    (re.compile(re.escape(LOGO)), LOGO),
    (re.compile(re.escape(NUMBERS)), f"{NUMBERS} (the numbers of your clinics)"),
    (re.compile(rf"clinics/{_ID}\.yaml"), "clinics/<id>.yaml"),
    (re.compile(re.escape(OPTIONS)), f"{OPTIONS} and {SITUATIONS} (“here with us”)"),
    (re.compile(re.escape(SITUATIONS)), ""),
    (re.compile(re.escape(NOTICES)), f"{NOTICES} (notices of your clinics)"),
    (re.compile(re.escape(LANGUAGE_HELP)), LANGUAGE_HELP),
    (re.compile(rf"reviews/{_ID}\.yaml"), "reviews/ (what `manage.py sign --local` writes)"),
    (re.compile(rf"reviews/read/{_ID}\.txt"), ""),
    (re.compile(r"README\.md|LICENSE"), ""),
)
#: The most bytes of a file. None of words is a tenth as long.
MOST_BYTES = 100_000
#: The same for a text that a reviewer read: all outcomes of a place are the longest.
MOST_READ = 500_000


def is_known(name: str) -> bool:
    """True for a file that the guide reads in such a folder."""
    return any(pattern.fullmatch(name) for pattern, _ in FILES)


def may_hold() -> str:
    """What such a folder may hold, in words."""
    return "; ".join(words for _, words in FILES if words)


def names_in(root: Path) -> Iterator[str]:
    """Everything in the folder but hidden files (editors and systems make them), sorted. A folder
    that is not read is given itself, with a slash, not its files.
    """
    yield from _names(root, root, "")


def _names(root: Path, folder: Path, before: str) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        name = f"{before}{path.name}"
        if path.name.startswith("."):
            continue
        if path.is_dir() and name in FOLDERS and _inside(path, root):
            yield from _names(root, path, f"{name}/")
        else:
            yield f"{name}{'/' if path.is_dir() else ''}"


def local_files(root: Path) -> list[Path]:
    """The files of the folder that the guide reads, sorted. Raises OSError where it cannot be read."""
    return [root / name for name in names_in(root) if is_known(name) and not fault_of(root, name)]


def fault_of(root: Path, name: str) -> str:
    """What keeps a file of a known name from being read; empty for nothing."""
    path = root / name
    if not _inside(path, root):
        return "This is a link that leads out of the folder. Put the file itself here."
    if not path.is_file():
        return "This is no plain file."
    most = MOST_READ if name.endswith(".txt") else MOST_BYTES
    if path.stat().st_size > most:
        return f"This file has {path.stat().st_size:,} bytes; {most:,} are the limit."
    return ""


def _inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())
