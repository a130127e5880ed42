"""Mistakes of an editor, one at a time, in a copy of the real content: what is changed, and what
the check has to say. `test_editor_mistakes.py` plants them.
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


MISTAKES = [
    # --- YAML
    one(
        "a line indented otherwise",
        swap(PRP, "    because: prp-knee\n", "   because: prp-knee\n"),
        PRP,
        "because: prp-knee",
        "indented otherwise",
        True,
    ),
    one(
        "a tab",
        swap(PRP, "    because: prp-knee\n", "\tbecause: prp-knee\n"),
        PRP,
        "because: prp-knee",
        "has a tab",
        True,
    ),
    one(
        "a quote left out",
        swap(SOURCES, INSOLES, INSOLES[:-1]),
        SOURCES,
        "insoles",
        "the quote that opens here is not closed",
        True,
    ),
    one(
        "a colon in the words",
        swap(SOURCES, "name: AAOS guideline statement on den", "name: AAOS: statement on den"),
        SOURCES,
        "AAOS: statement",
        "one colon too many",
        True,
    ),
    one(
        "no space behind a colon",
        swap(PRP, "certainty: low", "certainty:low"),
        PRP,
        "certainty:low",
        "no `key: value`",
        True,
    ),
    one(
        "a bracket left open",
        swap(PRP, "place: [elbow]}", "place: [elbow}"),
        PRP,
        "[elbow}",
        "bracket",
        True,
    ),
    one(
        "a hash in the words",
        swap(SOURCES, "on denervation (", "#2 ("),
        SOURCES,
        "#2",
        "begins a comment",
    ),
    one(
        "curly quotes in YAML",
        swap(SOURCES, INSOLES, "“AAOS insoles”"),
        SOURCES,
        "“AAOS",
        "Use straight ones",
    ),
    one(
        "a key twice",
        swap(PRP, "certainty: low", "certainty: low\ncertainty: high"),
        PRP,
        "certainty: high",
        "stands twice",
    ),
    one(
        "a key misspelled",
        swap(PRP, "related: [", "relatd: ["),
        PRP,
        "relatd",
        "Is `related` meant?",
        True,
    ),
    one(
        "a word for a list",
        swap(
            PRP, "tags: [experts-disagree, weak-evidence, often-self-paid]", "tags: weak-evidence"
        ),
        PRP,
        "tags:",
        "Give a list: `[weak-evidence]`",
        True,
    ),
    one(
        "a value that is not known",
        swap(PRP, "certainty: low", "certainty: lowish"),
        PRP,
        "lowish",
        "'high', 'moderate', 'low' or 'very-low'",
        True,
    ),
    one(
        "a date in another form",
        swap(FACTS, "checked: 2026-11-22", "checked: 22.11.2026"),
        FACTS,
        "22.11.2026",
        "like 2026-11-22",
    ),
    one(
        "a decimal comma", swap(FACTS, "value: 2.1", "value: 2,1"), FACTS, "2,1", "`2.1`, not `2,1`"
    ),
    # --- ids
    one(
        "a source misspelled where it is cited",
        swap(PRP, "[bennell-2021, filardo-2020]", "[bennel-2021, filardo-2020]"),
        PRP,
        "bennel-2021",
        "Is `bennell-2021` meant",
    ),
    one(
        "a source misspelled where it stands",
        swap(SOURCES, "bennell-2021:", "bennel-2021:"),
        WORDS,
        "This was a large",
        "Is `bennel-2021` meant, in guide/sources/joints-1.yaml:66? It is named in",
    ),
    one(
        "a choice misspelled where it stands",
        swap("guide/questions/place.yaml", "knee,", "knees,"),
        "guide/questions/place.yaml",
        1,
        "Not a choice of this question: knee. Is `knees` meant?",
        True,
    ),
    one(
        "an option misspelled in the flow",
        swap(FLOW, "prp,", "prpp,"),
        "guide/options/prpp.yaml",
        1,
        "Is `prp` meant",
        True,
    ),
    one(
        "the id of words misspelled",
        swap("en/reasons.md", "## prp-knee\n", "## prp-kne\n"),
        PRP,
        "because: prp-knee",
        "Is `prp-kne` meant, in en/reasons.md",
        True,
    ),
    one(
        "a fact misspelled on a page",
        swap(WORDS, "<fact:prp-knee-pain-12-months>", "<fact:prp-knee-pain-12-month>"),
        WORDS,
        "<fact:prp-knee-pain-12-month>",
        "Is `prp-knee-pain-12-months` meant",
    ),
    one(
        "a place for a number misspelled",
        swap(FACT_WORDS, "{versus}", "{verses}"),
        FACT_WORDS,
        "## prp-knee-pain-12-months",
        "`{verses}` is not a place for a number",
    ),
    one(
        "a number about another place",
        swap(
            "en/situations/heel-pain.md",
            "## what-is-going-on\n",
            "## what-is-going-on\n<fact:prp-knee-pain-12-months>\n\n",
        ),
        "en/situations/heel-pain.md",
        1,
        "is about knee, and this page about ankle-foot",
    ),
    one(
        "a number given twice",
        swap(NUMBERS, "elbow: 5", "elbow: 4"),
        NUMBERS,
        "elbow: 4",
        "never given to another choice",
    ),
    Mistake(
        "a choice taken out whose number is published",
        swap("guide/questions/had.yaml", "gel, ", ""),
        (
            (NUMBERS, "gel: 4", "as `had: [4]`"),
            ("en/questions/had.md", "## gel", "is not a choice"),
            ("guide/options/hyaluronic-acid.yaml", "had: [gel]", "`gel` is not a choice of had"),
        ),
    ),
    Mistake(
        "an option in the flow alone",
        swap(FLOW, "prp,", "prp, magic,"),
        (
            ("guide/options/magic.yaml", 1, "This file is missing"),
            ("en/options/magic.md", 1, "This file is missing"),
        ),
    ),
    one(
        "a trait misspelled in the safety matrix",
        swap("guide/safety/count.yaml", "diet", "dieet"),
        "guide/safety/count.yaml",
        "dieet",
        "Is `diet` meant?",
    ),
    # --- files
    one("a file taken out", remove(PRP), PRP, 1, "This file is missing", True),
    one(
        "a question without words",
        remove("en/questions/had.md"),
        "en/questions/had.md",
        1,
        "This file is missing",
    ),
    one(
        "a file emptied", write("en/reasons.md", ""), "en/reasons.md", 1, "This file is empty", True
    ),
    one(
        "a file under a name in capitals",
        lambda root: (root / WORDS).rename(root / "en/options/PRP.md") and None,
        "en/options/PRP.md",
        1,
        "Rename it to en/options/prp.md",
        True,
    ),
    one(
        "a copy left beside a page",
        copied(WORDS, "prp copy.md"),
        "en/options/prp copy.md",
        1,
        "Is this a copy of",
    ),
    one(
        "a copy of sources under a new name",
        copied(SOURCES, "joints-9.yaml"),
        "guide/sources/joints-9.yaml",
        1,
        "Is this file a copy?",
    ),
    one(
        "a copy that a program left",
        copied(WORDS, "prp.md~"),
        "en/options/prp.md~",
        1,
        "a program left behind",
    ),
    one(
        "a file with another ending",
        write("guide/options/prp.yml", "step: basics"),
        "guide/options/prp.yml",
        1,
        "end in `.yaml`",
    ),
    one(
        "a folder misspelled",
        write("guide/option/new.yaml", "step: basics"),
        "guide/option",
        1,
        "Is `content/guide/options/` meant?",
    ),
    one(
        "a language that is not offered",
        write("fr/home.md", "Bonjour"),
        "fr",
        1,
        "knows no folder `fr`",
    ),
    one(
        "a page in another encoding",
        recode(WORDS, lambda text: text.replace(b"PRP is an", "PRP é".encode("latin-1"), 1)),
        WORDS,
        8,
        "Save the file as UTF-8",
        True,
    ),
]
