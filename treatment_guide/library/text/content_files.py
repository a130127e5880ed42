"""Reads the two kinds of content file, and keeps the line of everything.

YAML is read as text, lists and mappings only: `yes`, `2026-11-22` and `12:30` stay what
was typed, and a key given twice is a fault instead of a silent loss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import ComposerError

from treatment_guide.library.problems import Problems

#: How deep a YAML file may be nested; rules need half of it.
DEEPEST = 30
#: A path into a YAML file: keys and positions.
Where = tuple[str | int, ...]


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


def read_text(path: Path, file: str, problems: Problems) -> str | None:
    """The text of a file, or None (with a problem) when it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.add(file, 1, "", "This file is missing.")
    except UnicodeDecodeError:
        problems.add(file, 1, "", "This file is not UTF-8 text. Save it as UTF-8.")
    return None


class _Loader(yaml.SafeLoader):
    """Reads YAML without its two ways to be endless: aliases (`*name`), and nesting without end."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """The next part of the file. Raises ComposerError for what is refused."""
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            raise ComposerError(None, None, "`*` stands for nothing here: write it out", mark)
        if self.depth == DEEPEST:
            raise ComposerError(None, None, "it is nested too deep", mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_yaml(path: Path, file: str, problems: Problems) -> Document | None:
    """The document in a YAML file, or None when it cannot be read (the problem is noted)."""
    text = read_text(path, file, problems)
    if text is None:
        return None
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "it cannot be read"
        problems.add(file, line, "", f"This is not valid YAML: {problem}.")
        return None
    if root is not None and not isinstance(root, yaml.MappingNode):
        line = root.start_mark.line + 1
        problems.add(file, line, "", "This file needs keys: `name: value`, one on each line.")
        return None
    lines: dict[Where, int] = {(): 1}
    data = _plain(root, (), lines, file, problems) if root is not None else {}
    return Document(file, data, lines)


def _plain(
    node: yaml.Node, where: Where, lines: dict[Where, int], file: str, problems: Problems
) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(where, line)
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(item, (*where, i), lines, file, problems) for i, item in enumerate(node.value)
        ]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        key_line = key_node.start_mark.line + 1
        if key in result:
            problems.add(file, key_line, key, "This key stands twice. Keep one of them.")
            continue
        lines[(*where, key)] = key_line
        result[key] = _plain(value_node, (*where, key), lines, file, problems)
    return result


@dataclass(frozen=True)
class Section:
    """The text under one `## id` heading, with the line its text starts on."""

    id: str
    line: int
    text: str


@dataclass(frozen=True)
class Entry:
    """A section that is a piece of words: body text, and named extras from its last list."""

    id: str
    line: int
    body: str
    extras: dict[str, str] = field(default_factory=dict)
    body_line: int = 0  # where the body starts, under its heading


@dataclass(frozen=True)
class Page:
    """One Markdown file: front matter and sections."""

    file: str
    front: dict[str, str]
    front_lines: dict[str, int]
    sections: tuple[Section, ...]


#: Control characters and the like: they cannot be shown, and no feed for machines may have them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_HEADING = re.compile(r"^## +(.+?) *$")
_EXTRA = re.compile(r"^- ([a-z][a-z-]*): *(.*)$")


def read_page(path: Path, file: str, problems: Problems) -> Page | None:
    """A Markdown file split into front matter and sections, or None when it cannot be read."""
    text = read_text(path, file, problems)
    if text is None:
        return None
    rows = text.split("\n")
    for i, row in enumerate(rows):
        unseen = _UNSEEN.search(row)
        if unseen:
            message = f"This line has a character that nobody sees, U+{ord(unseen.group()):04X}."
            problems.add(file, i + 1, "", message)
    front: dict[str, str] = {}
    front_lines: dict[str, int] = {}
    start = 0
    if rows and rows[0].strip() == "---":
        try:
            end = next(i for i in range(1, len(rows)) if rows[i].strip() == "---")
        except StopIteration:
            problems.add(file, 1, "", "The front matter has no closing line of three hyphens.")
            return None
        for i in range(1, end):
            if not rows[i].strip():
                continue
            key, colon, value = rows[i].partition(":")
            if not colon:
                problems.add(file, i + 1, "", "A front matter line needs the form `key: value`.")
                continue
            if key.strip() in front:
                problems.add(file, i + 1, key.strip(), "This key stands twice. Keep one of them.")
            front[key.strip()] = value.strip().strip('"')
            front_lines[key.strip()] = i + 1
        start = end + 1
    sections: list[Section] = []
    current: tuple[str, int, list[str]] | None = None
    for i in range(start, len(rows)):
        heading = _HEADING.match(rows[i])
        if heading:
            if current:
                sections.append(Section(current[0], current[1], "\n".join(current[2])))
            current = (heading.group(1), i + 1, [])
        elif current:
            current[2].append(rows[i])
        elif rows[i].strip():
            problems.add(file, i + 1, "", "Words need a `## heading` above them.")
    if current:
        sections.append(Section(current[0], current[1], "\n".join(current[2])))
    seen: set[str] = set()
    for section in sections:
        if section.id in seen:
            problems.add(file, section.line, section.id, "This heading stands twice.")
        seen.add(section.id)
    return Page(file, front, front_lines, tuple(sections))


def entry(section: Section) -> Entry:
    """A section read as an entry: its body, and the `- name: words` lines at its end."""
    rows = section.text.rstrip().split("\n")
    extras: dict[str, str] = {}
    while rows:
        extra = _EXTRA.match(rows[-1])
        if not extra:
            if rows[-1].startswith("  ") and len(rows) > 1:  # a continued extra
                last = rows.pop().strip()
                rows[-1] = f"{rows[-1]} {last}"
                continue
            break
        extras[extra.group(1)] = extra.group(2).strip()
        rows.pop()
    blank = next((i for i, row in enumerate(rows) if row.strip()), 0)
    body = "\n".join(rows).strip()
    start = section.line + 1 + blank
    return Entry(section.id, section.line, body, dict(reversed(extras.items())), start)


def read_entries(path: Path, file: str, problems: Problems) -> dict[str, Entry]:
    """Every entry of a Markdown file, by id; empty when it cannot be read."""
    page = read_page(path, file, problems)
    return {section.id: entry(section) for section in page.sections} if page else {}
