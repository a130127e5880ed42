"""What the numbers of an option were compared with, and their order under "What people gain" and
"What can go wrong": a number against a fake treatment stands before open and uncontrolled ones about
the same thing. People who know that they are treated tend to feel better (DISCERN 4 and 5, IPDASi).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from treatment_guide.library.model import Fact
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.page_rules import ReadPart

#: The parts of an option whose numbers say what they were compared with.
COMPARED = ("gains", "harms")


def check_comparators(
    file: str, parts: Sequence[ReadPart], facts: Mapping[str, Fact], problems: Problems
) -> None:
    """Note numbers on the page of an option that do not say what they were compared with, and
    those against a fake treatment that stand behind others about the same thing.
    """
    if not {part.id for part in parts}.issuperset(
        COMPARED
    ):  # a heading is missing: a fault of its own
        return
    for part in parts:
        if part.id not in COMPARED:
            continue
        earlier: list[Fact] = []
        for line, name in zip(part.rendered.fact_lines, part.rendered.facts, strict=True):
            fact = facts.get(name)
            if fact is None:  # it is missing, or faulty itself
                continue
            if not fact.comparator and fact.kind not in ("duration", "cost"):
                message = (
                    f"The record of `{name}` does not say what it was compared with: write "
                    "`comparator:` there, as `sham`, `placebo`, `other-care` or `none`."
                )
                problems.add(file, line, part.id, message)
            behind = [each.id for each in earlier if fact.controlled and _open(each, fact)]
            if behind:
                message = (
                    f"`{name}` is a number against a fake treatment. Put it before `{behind[0]}`, "
                    "which is open or uncontrolled and about the same thing."
                )
                problems.add(file, line, part.id, message)
            earlier.append(fact)


def _open(earlier: Fact, fact: Fact) -> bool:
    return bool(earlier.comparator) and not earlier.controlled and earlier.same_thing(fact)
