"""The hazard log as the safety page shows it: each hazard with its controls in words, and counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from treatment_guide.library.in_words.lists import joined
from treatment_guide.library.model import Control, Hazard, Library
from treatment_guide.reading.about.scorecard import titled

#: The kinds of control, in the order shown, and of harm, the worst first.
KINDS = ("answer", "rule", "notice", "property", "test", "page")
SEVERITIES = ("death", "serious", "lasting", "passing")
CLOSES = ("clinician", "readers", "clinic", "makers")


@dataclass(frozen=True)
class ControlRow:
    """One control: its words (HTML), the address that shows it (or empty), and the file of a test
    (or empty).
    """

    words: str
    address: str = ""
    file: str = ""


def hazard_log(library: Library) -> dict[str, Any]:
    """The values of the log: its hazards with their controls by kind, and the counts above them."""
    named = [control for hazard in library.hazards for control in hazard.controls]
    kinds = Counter(control.kind for control in dict.fromkeys(named))
    severities = Counter(hazard.severity for hazard in library.hazards)
    closes = Counter(who for hazard in library.hazards for who in hazard.closes)
    ui = library.ui
    return {
        "hazards": [
            {
                "hazard": hazard,
                "severity": ui[f"hazard-severity-{hazard.severity}"],
                "controls": controls(library, hazard),
                "closes": joined(
                    ui["list-and"],
                    [ui[f"hazard-closes-{who}"] for who in hazard.closes],
                    library.language,
                ),
            }
            for hazard in library.hazards
        ],
        "named": len(named),
        "controls": len(set(named)),
        "by_kind": [(ui[f"hazard-kind-{kind}"], kinds[kind]) for kind in KINDS if kinds[kind]],
        "by_severity": [
            (ui[f"hazard-severity-{level}"], severities[level])
            for level in SEVERITIES
            if severities[level]
        ],
        "by_who": [(ui[f"hazard-closes-{who}"], closes[who]) for who in CLOSES if closes[who]],
    }


def controls(library: Library, hazard: Hazard) -> list[tuple[str, list[ControlRow]]]:
    """The controls of a hazard: the words of each kind, in the order of `KINDS`, and its rows."""
    return [
        (
            library.ui[f"hazard-kind-{kind}"],
            [control_row(library, each) for each in hazard.controls if each.kind == kind],
        )
        for kind in KINDS
        if any(each.kind == kind for each in hazard.controls)
    ]


def control_row(library: Library, control: Control) -> ControlRow:
    """One control in words."""
    if control.kind == "answer":
        question, _, choice = control.id.partition(".")
        label = library.questions[question].choices[choice].label
        return ControlRow(label, f"/about/safety/#{control.id}")
    if control.kind == "rule":
        return ControlRow(library.reasons[control.id])
    if control.kind == "notice":
        return ControlRow(library.notices[control.id].title, "/about/rules/#notice")
    if control.kind == "property":
        return ControlRow(library.ui[f"hazard-property-{control.id}"], "/about/proof/")
    if control.kind == "test":
        file, _, name = control.id.partition("::")
        return ControlRow(name.removeprefix("test_").replace("_", " "), file=file)
    page = titled(library, control.id)
    return ControlRow(page["title"], page["href"])
