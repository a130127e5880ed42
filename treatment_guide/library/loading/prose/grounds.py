"""Reads the grounds on which the law forbids to treat people worse, `guide/grounds.yaml`, with the
answers that tell of each, and their words, `en/grounds.md`.
"""

from __future__ import annotations

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.appendices import ExtraReader
from treatment_guide.library.loading.rules import RuleBook
from treatment_guide.library.model import Ground
from treatment_guide.library.schema.about import GroundShape
from treatment_guide.library.schema.shape import validated

NAME = "grounds"


def read_grounds(extras: ExtraReader, book: RuleBook) -> tuple[Ground, ...]:
    """Every ground, in the order of the file; each fault is noted."""
    document = extras.document(NAME)
    if document is None:
        return ()
    words = extras.files.entries(NAME)
    extras.lonely("ground:words", NAME, words, document)
    known = {
        f"{question.id}.{choice}"
        for question in book.questions.values()
        for choice in question.choices
    }
    found = []
    for name, data in document.data.items():
        shape = validated(GroundShape, document, data, extras.problems, (name,))
        at = (document.file, document.line((name,)), name)
        if name not in words:
            message = f"It has no words in {extras.files.file(NAME)}."
            extras.problems.lacks("ground:words", name, *at, message)
        else:
            extras.lint(NAME, words[name])
        for i, answer in enumerate(shape.answers if shape else ()):
            if answer not in known:
                line = document.line((name, "answers", i))
                message = f"There is no answer `{answer}`.{meant(answer, known)}"
                place = (document.file, line, f"{name}.answers", message)
                extras.problems.lacks("hazard:answer", answer, *place)
        if shape and name in words:
            answers = tuple((q, c) for q, _, c in (a.partition(".") for a in shape.answers))
            note = words[name].extras.get("note", "")
            found.append(Ground(name, " ".join(words[name].body.split()), note, answers))
    return tuple(found)
