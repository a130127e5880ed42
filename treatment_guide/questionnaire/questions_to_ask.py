"""The questions a reader takes to the appointment, in the order that suits them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from treatment_guide.engine.compiled.rules import only_about_unsure
from treatment_guide.engine.outcome import Outcome
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library

#: The kinds of question, by importance: where paper has little room, the first are kept.
KEPT = ("matters", "known", "always", "unsure")


@dataclass(frozen=True)
class Ask:
    """One question in the reader's voice, as HTML, and its kind (one of KEPT)."""

    words: str
    why: str


class AskParts:
    """The parts of the questions to ask that do not depend on answers.

    `unsure` are the ids of asks that only `not-sure` brings, `weighing` the questions of the
    questionnaire that narrow nothing, `always` the asks that always apply.
    """

    def __init__(self, library: Library) -> None:
        rules = library.guide.asks
        self.unsure = {r.because for r in rules if only_about_unsure(r.condition)}
        self.weighing = {q.id for q in library.guide.questions.values() if not q.narrows}
        self.always = [
            Ask(escape(library.ui[name]), "always") for name in ("ask-which", "ask-goal")
        ]


#: Saves 0.03 ms an outcome.
ask_parts = once_per_library(AskParts)


def asks(
    library: Library,
    outcome: Outcome,
    find_out: Sequence[str] = (),
    without: Collection[str] = (),
) -> list[Ask]:
    """Every question to ask: those about what matters first, then in the order of the guide.

    What matters to the reader changes only the order. `find_out` adds questions that options
    depend on, where no ask about the same is there already. `without` are questions that are shown
    elsewhere as what to find out.
    """
    parts = ask_parts(library)
    first, others = [], []
    asked = set()
    for acting in outcome.asks:
        words = library.asks[acting.because]
        if acting.because in parts.unsure:
            if all(question in without for question in acting.questions):
                continue
            others.append(Ask(words, "unsure"))
            asked |= {library.questions[question].find_out for question in acting.questions}
        elif parts.weighing.isdisjoint(acting.questions):
            others.append(Ask(words, "known"))
        else:
            first.append(Ask(words, "matters"))
    others += [Ask(escape(words), "unsure") for words in find_out if words not in asked]
    return [*first, *others, *parts.always]


def find_out(library: Library, outcome: Outcome, without: Collection[str] = ()) -> list[str]:
    """The open questions that options depend on, each once, with whom to ask; not those `without`."""
    waiting = outcome.group("depends")
    questions = dict.fromkeys(q for s in waiting for each in s.reasons for q in each.questions)
    found = [
        library.questions[question].find_out for question in questions if question not in without
    ]
    return list(dict.fromkeys(each for each in found if each))


def most_of(found: Sequence[Ask], most: int) -> list[Ask]:
    """At most `most` of these questions, in their order. Left out first are the kinds at the end
    of KEPT.
    """
    kept = sorted(found, key=lambda ask: KEPT.index(ask.why))[: max(most, 0)]
    return [ask for ask in found if ask in kept]
