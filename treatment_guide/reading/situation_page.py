"""The page of a situation: its parts, and where every option stands for the answers it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.code import encode
from treatment_guide.engine.model import GROUPS
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.http.addresses import to
from treatment_guide.library.in_words.lists import joined
from treatment_guide.library.model import Library, SituationPage
from treatment_guide.reading.page_parts import marks_lead, page_sources, parts, with_explained

Values = dict[str, Any]
#: The parts below the list of options: what people ask first, first.
OTHERS = ("with-time", "why-the-injection", "what-is-going-on")


@dataclass(frozen=True)
class Way:
    """One set of answers that a situation stands for: what sets it apart from the others in words,
    its code, and the group of each option.
    """

    label: str
    code: str
    group_of: Mapping[str, str]


def situation(library: Library, situation: str) -> Values | None:
    """The page of a situation; None where there is none."""
    found = library.situations.get(situation)
    return None if found is None else page_of(library, found)


def situation_all(library: Library, situation: str) -> Values | None:
    """The same page with nothing folded; its sources stand on it."""
    found = library.situations.get(situation)
    return None if found is None else page_of(library, found, whole=True)


def page_of(library: Library, found: SituationPage, *, whole: bool = False) -> Values:
    """The values of the page; `whole`: nothing is folded."""
    sources_at = "" if whole else to("situation_all", found.page.id)
    by_id = {part["id"]: part for part in parts(library, found.page)}
    explained: set[str] = set()
    for name in ("in-short", "when-to-get-help", "what-people-ask-next", *OTHERS):  # as shown
        shown = with_explained(by_id[name]["blocks"], explained)
        by_id[name]["blocks"] = marks_lead(shown, sources_at)
    all_ways = ways(library, found)
    return {
        "page": found.page,
        "place": found.place,
        "whole": whole,
        "sources_at": sources_at,
        "lead": by_id["in-short"],
        "help": by_id["when-to-get-help"],
        "ask_next": by_id["what-people-ask-next"],
        "others": [by_id[name] for name in OTHERS],
        "ways": all_ways,
        "groups": groups(library, all_ways),
        "with_us": library.local.situations.get(found.page.id, "") if library.local else "",
        "related": [library.page(kind, target) for kind, target in found.related],
        "sources": page_sources(library, found.page),
    }


def ways(library: Library, found: SituationPage) -> list[Way]:
    """The answer sets that a situation stands for, but those that need help at once."""
    made = []
    for given in found.answers:
        answers: Answers = {question: frozenset((choice,)) for question, choice in given.items()}
        outcome = narrow(Reader(library.guide, answers))
        if isinstance(outcome, Outcome):
            groups = {each.option: each.group for each in outcome.standings}
            made.append(Way(_label(library, found, given), encode(library.layout, answers), groups))
    return made


def _label(library: Library, found: SituationPage, given: Mapping[str, str]) -> str:
    """The answers in words, without those that all answer sets of the situation share."""
    own = [
        library.questions[question].choices[choice].label
        for question, choice in given.items()
        if any(other.get(question) != choice for other in found.answers)
    ]
    return joined(library.ui["list-join"], own, library.language)


def groups(library: Library, all_ways: list[Way]) -> list[Values]:
    """Every group with its options. An option that not all answer sets put there has the words of
    those that do (without what stands in brackets), and stands in the other groups too.
    """
    return [{"group": group, "options": _options(library, all_ways, group)} for group in GROUPS]


def _options(library: Library, all_ways: list[Way], group: str) -> list[Values]:
    """The options that some answer set puts in a group, in the order of the steps."""
    found = []
    for option in all_ways[0].group_of:
        here = [way for way in all_ways if way.group_of[option] == group]
        if here:
            some = (
                [] if len(here) == len(all_ways) else [way.label.partition(" (")[0] for way in here]
            )
            found.append(
                {
                    "page": library.options[option].page,
                    "some": library.language.semicolon.join(some),
                }
            )
    return found
