"""Reads the two kinds of content file, YAML and Markdown, with line numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from treatment_guide.library.faults.file_kinds import kind_of
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.yaml_tree import BrokenYaml, Where, read_tree


@dataclass(frozen=True)
class Document:
    """One YAML file: its data and the line of every part."""

    file: str
    data: Any
    lines: dict[Where, int]

    def line(self, where: Where) -> int:
        """The line of a part, or of the nearest part above it."""
        path = tuple(where)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def places(self) -> list[tuple[str, str]]:
        """Each key of the file with the place where it stands, as `file:line`."""
        return [(name, f"{self.file}:{self.line((name,))}") for name in self.data]


def read_text(path: Path, file: str, problems: Problems) -> str | None:
    """The text of a file, or None (with a problem) when it is missing or not UTF-8.

    A byte order mark at the start is left out, and every end of a line becomes `\\n`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        kind = kind_of(file).missing
        if kind:
            message = "This file is missing: a list in guide/flow.yaml names it."
            problems.lacks(kind, path.stem, file, 1, "", message)
        else:
            problems.add(file, 1, "", "This file is missing.")
    except OSError as error:
        problems.add(file, 1, "", f"This file cannot be opened: {error.strerror}.")
    else:
        try:
            # `utf-8-sig` leaves out a byte order mark.
            return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = "This file is not UTF-8 text: here is a letter in another encoding. "
            problems.add(file, line, "", message + "Save the file as UTF-8.")
            problems.unread(file, data.decode("latin-1"))
            return None
    problems.unread(file)
    return None


def read_yaml(path: Path, file: str, problems: Problems) -> Document | None:
    """The document in a YAML file, or None when it cannot be read (the problem is noted)."""
    text = read_text(path, file, problems)
    if text is None:
        return None

    def note(line: int, key: str, message: str) -> None:
        problems.add(file, line, key, message)

    try:
        data, lines = read_tree(text, note)
    except BrokenYaml as broken:
        problems.unread(file, text)
        problems.add(file, broken.line, "", f"This is not valid YAML: {broken.message}.")
        return None
    if data is None and text.strip():  # comments alone
        return Document(file, {}, {(): 1})
    if data is None:
        problems.unread(file)
        problems.add(file, 1, "", "This file is empty. Bring back what stood in it.")
        return None
    if not isinstance(data, dict):
        problems.unread(file, text)
        message = "This file needs keys: `name: value`, one on each line."
        problems.add(file, lines[()], "", message)
        return None
    return Document(file, data, {**lines, (): 1})


@dataclass(frozen=True)
class Section:
    """The text under one `## id` heading, with the line its text starts on."""

    id: str
    line: int
    text: str
    sound: bool = True  # False where the heading has a reported fault


@dataclass(frozen=True)
class Entry:
    """A section that is a piece of words: body text, and named extras from its last list."""

    id: str
    line: int
    body: str
    extras: dict[str, str] = field(default_factory=dict)
    body_line: int = 0  # where the body starts, under its heading
    twice: tuple[tuple[str, int], ...] = ()  # names of extras that stand twice, with their lines


@dataclass(frozen=True)
class Page:
    """One Markdown file: front matter and sections."""

    file: str
    front: dict[str, str]
    front_lines: dict[str, int]
    sections: tuple[Section, ...]
    without_colon: tuple[
        str, ...
    ] = ()  # the first words of lines in the front matter that have none


#: Control characters and the like: they cannot be shown, and XML does not allow them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_HEADING = re.compile(r"^## +(.+?) *$")
#: A faulty heading: another number of `#`, no space after them, or indented.
_LOOSE_HEADING = re.compile(r"^ {0,3}#{1,6} *(\S.*?)(?: +#+)? *$")
_EXTRA = re.compile(r"^- ([a-z][a-z-]*): *(.*)$")


def read_page(path: Path, file: str, problems: Problems) -> Page | None:
    """A Markdown file split into front matter and sections, or None when it cannot be read."""
    text = read_text(path, file, problems)
    if text is None:
        return None
    if not text.strip():
        problems.unread(file)
        problems.add(file, 1, "", "This file is empty. Bring back what stood in it.")
        return None
    rows = text.split("\n")
    for i, row in enumerate(rows):
        unseen = _UNSEEN.search(row)
        if unseen:
            message = f"This line has a character that nobody sees, U+{ord(unseen.group()):04X}."
            problems.add(file, i + 1, "", message)
    front: dict[str, str] = {}
    front_lines: dict[str, int] = {}
    without_colon: list[str] = []
    start = 0
    if rows and rows[0].strip() == "---":
        try:
            end = next(i for i in range(1, len(rows)) if rows[i].strip() == "---")
        except StopIteration:
            message = "The lines at the top are not closed: write `---` under the last of them."
            problems.add(file, 1, "", message)
            problems.unread(file, text)
            return None
        for i in range(1, end):
            if not rows[i].strip():
                continue
            key, colon, value = rows[i].partition(":")
            if not colon:
                message = "A line between the hyphens has the form `key: value`, with a colon."
                problems.add(file, i + 1, "", message)
                without_colon += rows[i].split()[:1]
                continue
            if key.strip() in front:
                problems.add(file, i + 1, key.strip(), "This key stands twice. Keep one of them.")
            front[key.strip()] = value.strip().strip('"')
            front_lines[key.strip()] = i + 1
        start = end + 1
    sections: list[Section] = []
    current: tuple[str, int, list[str], bool] | None = None
    for i in range(start, len(rows)):
        heading = _HEADING.match(rows[i]) or _LOOSE_HEADING.match(rows[i])
        if heading and heading.re is _LOOSE_HEADING:
            message = f"A heading is written with two signs and a space: `## {heading.group(1)}`."
            problems.add(file, i + 1, heading.group(1), message)
        if heading:
            if current:
                sections.append(_section(*current))
            current = (heading.group(1), i + 1, [], heading.re is _HEADING)
        elif current:
            current[2].append(rows[i])
        elif rows[i].strip():
            problems.add(
                file, i + 1, "", "These words stand in no part: a `## heading` is missing."
            )
    if current:
        sections.append(_section(*current))
    seen: set[str] = set()
    for section in sections:
        if section.id in seen:
            message = (
                "This heading stands twice. Join the two, or give one the id it was meant to have."
            )
            problems.add(file, section.line, section.id, message)
        seen.add(section.id)
    return Page(file, front, front_lines, tuple(sections), tuple(without_colon))


def _section(name: str, line: int, rows: list[str], sound: bool) -> Section:
    return Section(name, line, "\n".join(rows), sound)


def entry(section: Section) -> Entry:
    """A section read as an entry: its body, and the `- name: words` lines at its end."""
    rows = section.text.rstrip().split("\n")
    extras: dict[str, str] = {}
    lines: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    while rows:
        extra = _EXTRA.match(rows[-1])
        if not extra:
            if rows[-1].startswith("  ") and len(rows) > 1:  # a continued extra
                last = rows.pop().strip()
                rows[-1] = f"{rows[-1]} {last}"
                continue
            break
        name, words = extra.groups()
        if name in extras:
            twice.append((name, lines[name]))
        extras[name], lines[name] = words.strip(), section.line + len(rows)
        rows.pop()
    blank = next((i for i, row in enumerate(rows) if row.strip()), 0)
    body = "\n".join(rows).strip()
    start = section.line + 1 + blank
    found = dict(reversed(extras.items()))
    return Entry(section.id, section.line, body, found, start, tuple(reversed(twice)))


def entries_of(page: Page | None, problems: Problems) -> dict[str, Entry]:
    """Every entry of a page, by id; none for no page. Notes names that stand twice in an entry."""
    found = {section.id: entry(section) for section in page.sections} if page else {}
    for each in found.values():
        for name, line in each.twice:
            assert page is not None
            problems.add(
                page.file, line, f"{each.id}.{name}", f"`- {name}:` stands twice. Keep one."
            )
    return found


def read_entries(path: Path, file: str, problems: Problems) -> dict[str, Entry]:
    """Every entry of a Markdown file, by id; empty when it cannot be read."""
    return entries_of(read_page(path, file, problems), problems)
