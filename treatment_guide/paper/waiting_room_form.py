"""The blank form for the waiting room: the questions of one place, to fill in by hand."""

from typing import Any

from treatment_guide.engine.answers import Answers, Question
from treatment_guide.engine.code import encode, grouped
from treatment_guide.engine.flow import asked_now
from treatment_guide.engine.reader import Reader
from treatment_guide.http.origin import in_capitals, public_address
from treatment_guide.library.model import Library
from treatment_guide.library.qr import qr_svg

#: The question whose answer is printed on the form: there is one form for each place.
PLACE = "place"
#: The question whose answers decide, with the place, what else is asked.
CAUSE = "cause"


def places(library: Library) -> tuple[str, ...]:
    """The places that have a form of their own: those that a reader may name."""
    return library.guide.questions[PLACE].real_choices


def asked(library: Library, place: str) -> list[tuple[Question, tuple[str, ...]]]:
    """The questions on the form of a place, each with the choices that are offered there: those
    that the questionnaire asks before its outcome, in its order; the place itself is given.
    """
    given: Answers = {PLACE: frozenset((place,))}
    return [
        (question, question.offered(given))
        for question in library.guide.questions.values()
        if question.id != PLACE and (question.about_danger or _asked_here(library, question, given))
    ]


def _asked_here(library: Library, question: Question, given: Answers) -> bool:
    """True for a core question; for one that is asked for some options alone, while these can
    still change with a cause that the place offers.
    """
    if not question.core or not question.asked_for:
        return question.core
    cause = library.guide.questions[CAUSE]
    readers = (
        Reader(library.guide, {**given, CAUSE: frozenset((choice,))})
        for choice in cause.offered(given)
    )
    return any(asked_now(reader, question) for reader in readers)


def sign_in_original(library: Library, question: Question, choice: str) -> str:
    """A danger sign in short words of the original, to stand beneath a translated one; empty for the
    original, and for choices that are no sign.
    """
    if library.original is None or choice not in question.levels:
        return ""
    words = library.original.questions[question.id].choices[choice]
    return words.short or words.label


def form(library: Library, place: str) -> dict[str, Any] | None:
    """The values of the form of a place; None where there is no such place."""
    if place not in places(library):
        return None
    code = encode(library.layout, {PLACE: frozenset((place,))}, paper=True)
    site = public_address(library)
    release = library.site.release
    questions = [
        {
            "id": question.id,
            "number": number,
            "danger": question.about_danger,
            "several": question.kind == "several",
            "words": library.questions[question.id],
            "choices": [
                {
                    "words": library.questions[question.id].choices[c],
                    "level": question.levels.get(c),
                    "original": sign_in_original(library, question, c),
                }
                for c in offered
            ],
        }
        for number, (question, offered) in enumerate(asked(library, place), 1)
    ]
    return {
        "place": library.questions[PLACE].choices[place].label,
        "danger": [each for each in questions if each["danger"]],
        "others": [each for each in questions if not each["danger"]],
        "grouped": grouped(code),
        "typed": f"{site.removeprefix('https://')}/go/",
        "qr": qr_svg(in_capitals(library, f"/go/{code}/{release}/")),
        "help": library.pages["get-help-now"],
    }


def addresses(library: Library) -> list[str]:
    """The address of each form."""
    return [f"/clinics/forms/{place}/" for place in places(library)]
