"""Recalls: an option, a fact or a rule that is withdrawn at once, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RecallWords:
    """The words of a recall in one language: why, and what to do; `do` may be empty."""

    language: str
    why: str
    do: str = ""


@dataclass(frozen=True)
class Recall:
    """One thing that is withdrawn: its kind and id, the day, who withdrew it, the words by language.

    `kind` is one of `library.recall.reading.KINDS`; the id of a rule is `option/words`. `file` is
    the file that says so.
    """

    kind: str
    name: str
    day: date
    by: str
    words: tuple[RecallWords, ...]
    file: str

    @property
    def option(self) -> str:
        """The option that is withdrawn, or whose rule is; empty for other kinds."""
        return self.name.partition("/")[0] if self.kind in ("option", "rule") else ""

    def said(self, language: str) -> RecallWords:
        """The words in a language, else in the first one: that of the guide."""
        return next((each for each in self.words if each.language == language), self.words[0])
