"""What a reader said, in words."""

from dataclasses import dataclass

from treatment_guide.engine.answers import Answers, effective, set_aside
from treatment_guide.library.loading.words import joined
from treatment_guide.library.model import Library


@dataclass(frozen=True)
class Said:
    """What a reader answered to one question: its name, the labels, the page to change it."""

    question: str
    name: str
    labels: str
    aside: bool = False


def said(library: Library, answers: Answers, question: str) -> str:
    """The labels of an answer, joined; empty when unanswered."""
    words = library.questions[question]
    chosen = answers.get(question, frozenset())
    labels = [
        words.choices[choice].label
        for choice in library.guide.questions[question].choices
        if choice in chosen
    ]
    return joined(library.ui["list-join"], labels)


def listed(library: Library, phrases: list[str]) -> str:
    """Phrases as a list in a sentence: "a, b and c"."""
    parts = [", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases
    return joined(library.ui["list-and"], parts)


def told(library: Library, answers: Answers) -> str:
    """Everything a reader said, as one paragraph in their own voice."""
    sentences = []
    counted = effective(library.guide.questions, answers)
    for name, question in library.guide.questions.items():
        if question.about_danger or name not in counted:
            continue
        words = library.questions[name]
        phrases = [words.choices[c].told for c in question.choices if c in counted[name]]
        choices = listed(library, phrases)
        sentences.append(words.told.format(choices=choices))
    return " ".join(sentences)


def answer_rows(library: Library, answers: Answers) -> list[Said]:
    """Every answer given, in the order asked; then those set aside by another answer."""
    counted = effective(library.guide.questions, answers)
    rows = [
        Said(name, library.questions[name].name, said(library, counted, name)) for name in counted
    ]
    aside = set_aside(library.guide.questions, answers)
    rows += [
        Said(name, library.questions[name].name, said(library, aside, name), aside=True)
        for name in aside
    ]
    return rows
