"""What a reader of a subject sees that follows from rules, and is no item of the record itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.model import Option
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.engine.safety import SafetyAnswer, decide
from treatment_guide.library.model import Library


def row_of(option: Option, answers: Iterable[SafetyAnswer]) -> str:
    """The row of an option in the safety matrix: what each safety answer does, a line for each."""
    return "\n".join(f"{option.id} {answer.id}: {_cell(option, answer)}" for answer in answers)


def _cell(option: Option, answer: SafetyAnswer) -> str:
    made = decide(option, answer)
    said = [f"{kind} {rule.because}" for kind, rule in made.rules]
    said += [f"nothing {each.because}" for each in made.nothing]
    said += ["not for it"] if made.not_for else []
    said += ["may come nearer"] if option.id in answer.nearer else []
    return ", ".join(said)


def groups_of(library: Library, situation: str) -> str:
    """The group of each option for each set of answers that a situation stands for."""
    return "\n".join(_groups(library, situation))


def _groups(library: Library, situation: str) -> Iterator[str]:
    for given in library.situations[situation].answers:
        answers: Answers = {question: frozenset((choice,)) for question, choice in given.items()}
        outcome = narrow(Reader(library.guide, answers))
        label = ", ".join(f"{question} {choice}" for question, choice in sorted(given.items()))
        if isinstance(outcome, Outcome):
            groups = [f"{each.option} {each.group}" for each in outcome.standings]
            yield f"{label}: {', '.join(groups)}"
        else:
            yield f"{label}: help at once"
