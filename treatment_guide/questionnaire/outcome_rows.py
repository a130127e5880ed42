"""The rows of the outcome page, each made once for all who would read the same in it.

Where an option stands is worked out for every reader. Its row is then put together from what it
says alone: no piece holds all that one reader said, and the code of the page is put in last.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import get_template

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.changes import Changes
from treatment_guide.engine.model import Group
from treatment_guide.engine.outcome import Outcome, Reason, Standing
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Clinic, Library
from treatment_guide.questionnaire.answer_words import Said, listed, said

#: More changes than this at once are not spelled out: nobody hopes for three other answers.
SPELLED_OUT = 2

#: Stands where the code of the page will stand. No code has such a character.
CODE = "~code~"


@dataclass(frozen=True)
class Because:
    """A reason as it is shown: its words, what was said, and where to change or answer it."""

    kind: str
    words: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Nearer:
    """What would bring an option closer, in words, and the group it would then be in."""

    words: str
    then: Group | None = None


#: Nothing that can change would bring it closer.
NOTHING = Nearer("")


@dataclass(frozen=True)
class Row:
    """Everything that the outcome page says about one option, but for the code.

    `fixed`: nothing that can change would bring it in. What only waits is never fixed: time passes.
    """

    option: str
    group: Group
    clinic: Clinic | None
    reasons: tuple[Because, ...]
    cautions: tuple[str, ...]
    done: tuple[str, ...]
    change: Nearer | None
    find_out: tuple[str, ...]

    @property
    def fixed(self) -> bool:
        """True when it is said once, above all such rows, that nothing would bring them in."""
        return self.group == "less-likely" and self.change == NOTHING


def rows(
    library: Library, reader: Reader, outcome: Outcome, clinic: Clinic | None = None
) -> list[Row]:
    """The rows of all options, in fixed order, for one reader."""
    changes = Changes(reader)
    return [row(library, changes, standing, clinic) for standing in outcome.standings]


def row(
    library: Library, changes: Changes, standing: Standing, clinic: Clinic | None = None
) -> Row:
    """What is said about one option to the reader of these changes."""
    answers = changes.reader.answers
    rules = library.guide.options[standing.option]
    return Row(
        standing.option,
        standing.group,
        clinic,
        tuple(reason(library, answers, each) for each in standing.reasons),
        tuple(library.reasons[caution.because] for caution in standing.cautions),
        tuple(
            library.reasons[rule.because]
            for rule in rules.done
            if standing.done and rule.because in library.reasons
        ),
        change(library, changes, standing),
        tuple(to_find_out(library, standing)),
    )


def markup(library: Library, found: Row, code: str) -> str:
    """A row as HTML, on the page with this code."""
    served = library is current_library()  # of another one, nothing is kept
    return (_kept(found) if served else _made(library, found)).replace(CODE, code)


def _made(library: Library, found: Row) -> str:
    option = library.options[found.option]
    context = {
        "row": found,
        "page": option.page,
        "tags": option.tags,
        "offered": found.clinic is not None and found.option in found.clinic.offers,
        "code": CODE,
    }
    return get_template("questionnaire/_option_row.html").render(context)


@lru_cache(maxsize=8_000)
def _kept(found: Row) -> str:
    return _made(current_library(), found)


def reason(library: Library, answers: Answers, found: Reason) -> Because:
    """A reason in words, for these (effective) answers."""
    return Because(
        found.kind,
        library.reasons[found.because] if found.because else "",
        tuple(
            Said(question, library.questions[question].name, said(library, answers, question))
            for question in found.questions
        ),
    )


def change(library: Library, changes: Changes, standing: Standing) -> Nearer | None:
    """What would bring an option closer, in words; NOTHING where nothing that can change
    would. None for an option that fits, or that only waits for an answer. What takes many
    changes is said to take several: "if it turns out to be CRPS, after …, and if …" only frightens.
    """
    if standing.group not in ("later", "less-likely"):
        return None
    found = changes.of(standing.option)
    if found is None:
        return NOTHING
    if len(found.moves) > SPELLED_OUT:
        return Nearer(library.ui["change-several"])
    phrases = [
        words.gone if move.gone else words.change
        for move in found.moves
        for words in [library.questions[move.question].choices[move.choice]]
    ]
    return Nearer(listed(library, phrases), found.group)


def to_find_out(library: Library, standing: Standing) -> list[str]:
    """What an option waits for, each as a question and whom to ask."""
    if standing.group != "depends":
        return []
    questions = dict.fromkeys(q for each in standing.reasons for q in each.questions)
    return [library.questions[q].find_out for q in questions if library.questions[q].find_out]
