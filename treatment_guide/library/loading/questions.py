"""Reads the questions of `guide/questions/` in the order asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from treatment_guide.engine.answers import NONE, Question
from treatment_guide.engine.parents import parent_fault
from treatment_guide.library.faults.file_kinds import files_of, unlisted
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.flow import FlowShape
from treatment_guide.library.schema.questions import QuestionShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_yaml

#: Ids that no question may have, because addresses, codes or conditions use them.
TAKEN = {
    **dict.fromkeys(
        ("outcome", "compare", "take", "clinician", "calendar", "record"), "an address"
    ),
    **dict.fromkeys(
        ("day", "day-high", "clinic", "edition", "spare"), "a field of the answer code"
    ),
    **dict.fromkeys(("any", "not", "always"), "a word of a rule's condition"),
}


def listed_files(
    root: Path, folder: str, wanted: list[str], problems: Problems
) -> Iterator[tuple[str, Document]]:
    """The files of a folder in the order of `wanted`; any other file there is a fault."""
    base = root / "guide" / folder
    for file in files_of(root, f"guide/{folder}", "yaml"):
        name = Path(file).stem
        if name not in wanted:
            message = f"No list in flow.yaml names this file. Add `{name}` there, or take it out."
            unlisted(root, file, message, problems)
    for name in wanted:
        file = f"guide/{folder}/{name}.yaml"
        document = read_yaml(base / f"{name}.yaml", file, problems)
        if document:
            yield name, document


def read_questions(root: Path, flow: FlowShape, problems: Problems) -> dict[str, Question]:
    """The questions in the order they are asked; every fault is noted."""
    found: dict[str, Question] = {}
    order = [*flow.core, *flow.sharpen, *flow.weigh]
    check_order(root, flow, problems)
    for name, document in listed_files(root, "questions", list(dict.fromkeys(order)), problems):
        shape = validated(QuestionShape, document, document.data, problems)
        if not shape:
            continue
        problems.stands("choice", _choices(name, shape, document))
        question = made(name, shape, flow)
        answerable(question, shape, document, problems)
        found[name] = attached(question, document, found, order, problems)
    return found


def _choices(name: str, shape: QuestionShape, document: Document) -> list[tuple[str, str]]:
    """Every choice of a question, with its file and line as `file:line`."""
    return [
        (f"{name}.{choice}", f"{document.file}:{document.line(('choices', i))}")
        for i, choice in enumerate(shape.choices)
    ]


def check_order(root: Path, flow: FlowShape, problems: Problems) -> None:
    """Note what is wrong with the lists of questions in flow.yaml."""
    file = "guide/flow.yaml"
    document = read_yaml(root / file, file, Problems())
    assert document is not None  # it was read before, for its lists
    seen: set[str] = set()
    for key in ("core", "sharpen", "weigh"):
        for i, name in enumerate(getattr(flow, key)):
            line = document.line((key, i))
            if name in seen:
                problems.add(file, line, key, f"The question `{name}` stands twice.")
            if name in TAKEN:
                message = f"`{name}` is {TAKEN[name]} already. Give the question another id."
                problems.add(file, line, key, message)
            seen.add(name)


def made(name: str, shape: QuestionShape, flow: FlowShape) -> Question:
    """The engine's Question for a shape."""
    return Question(
        id=name,
        kind=shape.kind,
        choices=tuple(shape.choices),
        change=dict(shape.change),
        core=name in flow.core,
        asked_for=flow.core_for.get(name, ""),
        narrows=name not in flow.weigh,
        most=shape.most or (1 if shape.kind == "one" else None),
        by=shape.by,
        offers={
            choice: frozenset((*row, *shape.everywhere)) for choice, row in shape.offers.items()
        },
        not_sure_is_one_of=shape.not_sure_means is not None,
        levels=dict(shape.levels),
        never_stored=frozenset(c for c in shape.never_stored if may_be_unstored(shape, c)),
        never_comes=frozenset(shape.never_comes),
        safety=dict(shape.safety),
        edition=shape.edition,
    )


def may_be_unstored(shape: QuestionShape, choice: str) -> bool:
    """True for a choice that needs no number in the code: it leads to the help page at once."""
    return shape.levels.get(choice) in ("emergency", "today")


def answerable(
    question: Question, shape: QuestionShape, document: Document, problems: Problems
) -> None:
    """Note what would keep a reader from ever getting past this question."""

    def fault(where: tuple[str, ...], message: str) -> None:
        problems.add(document.file, document.line(where), where[0], message)

    if shape.most is not None and shape.kind == "one":
        fault(("most",), "`most` is for a question of kind `several`.")
    for choice in shape.never_stored:
        if not may_be_unstored(shape, choice):
            fault(
                ("never-stored",),
                f"`{choice}` stands in no code, so the next page would not know it. "
                "Only a danger sign of the level `emergency` or `today` can do without.",
            )
    if not question.about_danger:
        return
    if question.kind != "several":
        fault(("kind",), "Danger signs can come together: a question about them is `several`.")
    if NONE not in question.choices:
        fault(("choices",), f"A question about danger signs needs the choice `{NONE}`.")
    else:
        for choice, row in question.offers.items():
            if NONE not in row:
                message = f"Who has none of these has to say so: add `{NONE}` to `everywhere`."
                fault(("offers", choice), message)


def attached(
    question: Question,
    document: Document,
    before: dict[str, Question],
    order: list[str],
    problems: Problems,
) -> Question:
    """The question, with a parent (`by`) that can decide what it offers.

    A parent that cannot is noted as a fault; the question is then returned without it, so that
    reading goes on.
    """
    parent = question.by
    after = order[order.index(question.id) + 1 :]
    # A parent that flow.yaml lists and that could not be read has a fault of its own.
    told_elsewhere = parent in order and parent not in {*after, question.id, *before}
    fault = parent_fault(question, before, after)
    if fault and not told_elsewhere:
        field, message = fault
        problems.add(document.file, document.line((field,)), field, message)
    if fault:
        return detached(question)
    for choice in question.offers if parent else ():
        if choice not in before[str(parent)].choices:
            line, message = (
                document.line(("offers", choice)),
                f"`{choice}` is not a choice of {parent}.",
            )
            name = f"{parent}.{choice}"
            problems.lacks("choice", name, document.file, line, "offers", message)
    return question


def detached(question: Question) -> Question:
    """The same question without a parent."""
    return replace(question, by=None, offers={})
