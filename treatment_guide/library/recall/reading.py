"""Reads the files of recalls: `recalls/<id>.toml` in the content, and in RECALLS_DIR.

TOML, because a server of a build has to read them at its start and has neither the readers of YAML
and Markdown nor what checks content (ADR 28). A file is read whole or not at all.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.model.recalls import Recall, RecallWords
from treatment_guide.library.problems import Problem

#: The folder within the content, and how its files end.
FOLDER, ENDING = "recalls", ".toml"
#: What can be withdrawn. A `reason` is withdrawn from every option that gives it.
KINDS = ("option", "fact", "rule", "reason", "notice", "ask", "care")
#: The fields of a file beside its languages, and those of a language.
FIELDS = ("withdraws", "day", "by")
WORDS = ("why", "do")
#: The language that every recall has words in.
FIRST_LANGUAGE = "en"
#: The fewest words of a reason, and the most letters of a text.
LEAST_WORDS, MOST_LETTERS = 4, 600
#: The most bytes of a file: twenty languages with the longest texts have half as many.
MOST_BYTES = 100_000

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_TARGET = re.compile(rf"({_ID}):({_ID}(?:/{_ID})?)")
_LANGUAGE = re.compile(r"[a-z]{2}")
_EXAMPLE = 'withdraws = "option:prp"'


def texts_of(folder: Path, shown: str) -> tuple[dict[str, str], list[Problem]]:
    """The text of every recall in a folder, by the name of its file behind `shown`, and the faults
    of files that cannot be one. A folder that is not there has none.

    Raises OSError where the folder cannot be listed.
    """
    found: dict[str, str] = {}
    faults: list[Problem] = []
    if not folder.is_dir():
        return found, faults
    for path in sorted(folder.iterdir()):
        name = f"{shown}/{path.name}"
        if path.name.startswith(".") or path.name.startswith("README"):
            continue
        if path.is_dir() and path.suffix != ENDING and not any(path.glob(f"*{ENDING}")):
            continue
        if message := _no_file(path):
            faults.append(Problem(name, 1, "", message))
            continue
        if path.suffix != ENDING:
            message = f"Nothing is withdrawn by this file: its name must end in {ENDING}."
            faults.append(Problem(name, 1, "", message))
            continue
        try:
            found[name] = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            faults.append(Problem(name, 1, "", f"The file cannot be read ({error})."))
    return found, faults


def _no_file(path: Path) -> str:
    """What keeps a path from being read as a file; empty for nothing. A pipe would be waited for."""
    if path.is_dir():
        return f"Nothing is withdrawn by a folder. Put the {ENDING} files beside it, not in it."
    if path.exists() and not path.is_file():
        return "Nothing is withdrawn by this: it is no plain file."
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        return f"This file has {path.stat().st_size:,} bytes; {MOST_BYTES:,} are the limit."
    return ""


def recalls_in(texts: Mapping[str, str]) -> tuple[tuple[Recall, ...], list[Problem]]:
    """The recalls in texts by the name of their file, and every fault. A file with a fault gives no
    recall; of two that withdraw one thing, the first counts.
    """
    found: dict[tuple[str, str], Recall] = {}
    faults: list[Problem] = []
    for name, text in texts.items():
        read, wrong = _File(name, text).read()
        faults += wrong
        for recall in read:
            first = found.setdefault((recall.kind, recall.name), recall)
            if first is not recall:
                message = f"`{recall.kind}:{recall.name}` is withdrawn twice: {first.file} does it."
                faults.append(Problem(name, line_of(text, "withdraws"), "withdraws", message))
    return tuple(found.values()), faults


def digest(recalls: Iterable[Recall]) -> str:
    """A short hash of what is withdrawn and in what words; empty for nothing. The names and the
    places of the files do not count.
    """
    rows = sorted(repr((r.kind, r.name, r.day, r.by, r.words)) for r in recalls)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12] if rows else ""


def line_of(text: str, key: str, table: str = "") -> int:
    """The line of a key of a table (empty: of none) in a TOML text. Where the key is not there, that
    of the table; 1 where that is not there either.
    """
    inside, start = "", 1
    for number, row in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\s*([^]]*?)\s*\]", row):
            inside = head[1]
            start = number if table and inside == table else start
        if inside == table and re.match(rf"\s*{re.escape(key)}\s*=", row):
            return number
    return start


class _File:
    """One file: its text, and the faults found in it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.faults: list[Problem] = []

    def fault(self, key: str, message: str, table: str = "") -> None:
        at = line_of(self.text, key, table)
        self.faults.append(Problem(self.name, at, key or table, message))

    def read(self) -> tuple[list[Recall], list[Problem]]:
        try:
            data = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            message = f"This is no TOML ({error}). A text stands in quotes: {_EXAMPLE}"
            return [], [Problem(self.name, int(line[1]) if line else 1, "", message)]
        languages = [key for key, value in data.items() if isinstance(value, dict)]
        for key in data:
            if key not in FIELDS and key not in languages:
                near = meant(key, FIELDS)
                self.fault(key, f"A recall has no field `{key}`.{near}")
        targets = list(self.targets(data.get("withdraws")))
        day, by = self.day(data.get("day")), self.by(data.get("by"))
        words = [each for key in self.ordered(languages) if (each := self.words(key, data[key]))]
        if self.faults or day is None:
            return [], self.faults
        made = [Recall(kind, name, day, by, tuple(words), self.name) for kind, name in targets]
        return made, []

    def ordered(self, languages: list[str]) -> list[str]:
        """The languages of the file, the guide's own first."""
        if FIRST_LANGUAGE not in languages:
            message = f"Say why, in English: a line [{FIRST_LANGUAGE}], and below it `why = …`."
            self.fault("why", message)
        return sorted(languages, key=lambda language: (language != FIRST_LANGUAGE, language))

    def targets(self, given: Any) -> Iterator[tuple[str, str]]:
        """What the file withdraws, as kind and id."""
        listed = given if isinstance(given, list) else [given]
        if given is None or not listed:
            self.fault("withdraws", f"Say what is withdrawn: {_EXAMPLE}")
            return
        for each in listed:
            found = _TARGET.fullmatch(each) if isinstance(each, str) else None
            if not found or found[1] not in KINDS:
                near = meant(found[1], KINDS) if found else ""
                message = (
                    f"`{each}` is no kind and id, as in {_EXAMPLE}. Kinds: {', '.join(KINDS)}."
                )
                self.fault("withdraws", message + near)
            elif (found[1] == "rule") != ("/" in found[2]):
                message = (
                    f"`{each}`: a rule is named by its option and its words, `rule:prp/prp-knee`."
                )
                self.fault("withdraws", message)
            else:
                yield found[1], found[2]

    def day(self, given: Any) -> date | None:
        """The day of the recall."""
        if isinstance(given, date) and not isinstance(given, datetime):
            return given
        self.fault("day", "Say on which day, without quotes: day = 2026-11-30")
        return None

    def by(self, given: Any) -> str:
        """Who withdraws it."""
        if isinstance(given, str) and 3 <= len(given.strip()) <= MOST_LETTERS:
            return " ".join(given.split())
        self.fault("by", 'Say who withdraws it: by = "The pharmacy of …"')
        return ""

    def words(self, language: str, given: Mapping[str, Any]) -> RecallWords | None:
        """The words in one language."""
        if not _LANGUAGE.fullmatch(language):
            self.fault("", f"`[{language}]` is no language, as [en] and [es] are.", language)
            return None
        for key in given:
            if key not in WORDS:
                message = f"The words of a recall have no field `{key}`.{meant(key, WORDS)}"
                self.fault(key, message, language)
        said = {}
        for key in WORDS:
            text = given.get(key, "")
            if not isinstance(text, str) or len(text) > MOST_LETTERS or re.search(r"[<>]", text):
                message = f"This is a text of at most {MOST_LETTERS} letters, without < and >."
                self.fault(key, message, language)
                continue
            said[key] = " ".join(text.split())
        if len(said.get("why", "").split()) < LEAST_WORDS and "why" in said:
            message = f"Say in [{language}] why it is withdrawn, in a sentence: `why = …`."
            self.fault("why", message, language)
        return RecallWords(language, said.get("why", ""), said.get("do", ""))
