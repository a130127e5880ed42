"""What may lie in the content folder, and that every file of it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from treatment_guide.library.faults.file_kinds import (
    FOLDERS,
    NO_KIND,
    OF_LANGUAGE,
    SINGLE,
    in_original,
    kind_of,
    languages_of,
)
from treatment_guide.library.faults.nearest import nearest
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import read_page, read_yaml

#: How the files of a folder end; those of all others end in `yaml`.
ENDINGS = {"en/": "md", "recalls/": "toml"}


def check_folder(root: Path, problems: Problems) -> None:
    """Note every file and folder that the guide does not read, but for those of translations. Hidden
    files (a leading dot) are left alone: editors and systems create them.
    """
    for file in _files(root):
        if kind_of(file) == NO_KIND:
            _stray(root, file, problems)


def read_all(root: Path, problems: Problems) -> None:
    """Read every file on its own, and note those that cannot be read."""
    for file in _files(root):
        if kind_of(file) == NO_KIND:
            continue
        if file.endswith(".yaml"):
            read_yaml(root / file, file, problems)
        elif file.endswith(".md") and "/" in file:
            read_page(root / file, file, problems)


def check_translation(root: Path, language: str, problems: Problems) -> None:
    """The same for the folder of a translation."""
    for file in _files(root, f"{language}/"):
        if kind_of(file) == NO_KIND:
            _stray(root, file, problems)


def _files(root: Path, folder: str = "") -> Iterator[str]:
    """The files below a folder, sorted, without those of translations. An unknown folder is given
    itself, not its files: so is the folder of a language without the file that makes it one.
    """
    others = languages_of(root)[1:] if not folder else ()
    for path in sorted((root / folder).iterdir()):
        name = f"{folder}{path.name}"
        if path.name.startswith(".") or path.name in others:
            continue
        known = in_original(f"{name}/") if folder else f"{name}/"
        if path.is_dir() and known in FOLDERS:
            yield from _files(root, f"{name}/")
        elif not path.is_dir() or any(each.is_file() for each in path.rglob("*")):
            yield f"{name}/" if path.is_dir() else name


def _stray(root: Path, file: str, problems: Problems) -> None:
    """Note one file or folder that is not expected there, and what would be right."""
    if file.endswith("/"):
        near = nearest(file, FOLDERS)
        hint = f" Is `content/{near}` meant?" if near else ""
        if in_original(file) != file:
            hint = f" The folder of a language holds `{file}{OF_LANGUAGE}`."
        message = f"The guide knows no folder `{file.rstrip('/')}`, and reads nothing in it.{hint}"
        problems.add(file.rstrip("/"), 1, "", message)
        return
    folder, _, name = file.rpartition("/")
    stem, _, ending = name.rpartition(".")
    endings = ENDINGS if name != OF_LANGUAGE else {}
    known = in_original(file)
    wanted = next((end for start, end in endings.items() if known.startswith(start)), "yaml")
    right = f"{folder}/{'-'.join((stem or name).lower().replace('_', ' ').split())}.{wanted}"
    if name.endswith("~") or ending in ("bak", "orig", "tmp", "old", "swp"):
        problems.add(file, 1, "", "This is a copy that a program left behind. Take it out.")
    elif ending != wanted:
        message = f"The files in this folder end in `.{wanted}`. Rename it, or take it out."
        problems.add(file, 1, "", message)
    elif kind_of(right) == NO_KIND:
        message = "The guide knows no file of this name here, and does not read it."
        near = nearest(in_original(right), SINGLE)
        problems.add(file, 1, "", message + (f" Is {near} meant?" if near else ""))
    elif original := _original(root / folder, stem, wanted):
        message = (
            f"Is this a copy of {folder}/{original}? Take it out, or give it an id of its own: "
        )
        problems.add(file, 1, "", message + "lower-case letters, digits and hyphens, no space.")
    else:
        message = "The name of a file is an id: lower-case letters, digits and hyphens, no space. "
        problems.add(file, 1, "", f"{message}Rename it to {right}.")
        _take_for(right, (root / file), problems)


def _original(folder: Path, stem: str, ending: str) -> str:
    """The file in the same folder whose name is the beginning of `stem` (of a copy); empty for
    none.
    """
    names = (path.name for path in folder.glob(f"*.{ending}"))
    return max((n for n in names if stem.startswith(Path(n).stem + " ")), key=len, default="")


def _take_for(right: str, path: Path, problems: Problems) -> None:
    """Hold back faults about the missing file `right`: it is there under a wrong name."""
    problems.unread(right, path.read_bytes().decode("utf-8", "replace"))
    problems.broken(kind_of(right).missing, Path(right).stem)
