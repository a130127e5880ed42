"""Mistakes of an editor, one at a time, in a copy of the real content: what is changed, and what
the check has to say. `test_editor_mistakes.py` plants them; here is how one is written down.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Change = Callable[[Path], None]
#: A file; a text on the line that is told (or 1); words of the message.
Told = tuple[str, str | int, str]

PRP, WORDS = "guide/options/prp.yaml", "en/options/prp.md"
FACTS, FACT_WORDS = "guide/facts/prp.yaml", "en/facts/prp.md"
SOURCES, NUMBERS, FLOW = "guide/sources/joints-1.yaml", "guide/numbers.yaml", "guide/flow.yaml"
OPENING = "PRP is an injection made from your own blood."
INSOLES = '"AAOS knee osteoarthritis guideline, third edition, 2021: insoles"'


@dataclass(frozen=True)
class Mistake:
    """One mistake: what it is in a few words, the change, what is told, whether checks wait."""

    name: str
    change: Change
    told: tuple[Told, ...]
    waits: bool = False


def swap(file: str, old: str, new: str) -> Change:
    """In a file, this text in the place of that one."""

    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r} any more"
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def write(file: str, text: str) -> Change:
    """A file with this text."""

    def change(root: Path) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")

    return change


def recode(file: str, encode: Callable[[bytes], bytes]) -> Change:
    """A file in other bytes."""
    return lambda root: (root / file).write_bytes(encode((root / file).read_bytes())) and None


def remove(file: str) -> Change:
    """A file taken out."""
    return lambda root: (root / file).unlink()


def copied(file: str, name: str) -> Change:
    """A file and a copy of it beside it, under another name."""
    return lambda root: (
        (root / file).with_name(name).write_bytes((root / file).read_bytes()) and None
    )


def opening(words: str) -> Change:
    """Other words at the start of the page about PRP."""
    return swap(WORDS, OPENING, words)


def one(
    name: str, change: Change, file: str, at: str | int, says: str, waits: bool = False
) -> Mistake:
    """A mistake that is told as exactly one fault."""
    return Mistake(name, change, ((file, at, says),), waits)
