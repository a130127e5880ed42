"""The rows of the outcome page, each made once for the answers that concern its option.

A row says the same to everybody who gave those answers, so it is made once and put together with
the others. No piece holds all that one reader said, and the code of the page is put in last.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.template.loader import get_template

from treatment_guide.engine.answers import Answers, effective, known
from treatment_guide.engine.changes import concerns, what_would_change
from treatment_guide.engine.conditions import questions_in
from treatment_guide.engine.model import Group
from treatment_guide.engine.narrowing import Reason, Standing, meanings, place
from treatment_guide.library.checks import current_library
from treatment_guide.library.model import Clinic, Library
from treatment_guide.web.told import listed, said

#: More changes than this at once are not spelled out: nobody hopes for three other answers.
SPELLED_OUT = 2

#: Stands where the code of the page will stand. No code has such a character.
CODE = "~code~"


@dataclass(frozen=True)
class Piece:
    """One option of the outcome: its group, what it waits for, its row without the code.

    `fixed`: nothing that can change would bring it in. What only waits is never fixed: time passes.
    """

    option: str
    group: Group
    find_out: tuple[str, ...]
    fixed: bool
    markup: str

    def row(self, code: str) -> str:
        """The row of a page with this code."""
        return self.markup.replace(CODE, code)


def pieces(library: Library, answers: Answers, clinic: Clinic | None) -> list[Piece]:
    """The rows of all options, in fixed order, for these (effective) answers."""
    if library is not current_library():  # another library than the one served: nothing is kept
        return [made(library, option, answers, clinic) for option in library.options]
    found = []
    for option in library.options:
        given = tuple((q, answers[q]) for q in concerned(option) if q in answers)
        found.append(_kept(option, given, clinic))
    return found


@cache
def concerned(option: str) -> tuple[str, ...]:
    """The questions that have a part in an option's row, in order."""
    guide = current_library().guide
    rules = guide.options[option]
    found = set(concerns(guide, rules))
    for rule in (*rules.caution, *rules.done):
        found |= questions_in(rule.condition)
    return tuple(question for question in guide.questions if question in found)


@lru_cache(maxsize=8_000)
def _kept(
    option: str, given: tuple[tuple[str, frozenset[str]], ...], clinic: Clinic | None
) -> Piece:
    return made(current_library(), option, dict(given), clinic)


def made(library: Library, name: str, answers: Answers, clinic: Clinic | None) -> Piece:
    """One row, from the answers that concern it."""
    guide = library.guide
    one_of = [known(guide.questions, meant) for meant in meanings(guide, answers)]
    truths = known(guide.questions, answers)
    standing = place(guide, guide.options[name], truths, answers, one_of)
    row = option_row(library, answers, standing, clinic)
    markup = get_template("whats_next/_option_row.html").render({"row": row, "code": CODE})
    fixed = standing.group == "less-likely" and not row["change"]["words"]
    return Piece(name, standing.group, tuple(row["find_out"]), fixed, markup)


def reason(library: Library, answers: Answers, found: Reason) -> dict[str, Any]:
    """A reason as it is shown: its words, what was said, and where to change or answer it."""
    counted = effective(library.guide.questions, answers)
    return {
        "kind": found.kind,
        "words": library.reasons[found.because] if found.because else "",
        "said": [
            {
                "question": question,
                "name": library.questions[question].name,
                "labels": said(library, counted, question),
            }
            for question in found.questions
        ],
    }


def change(library: Library, answers: Answers, standing: Standing) -> dict[str, Any] | None:
    """What would bring an option closer, in words; empty words where nothing that can change
    would. None for an option that fits, or that only waits for an answer. What takes many
    changes is said to take several: "if it turns out to be CRPS, after …, and if …" only frightens.
    """
    if standing.group not in ("later", "less-likely"):
        return None
    found = what_would_change(library.guide, library.guide.options[standing.option], answers)
    if found is None:
        return {"words": "", "then": ""}
    if len(found.moves) > SPELLED_OUT:
        return {"words": library.ui["change-several"], "then": ""}
    phrases = [
        words.gone if move.gone else words.change
        for move in found.moves
        for words in [library.questions[move.question].choices[move.choice]]
    ]
    return {"words": listed(library, phrases), "then": found.group}


def to_find_out(library: Library, standing: Standing) -> list[str]:
    """What an option waits for, each as a question and whom to ask."""
    if standing.group != "depends":
        return []
    questions = dict.fromkeys(q for reason in standing.reasons for q in reason.questions)
    return [library.questions[q].find_out for q in questions if library.questions[q].find_out]


def option_row(
    library: Library, answers: Answers, standing: Standing, clinic: Clinic | None = None
) -> dict[str, Any]:
    """One option on the outcome page."""
    found = library.options[standing.option]
    option = library.guide.options[standing.option]
    done = [
        library.reasons[rule.because]
        for rule in option.done
        if standing.done and rule.because in library.reasons
    ]
    return {
        "id": standing.option,
        "group": standing.group,
        "page": found.page,
        "tags": found.tags,
        "clinic": clinic,
        "offered": clinic is not None and standing.option in clinic.offers,
        "done": done,
        "reasons": [reason(library, answers, each) for each in standing.reasons],
        "cautions": [library.reasons[caution.because] for caution in standing.cautions],
        "change": change(library, answers, standing),
        "find_out": to_find_out(library, standing),
    }
