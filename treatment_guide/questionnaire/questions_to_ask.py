"""The questions a reader takes to the appointment, in the order that suits them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from treatment_guide.engine.compiled.rules import only_about_unsure
from treatment_guide.engine.outcome import Outcome
from treatment_guide.library.model import Library

#: Why a question is there, the most to be kept first, where paper has room for a few only.
KEPT = ("matters", "known", "always", "unsure")


@dataclass(frozen=True)
class Ask:
    """One question in the reader's voice, as HTML, and why it is there (one of KEPT)."""

    words: str
    why: str


def asks(library: Library, outcome: Outcome, find_out: Sequence[str] = ()) -> list[Ask]:
    """Every question to ask: about what matters first, then in the order of the guide.

    What matters to the reader orders the questions. It takes none away. `find_out` adds what
    options wait for, where no question about the same stands there already.
    """
    unsure = {r.because for r in library.guide.asks if only_about_unsure(r.condition)}
    weighing = {q.id for q in library.guide.questions.values() if not q.narrows}
    found = []
    asked = set()
    for acting in outcome.asks:
        why = "known"
        if acting.because in unsure:
            why = "unsure"
            asked |= {library.questions[question].find_out for question in acting.questions}
        elif weighing & set(acting.questions):
            why = "matters"
        found.append(Ask(library.asks[acting.because], why))
    found += [Ask(escape(words), "unsure") for words in find_out if words not in asked]
    found += [Ask(escape(library.ui[name]), "always") for name in ("ask-which", "ask-goal")]
    return sorted(found, key=lambda ask: ask.why != "matters")


def most_of(found: Sequence[Ask], most: int) -> list[Ask]:
    """At most so many of these questions, in their order: what matters and what is known first,
    what the reader is not sure of last.
    """
    kept = sorted(found, key=lambda ask: KEPT.index(ask.why))[: max(most, 0)]
    return [ask for ask in found if ask in kept]
