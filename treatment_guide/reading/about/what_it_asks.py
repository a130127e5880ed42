"""What the guide asks, why, and what each answer moves: for a clinic's lawyer. Worked out from the
rules alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from treatment_guide.engine.conditions import Condition, atoms
from treatment_guide.http.html.words import say, say_count
from treatment_guide.library.model import Library
from treatment_guide.library.release.sentences import KINDS
from treatment_guide.reading.page_parts import page_sources, parts

PAGE = "what-it-asks"
#: What an answer can do: to an option by the kind of rule, and beside the options.
MOVES = (*KINDS, "notice", "ask")
#: The levels of a danger sign that lead to help at once.
HELPED = ("emergency", "today")


@dataclass(frozen=True)
class AnswerMoves:
    """One answer: its label, and what it does in words, a phrase for each kind; none for nothing."""

    label: str
    moves: tuple[SafeString, ...]


def what_it_asks(library: Library) -> dict[str, Any] | None:
    """The values of the page; None for a guide without it."""
    page = library.clinic_pages.get(PAGE)
    if page is None:
        return None
    counts = counted(library)
    shown = parts(library, page)
    return {
        "page": page,
        "lead": shown[0],
        "parts": shown[1:],
        "sources": page_sources(library, page),
        "grounds": [
            {
                "ground": ground,
                "answers": [answer(library, counts, *each, named=True) for each in ground.answers],
            }
            for ground in library.grounds
        ],
        "questions": [
            {
                "id": name,
                "words": words,
                "answers": [answer(library, counts, name, choice) for choice in words.choices],
            }
            for name, words in library.questions.items()
        ],
        "count": len(library.questions),
        "choices": sum(len(words.choices) for words in library.questions.values()),
        "rules": len(library.rules),
    }


def answer(
    library: Library,
    counts: Counter[tuple[str, str, str]],
    question: str,
    choice: str,
    *,
    named: bool = False,
) -> AnswerMoves:
    """One answer with what it does, `named` with its question."""
    words = library.questions[question]
    label = words.choices[choice].label
    if named:
        label = library.ui["rule-answer"].format(question=words.name, choices=label)
    found = [(kind, counts[question, choice, kind]) for kind in MOVES]
    moves = [say_count(library, f"moves-{kind}", n) for kind, n in found if n]
    if library.guide.questions[question].levels.get(choice) in HELPED:
        moves.append(say(library, "moves-to-help"))
    return AnswerMoves(label, tuple(moves))


def counted(library: Library) -> Counter[tuple[str, str, str]]:
    """How many options have a rule of a kind that names an answer; how many messages and questions
    to ask name it. By question, choice and kind.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    guide = library.guide
    for option in guide.options.values():
        for kind in KINDS:
            named = {each for rule in getattr(option, kind) for each in answers_in(rule.condition)}
            counts.update((question, choice, kind) for question, choice in named)
    for kind, rules in (("notice", guide.notices), ("ask", guide.asks)):
        for rule in rules:
            named = set(answers_in(rule.condition))
            counts.update((question, choice, kind) for question, choice in named)
    return counts


def answers_in(condition: Condition) -> Iterator[tuple[str, str]]:
    """Every answer that a condition names, as question and choice."""
    for atom in atoms(condition):
        for choice in atom.choices:
            yield atom.question, choice
