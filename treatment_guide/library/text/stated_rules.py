"""The points of an option page beside the option's rules: which rule each point states.

A point of the parts "who it may suit" and "who it may not suit" ends with a mark for each rule that
it puts into words: `<rule:pregnancy-wait>`. Where no question asks about what it says, the mark is
`<rule:not-asked>`. So page and rules cannot contradict each other unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from treatment_guide.engine.model import Option
from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.markdown import Prose, Resolve
from treatment_guide.library.text.page_rules import ReadPart

#: The parts whose points state rules.
STATING = ("may-suit", "may-not-suit")
#: The mark of a point that no question asks about.
NOT_ASKED = "not-asked"


def marked(resolve: Resolve) -> Resolve:
    """The same resolver of links, for a part whose points carry marks: a mark prints nothing."""

    def with_marks(scheme: str, target: str, label: str | None) -> tuple[str, str]:
        return ("", "") if scheme == "rule" else resolve(scheme, target, label)

    return with_marks


def check_stated(file: str, option: Option, parts: Sequence[ReadPart], problems: Problems) -> None:
    """Note marks that name no rule of the option."""
    known = set(reasons_of(option))
    for part, point in _paragraphs(parts):
        for name in point.rules:
            if name not in known | {NOT_ASKED}:
                message = f"The option has no rule with the reason `{name}`.{meant(name, known)}"
                problems.add(file, point.line, part.id, message)


def check_complete(
    file: str, option: Option, parts: Sequence[ReadPart], problems: Problems
) -> None:
    """Note points without a mark, and reasons that hold the option back (`against`, `wait`) and
    stand in no point. The latter wait until both parts are there and free of faults.
    """
    stated: set[str] = set()
    for part, point in _paragraphs(parts):
        stated |= set(point.rules)
        if point.kind == "item" and not point.rules:
            message = (
                "Name the rule that this point states, by the id of its reason: `<rule:id>`. Where "
                f"no question asks about it: `<rule:{NOT_ASKED}>`."
            )
            problems.add(file, point.line, part.id, message)
    lines = {part.id: part.line for part in parts if part.id in STATING and part.sound}
    if len(lines) < len(STATING):
        return
    for name in dict.fromkeys(rule.because for rule in (*option.against, *option.wait)):
        if name not in stated:
            message = f"No point states the rule `{name}`, which holds the option back."
            problems.add(file, lines[STATING[-1]], STATING[-1], message)


def _paragraphs(parts: Sequence[ReadPart]) -> Iterable[tuple[ReadPart, Prose]]:
    """The points and paragraphs of the stating parts, each with its part; faulty parts left out."""
    return (
        (part, prose)
        for part in parts
        if part.id in STATING and part.sound
        for prose in part.rendered.prose
    )


def reasons_of(option: Option) -> Iterable[str]:
    """The ids of the reasons of all rules of an option, `nowhere` among them."""
    for rule in (*option.grouping, *option.caution, *option.done):
        yield rule.because
    if option.nowhere:
        yield option.nowhere
