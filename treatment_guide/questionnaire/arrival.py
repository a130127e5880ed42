"""The answers that a code from a clinic or a printed page brings along."""

from collections.abc import Callable
from typing import Any

from treatment_guide.engine.answers import Answers, effective
from treatment_guide.library.model import Clinic, Library
from treatment_guide.questionnaire.answer_words import answer_labels


def arrived(
    library: Library, answers: Answers, clinic: Clinic | None, code: Callable[..., str]
) -> dict[str, Any] | None:
    """The values for the list of these answers, each with a code without it; None without answers.

    A reader who removes an answer is asked that question after the danger signs. `code` makes a
    code of answers and a clinic.
    """
    counted = effective(library.guide.questions, answers)
    rows = [
        {
            "name": library.questions[question].name,
            "labels": answer_labels(library, counted, question),
            "without": code(without(library, answers, question), clinic),
        }
        for question in counted
    ]
    if not rows and clinic is None:
        return None
    return {
        "clinic": clinic,
        "rows": rows,
        "without_clinic": code(answers, None),
    }


def without(library: Library, answers: Answers, question: str) -> Answers:
    """The answers without this question, and without questions that depend on it (the cause on the
    place).
    """
    questions = library.guide.questions
    return {q: a for q, a in answers.items() if question not in (q, questions[q].by)}
