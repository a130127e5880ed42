"""The text of what a reviewer read, kept beside the signature, so that a later reader can be told
what changed. Its hash is the one that was signed.

    what: option:prp
    language: en
    region: us
    ## facts/prp-knee-pain-12-months
      sentence: Knee pain fell by 2.1 points out of 10 with PRP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from treatment_guide.library.review.covered import hash_of

FOLDER = "reviews/read"
_HEAD, _INDENT = ("what", "language", "region"), "  "


@dataclass(frozen=True)
class ReadText:
    """What was read: the id of its subject, the language and region, the words of each item."""

    what: str
    language: str
    region: str
    words: Mapping[str, str]

    @property
    def hash(self) -> str:
        """The hash of this text, as it was signed."""
        return hash_of(self.what, self.language, self.region, self.words)


def written(text: ReadText) -> str:
    """A text as that of its file."""
    rows = [f"{name}: {getattr(text, name)}" for name in _HEAD]
    for name, words in text.words.items():
        rows.append(f"## {name}")
        rows += [f"{_INDENT}{row}" for row in words.split("\n")]
    return "\n".join(rows) + "\n"


def parsed(text: str) -> ReadText:
    """The text in a file. Raises ValueError with the number of the line that is not of its form."""
    rows = text.removesuffix("\n").split("\n")
    head = [row.partition(": ") for row in rows[: len(_HEAD)]]
    if [name for name, _, _ in head] != [*_HEAD]:
        raise ValueError(1)
    found: dict[str, list[str]] = {}
    name = ""
    for number, row in enumerate(rows[len(_HEAD) :], len(_HEAD) + 1):
        if row.startswith("## "):
            name = row.removeprefix("## ")
            found[name] = []
        elif row.startswith(_INDENT) and name:
            found[name].append(row.removeprefix(_INDENT))
        else:
            raise ValueError(number)
    words = {each: "\n".join(lines) for each, lines in found.items()}
    return ReadText(head[0][2], head[1][2], head[2][2], words)
