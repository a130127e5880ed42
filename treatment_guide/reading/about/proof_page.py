"""The page about the proof: its counts, and a drawing of the flow of questions."""

from dataclasses import dataclass
from typing import Any

from treatment_guide.engine.conditions import questions_in
from treatment_guide.library.model import Library
from treatment_guide.reading.page_parts import parts

#: Units of the drawing: the height of one question, and the distance of the first from the top.
ROW, TOP = 56, 8


@dataclass(frozen=True)
class Node:
    """One question in the drawing: its distance from the top, and how many options it can move."""

    name: str
    top: int
    moves: int
    danger: bool = False

    @property
    def middle(self) -> int:
        """The height of its text."""
        return self.top + 29


def proof_values(library: Library) -> dict[str, Any] | None:
    """The values of the page; None where no proof is recorded."""
    page = library.about.get("proof")
    if library.proof is None or page is None:
        return None
    words = parts(library, page)
    largest = library.page("option", library.proof.largest)
    core = nodes(library, core=True)
    more = nodes(library, core=False)
    last = core[-1].top + ROW
    return {
        "page": page,
        "lead": words[0],
        "parts": words[1:],
        "proof": library.proof,
        "largest": largest.short if largest else library.proof.largest,
        "options": len(library.options),
        "core": core,
        "more": more,
        "flow": {"outcome": last, "words": last + 29, "height": last + ROW + 8},
    }


def nodes(library: Library, *, core: bool) -> list[Node]:
    """The questions that are asked of everyone, or those offered afterwards, in order."""
    asked = [q for q in library.guide.questions.values() if q.core == core]
    return [
        Node(
            library.questions[question.id].name,
            TOP + i * ROW,
            moved_by(library, question.id),
            question.about_danger,
        )
        for i, question in enumerate(asked)
    ]


def moved_by(library: Library, question: str) -> int:
    """How many options an answer to this question can move."""
    return sum(
        any(question in questions_in(rule.condition) for rule in option.grouping)
        for option in library.guide.options.values()
    )
