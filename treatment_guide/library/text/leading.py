"""What the numbers under "What people gain" and "What can go wrong" need for the page of an option: one
of each side leads, two sides have their gap in words, a harm says how severe it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from treatment_guide.library.model import Fact
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.comparators import COMPARED
from treatment_guide.library.text.page_rules import ReadPart


def check_leading(
    file: str, parts: Sequence[ReadPart], facts: Mapping[str, Fact], problems: Problems
) -> None:
    """Note where no number of a side leads, or two do, and what numbers of an option lack."""
    if not {part.id for part in parts}.issuperset(COMPARED):
        return  # a heading is missing: a fault of its own
    for part in parts:
        if part.id not in COMPARED or not part.sound:
            continue
        named = dict(zip(part.rendered.facts, part.rendered.fact_lines, strict=True))
        if not named.keys() <= facts.keys():  # one is faulty itself
            continue
        shown = [(facts[name], line) for name, line in named.items() if _counts(facts[name])]
        leads = [(fact, line) for fact, line in shown if fact.leads]
        if shown and not leads:
            message = (
                "None of these numbers leads. Write `leads: true` in the record of the one from the "
                "most careful study: it stands in the fact table."
            )
            problems.add(file, part.line, part.id, message)
        for fact, line in leads[1:]:
            message = f"`{fact.id}` leads as well as `{leads[0][0].id}`. One of each side does."
            problems.add(file, line, part.id, message)
        for fact, line in shown:
            for message in _lacks(fact, harm=part.id == "harms"):
                problems.add(file, line, part.id, f"The record of `{fact.id}` {message}")


def _counts(fact: Fact) -> bool:
    """True for a number of people or points."""
    return fact.of_hundred(1) is not None


def _lacks(fact: Fact, *, harm: bool) -> Iterator[str]:
    if fact.leads and not fact.short:
        yield "leads, and its words do not say what was measured in short: write `- short: …`."
    if fact.versus is not None and not fact.difference:
        yield "has two sides, and no words for the gap between them: write `- difference: …`."
    if harm and not fact.severity:
        yield (
            "does not say how severe the harm is: write `severity:`, as `death`, `serious`, "
            "`lasting` or `passing`."
        )
    if fact.kind == "points" and fact.versus is not None and not fact.better:
        yield "does not say which points are better: write `better: higher` or `better: lower`."
