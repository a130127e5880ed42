"""Which question may decide what another one offers: the field `by` of a question.

The engine and the audit support one such question in the whole guide (the place in the body), and
it must take one answer. Any other guide is refused.
"""

from __future__ import annotations

from collections.abc import Collection

from treatment_guide.engine.answers import NOT_SURE, Question, Questions


class UnfitParent(ValueError):
    """The question named in `by` cannot decide what another one offers. The message says why."""


def parent_fault(
    question: Question, before: Questions, after: Collection[str] = ()
) -> tuple[str, str] | None:
    """What is wrong with the question named in `by`: the field and a sentence; None for nothing.

    `before` holds the questions asked before this one, `after` the ids of those asked later.
    """
    parent = question.by
    if parent is None:
        return ("offers", "`offers` needs `by`: who decides?") if question.offers else None
    message = _unfit(question, parent, before, after)
    if message:
        return "by", message
    if NOT_SURE in question.offers:
        message = f"`{NOT_SURE}` limits nothing: whoever is not sure is offered every choice."
        return "offers", message
    return None


def _unfit(
    question: Question, parent: str, before: Questions, after: Collection[str]
) -> str | None:
    if parent == question.id:
        return "A question cannot decide what it offers itself. Name one that is asked before."
    if parent in after:
        return f"`{parent}` is asked later. Name a question that flow.yaml lists before this one."
    if parent not in before:
        return f"There is no question `{parent}`. Name one that is asked before this one."
    deciding = before[parent]
    if deciding.kind != "one":
        return f"`{parent}` takes several choices at once. Name a question of kind `one`."
    if deciding.about_danger:
        return f"`{parent}` asks for danger signs, and its answer lapses. Name another question."
    if deciding.by is not None:
        return (
            f"What `{parent}` offers is decided by `{deciding.by}`. "
            f"Name `{deciding.by}`, or a question that offers everybody the same."
        )
    others = [(q.by, q.id) for q in before.values() if q.by not in (None, parent)]
    if others:
        first, child = others[0]
        return (
            f"`{first}` decides what `{child}` offers, and one question decides for all. "
            f"Name `{first}`, or leave `by` out."
        )
    return None


def only_parent(questions: Questions) -> str | None:
    """The one question that decides what others offer; None where none does.

    `questions` stand in the order asked. Raises UnfitParent where there is more than one such
    question, or where one cannot decide.
    """
    order = list(questions)
    before: dict[str, Question] = {}
    for place, (name, question) in enumerate(questions.items()):
        fault = parent_fault(question, before, order[place + 1 :])
        if fault and fault[0] == "by":
            raise UnfitParent(f"{name}: {fault[1]}")
        before[name] = question
    return next((question.by for question in questions.values() if question.by), None)
