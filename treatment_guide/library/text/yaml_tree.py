"""YAML text as plain data: words, lists and mappings only, each with the line it stands on.

Values stay as typed: `yes`, `2026-11-22` and `12:30` are words. Text that YAML would silently take
for something else (a comment, an alias, a tag) is reported in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.reader import Reader

#: How deep a YAML file may be nested; rules need half of it.
DEEPEST = 30
#: A path into a YAML file: keys and positions.
Where = tuple[str | int, ...]
#: Called with the line, the key and the words of a fault that does not stop the reading.
Note = Callable[[int, str, str], None]

#: libyaml where it is there: several times faster than the same parser in Python.
_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTED = re.compile("^[“”‘’„](.*)[“”‘’„]$", re.DOTALL)

_OPEN_QUOTE = re.compile(r"""^\s*(?:- |[\w-]+:\s)\s*(["'])(?:(?!\1).)*$""")
_MEANT_QUOTE = "the quote that opens here is not closed. Write a quote at both ends, or at none"

#: Messages of the parser, by a part of their words, and what to tell an editor; the first match
#: counts. Some name another line: where the mistake began.
_MEANT = (
    (
        "mapping values are not allowed here",
        (
            "there is one colon too many, or the line is indented too far. Words that hold a colon "
            'and a space need quotes around them: `name: "Knees: a review"`'
        ),
    ),
    ("cannot start any token", "{odd}"),
    ("nesting depth", "it is nested too deep"),
    ("while scanning a quoted scalar", _MEANT_QUOTE),
    (
        "while parsing a flow",
        (
            "a bracket that opens here is not closed, or a comma is missing: `[one, two]`, "
            "`{place: [knee]}`"
        ),
    ),
    (
        "could not find expected ':'",
        (
            "this line is no `key: value`. Is the colon missing, or the space behind it? Is the line "
            "indented less than the words it goes on with?"
        ),
    ),
    (
        "but found '<scalar>'",
        (
            "there are words behind a closing quote, or the line is indented otherwise than those "
            "above it. A quote stands at both ends of the whole value, or nowhere"
        ),
    ),
    (
        "block",
        (
            "this line is indented otherwise than the lines it belongs to. Put it under the line above "
            "with the same number of spaces"
        ),
    ),
)


class BrokenYaml(Exception):
    """A text that cannot be read as YAML: the line, and what to do about it."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read_tree(text: str, note: Note) -> tuple[Any, dict[Where, int]]:
    """The data of a YAML text (None for an empty one), and the line of every part of it.

    Faults that leave the rest readable, such as a key given twice, go to `note`. Raises BrokenYaml
    for others.
    """
    unseen = Reader.NON_PRINTABLE.search(text)
    if unseen:
        line = text.count("\n", 0, unseen.start()) + 1
        raise BrokenYaml(line, f"a character that nobody sees, U+{ord(unseen.group()):04X}")
    try:
        return _Tree(yaml.parse(text, Loader=_QUICK), text.split("\n"), note).whole()
    except yaml.YAMLError as quick:
        raise _explained(text, quick) from quick


def _explained(text: str, quick: yaml.YAMLError) -> BrokenYaml:
    """The fault in plain words, found by the message of the pure Python parser."""
    error = quick
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.YAMLError as slow:
        error = slow
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    begun = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '')}: {getattr(error, 'problem', error)}"
    for words, meant in _MEANT:
        if words in said:
            from_start = "that opens" in meant or "this line is no" in meant
            line = begun.line + 1 if begun and from_start else line
            opened = _open_quote(text, line) if "quote" in meant else 0
            if opened:
                return BrokenYaml(opened, _MEANT_QUOTE)
            return BrokenYaml(line, _odd(text, line) if meant == "{odd}" else meant)
    return BrokenYaml(line, said.removeprefix("None: "))


def _open_quote(text: str, line: int) -> int:
    """The line, at or above this one, whose value opens a quote and does not close it; 0 for none."""
    rows = text.split("\n")[:line]
    return next((i for i in range(len(rows), 0, -1) if _OPEN_QUOTE.search(rows[i - 1])), 0)


def _odd(text: str, line: int) -> str:
    """What to do about a character that no value starts with."""
    row = text.split("\n")[line - 1]
    if "\t" in row:
        return "this line has a tab. Indent with spaces"
    return "a value cannot start with this sign. Put quotes around the whole value"


class _Tree:
    """Builds the data from the parser's events."""

    def __init__(self, events: Any, rows: list[str], note: Note) -> None:
        self.events = iter(events)
        self.rows = rows
        self.note = note
        self.lines: dict[Where, int] = {}

    def whole(self) -> tuple[Any, dict[Where, int]]:
        """The data of the one document, and the lines."""
        data: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise BrokenYaml(
                        _line(event), "three hyphens begin a second file. Take them out"
                    )
            elif isinstance(event, yaml.NodeEvent):
                data = self.part(event, (), 0)
        return data, self.lines

    def part(self, event: Any, where: Where, depth: int) -> Any:
        """The data of one part, whose first event this is."""
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise BrokenYaml(line, "`*` stands for nothing here: write it out, or use quotes")
        if depth == DEEPEST:
            raise BrokenYaml(line, "it is nested too deep")
        if event.anchor or event.tag not in (None, "!"):
            sign = "&" if event.anchor else "!"
            raise BrokenYaml(line, f"a value cannot start with `{sign}`. Put quotes around it")
        self.lines.setdefault(where, line)
        if isinstance(event, yaml.ScalarEvent):
            return self.word(event, where)
        if isinstance(event, yaml.SequenceStartEvent):
            found: list[Any] = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                found.append(self.part(event, (*where, len(found)), depth + 1))
            return found
        return self.mapping(where, depth)

    def mapping(self, where: Where, depth: int) -> dict[str, Any]:
        """The data of a mapping; a key given twice is noted, and its first value kept."""
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise BrokenYaml(line, "a key is one word: take the brackets away")
            key = str(event.value)
            value = next(self.events)
            if key in result:
                self.note(line, key, "This key stands twice. Keep one of them.")
                kept = self.lines
                self.lines = {}
                self.part(value, (), depth + 1)
                self.lines = kept
                continue
            self.lines[(*where, key)] = line
            result[key] = self.part(value, (*where, key), depth + 1)
        return result

    def word(self, event: Any, where: Where) -> str:
        """A single value, as typed. Noted: curly quotes, which YAML takes as letters, and words
        that it takes as a comment.
        """
        value = str(event.value)
        if event.style:
            return value
        line = event.end_mark.line
        field = ".".join(map(str, where))
        if where[-1:] == ("release",):
            message = f'A release is text: put quotes around it, `release: "{value}"`.'
            self.note(line + 1, field, f"{message} A number would lose the 0 of 2026.10.")
        if _QUOTED.match(value):
            self.note(
                line + 1, field, 'Curly quotes become part of the words. Use straight ones: "'
            )
        rest = self.rows[line][event.end_mark.column :] if line < len(self.rows) else ""
        if re.match(r" #\S", rest):
            message = (
                f"`{rest.strip()}` is lost: `#` begins a comment. Put quotes around the value."
            )
            self.note(line + 1, field, message)
        return value


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
