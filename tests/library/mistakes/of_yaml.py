"""Mistakes of an editor in how YAML is written. See `planting.py`."""

from tests.library.mistakes.planting import FACTS, INSOLES, PRP, SOURCES, one, swap

MISTAKES_OF_YAML = [
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
]
