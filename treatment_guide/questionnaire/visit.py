"""One request to the questionnaire: the answers in the code of its address, as they count today."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.code import (
    WrongCode,
    day_number,
    days_since_2026,
    decode,
    encode,
    lapsed,
)
from treatment_guide.engine.flow import OUTCOME, gate
from treatment_guide.engine.reader import Reader
from treatment_guide.http import clock, errors
from treatment_guide.http.addresses import to
from treatment_guide.http.errors import private
from treatment_guide.http.html.fragments import CODE
from treatment_guide.http.library import library_of
from treatment_guide.http.redirecting import Redirect
from treatment_guide.library.model import Clinic, Library
from treatment_guide.questionnaire.changed_since import release_in

#: The part of the page for help that is about signs of this level.
HELP = {"emergency": "#emergency", "today": "#today"}


@dataclass(frozen=True)
class Visit:
    """One request to the questionnaire: the library, the answers in the address, the day.

    What follows from them is computed once. `today` is read once as well: a request that is
    answered at midnight speaks of one day.
    """

    library: Library
    answers: Answers
    day: int | None
    clinic: int | None
    release: str = ""  # of the printed page that the reader came from
    today: date = field(default_factory=clock.today)

    @cached_property
    def reader(self) -> Reader:
        """The engine's Reader of these answers."""
        return Reader(self.library.guide, self.answers)

    @property
    def known_clinic(self) -> Clinic | None:
        """The clinic that the code names."""
        return self.library.clinics.get(self.clinic or 0)

    def code(self, answers: Answers) -> str:
        """The code of these answers, with the day their danger signs were answered."""
        return self._own_code if answers is self.answers else self._encoded(answers)

    @cached_property
    def _own_code(self) -> str:
        """The code of the answers of this visit: several links of a page carry it."""
        return self._encoded(self.answers)

    def _encoded(self, answers: Answers) -> str:
        guide = self.library.guide
        answered = any(question.id in answers for question in guide.danger)
        day = days_since_2026(self.today) if self.day is None else self.day
        return encode(
            self.library.layout, answers, day=day if answered else None, clinic=self.clinic
        )

    @property
    def asked_on(self) -> date:
        """The day the danger signs were answered: today or yesterday, else they have lapsed."""
        days = 0 if self.day == day_number(days_since_2026(self.today)) else 1
        return self.today - timedelta(days=days)

    def address(self, page: str, answers: Answers) -> str:
        """The address of a page of the questionnaire."""
        printed = f"?r={self.release}" if self.release else ""
        return _address(page, get_script_prefix()).replace(CODE, self.code(answers)) + printed


@cache  # one entry a page of the questionnaire; saves 11 of 400 µs a tick
def _address(page: str, base: str) -> str:
    """The address of a page of the questionnaire below a base path, with CODE for the code."""
    return to(OUTCOME, CODE) if page == OUTCOME else to("question", page, CODE)


def read_visit(request: HttpRequest, code: str) -> Visit:
    """What the code in an address says today. Answers about another day have lapsed: the danger
    signs, and how long ago the injection was.

    Raises WrongCode when the code was never issued.
    """
    library = library_of(request)
    read = decode(library.layout, library.guide.questions, code)
    today = clock.today()
    decoded = lapsed(library.layout, read, days_since_2026(today))
    return Visit(
        library, decoded.answers, decoded.day, decoded.clinic, release_in(request), today=today
    )


def help_now(reader: Reader) -> HttpResponse | None:
    """A redirect to the help page when an urgent danger sign is ticked, else None."""
    return private(Redirect(help_address(reader))) if reader.urgent else None


def help_address(reader: Reader) -> str:
    """The address of the help page, at the level of the most urgent sign ticked. It has no code."""
    guide, found = reader.guide, reader.signs
    for level in ("emergency", "today"):
        ticked = found.get(level, ())
        alone = all(
            sign in question.never_stored
            for sign in ticked
            for question in guide.danger
            if sign in question.choices
        )
        if ticked:
            # Thoughts of self-harm alone: the top of the page, where their card is the first.
            return to("get_help_now") + ("" if alone else HELP[level])
    return to("get_help_now")


def arrive(request: HttpRequest, code: str) -> Visit | HttpResponse:
    """The visit to a page that shows options, or the response that comes first: the error page for
    a wrong code, the redirect to help for a ticked danger sign, the redirect to danger signs that
    are not answered for today.
    """
    try:
        here = read_visit(request, code)
    except WrongCode:
        return private(errors.wrong_code(request))
    urgent = help_now(here.reader)
    if urgent:
        return urgent
    before = gate(here.reader, OUTCOME)
    if before:
        return private(Redirect(here.address(before, here.answers)))
    return here
