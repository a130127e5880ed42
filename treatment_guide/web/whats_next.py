"""The questionnaire. Answers travel in the address as a code; nothing is kept on the server."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from treatment_guide.engine.answers import Answers, Question, answer, effective, signs
from treatment_guide.engine.code import WrongCode, day_number, decode, encode, lapsed
from treatment_guide.engine.flow import (
    OUTCOME,
    gate,
    next_page,
    previous_page,
    questions_left,
)
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.http import errors
from treatment_guide.http.errors import private
from treatment_guide.http.methods import reads, takes
from treatment_guide.library.checks import current_library
from treatment_guide.library.model import Clinic, Library
from treatment_guide.web import arrival
from treatment_guide.web import outcome as show
from treatment_guide.web.remembered import remembered
from treatment_guide.web.reminder import look_again
from treatment_guide.web.since import release_in, since
from treatment_guide.web.typed import cleaned, typed_code

HELP = {"emergency": "/get-help-now/#emergency", "today": "/get-help-now/#today"}
EPOCH = date(2026, 1, 1)


def today() -> int:
    """Today, as the number of days since 2026-01-01."""
    return (timezone.localdate() - EPOCH).days


def todays_date() -> date:
    """Today as a date: the same day as `today()`."""
    return EPOCH + timedelta(days=today())


@dataclass(frozen=True)
class Visit:
    """One request to the questionnaire: the library, the answers in the address, the day."""

    library: Library
    answers: Answers
    day: int | None
    clinic: int | None
    release: str = ""  # of the printed page that the reader came from

    @cached_property
    def reader(self) -> Reader:
        """What follows from the answers."""
        return Reader(self.library.guide, self.answers)

    @property
    def known_clinic(self) -> Clinic | None:
        """The clinic that the code names."""
        return self.library.clinics.get(self.clinic or 0)

    def code(self, answers: Answers) -> str:
        """The code of these answers, with the day their danger signs were answered."""
        guide = self.library.guide
        answered = any(question.id in answers for question in guide.danger)
        day = (today() if self.day is None else self.day) if answered else None
        return encode(self.library.layout, answers, day=day, clinic=self.clinic)

    @property
    def asked_on(self) -> date:
        """The day the danger signs were answered: today or yesterday, else they have lapsed."""
        days = 0 if self.day == day_number(today()) else 1
        return todays_date() - timedelta(days=days)

    def address(self, page: str, answers: Answers) -> str:
        """The address of a page of the questionnaire."""
        printed = f"?r={self.release}" if self.release else ""
        return f"/whats-next/{page}/{self.code(answers)}/{printed}"


def visit(request: HttpRequest, code: str) -> Visit:
    """What the code in an address says today. Answers about another day have lapsed: the danger
    signs, and how long ago the injection was.

    Raises WrongCode when the code was never issued.
    """
    library = current_library()
    read = decode(library.layout, library.guide.questions, code)
    decoded = lapsed(library.layout, read, today())
    return Visit(library, decoded.answers, decoded.day, decoded.clinic, release_in(request))


def help_now(library: Library, answers: Answers) -> HttpResponse | None:
    """The way to help when a danger sign is ticked. The address carries no code."""
    guide = library.guide
    found = signs(guide.questions, effective(guide.questions, answers))
    for level in ("emergency", "today"):
        ticked = found.get(level, ())
        alone = all(
            sign in question.never_stored
            for sign in ticked
            for question in guide.danger
            if sign in question.choices
        )
        if ticked:
            # Thoughts of self-harm: the top of the page, whose first card is about them.
            return private(redirect("/get-help-now/" if alone else HELP[level]))
    return None


def arrive(request: HttpRequest, code: str) -> Visit | HttpResponse:
    """The visit to a page that shows options, or what has to come before it.

    That is a kind page for a wrong code, the way to help for a danger sign already ticked,
    and the danger signs where they are not answered for today.
    """
    try:
        here = visit(request, code)
    except WrongCode:
        return private(errors.wrong_code(request))
    urgent = help_now(here.library, here.answers)
    if urgent:
        return urgent
    before = gate(here.reader, OUTCOME)
    if before:
        return private(redirect(here.address(before, here.answers)))
    return here


def see_other(address: str) -> HttpResponse:
    """After a POST: go and look there."""
    return private(HttpResponseRedirect(address, status=303))


@reads
def start(request: HttpRequest) -> HttpResponse:
    """What the questionnaire is, before the first question."""
    library = current_library()
    context = {
        "first": f"/whats-next/{next(iter(library.guide.questions))}/{encode(library.layout, {})}/",
        "core": sum(q.core and not q.about_danger for q in library.guide.questions.values()),
        "privacy_title": library.about["privacy"].title,
    }
    return render(request, "whats_next/start.html", context)


@takes("GET", "HEAD", "POST")
@remembered(lambda: today())
def question(request: HttpRequest, question: str, code: str) -> HttpResponse:
    """One question: its page, a tick sent by htmx, or a submitted answer.

    Exempt from CSRF (no token, no middleware): nothing changes on the server, and with
    `no-referrer` a browser sends `Origin: null`, which a token check would refuse.
    """
    response = _question(request, question, code)
    if request.htmx and response.has_header("Location"):  # type: ignore[attr-defined]
        # A script would follow it and take the page for a list. htmx opens the page instead.
        return private(HttpResponseClientRedirect(response["Location"]))
    return response


def _question(request: HttpRequest, question: str, code: str) -> HttpResponse:
    try:
        here = visit(request, code)
    except WrongCode:
        return private(errors.wrong_code(request))
    guide = here.library.guide
    if question not in guide.questions:
        raise Http404
    urgent = help_now(here.library, here.answers)
    if urgent:
        return urgent
    before = gate(here.reader, question)
    if before:
        return private(redirect(here.address(before, here.answers)))
    if request.method == "POST":
        return _answered(request, here, guide.questions[question])
    return private(render(request, "whats_next/question.html", _page(here, question)))


def _answered(request: HttpRequest, here: Visit, asked: Question) -> HttpResponse:
    chosen = request.POST.getlist(asked.id)
    if any(choice not in asked.choices for choice in chosen):
        return private(errors.bad_request(request))
    fault = _fault(here, asked, chosen)
    if fault:
        context = _page(here, asked.id, fault, frozenset(chosen))
        return private(render(request, "whats_next/question.html", context, status=422))
    answers = answer(here.library.guide.questions, here.answers, asked.id, chosen)
    if asked is here.library.guide.danger[0] and here.day != day_number(today()):
        # From here on the day is today. What else was answered yesterday about that day is not
        # made today's: it is asked again in its turn.
        old = here.library.layout.now - {asked.id}
        answers = {q: chosen for q, chosen in answers.items() if q not in old}
        here = replace(here, day=None)
    urgent = help_now(here.library, answers)
    if urgent:
        urgent.status_code = 303
        return urgent
    if request.htmx:  # type: ignore[attr-defined]
        return _tick(request, here, asked, answers)
    following = next_page(Reader(here.library.guide, answers), asked.id)
    return see_other(here.address(following, answers))


def _fault(here: Visit, asked: Question, chosen: list[str]) -> str | None:
    """The words that say what is wrong with an answer, or None."""
    if asked.about_danger and not asked.read(chosen, here.answers):
        return "fault-danger-empty"
    if asked.kind == "several" and asked.most and len(set(chosen)) > asked.most:
        return "fault-too-many"
    return None


def _tick(request: HttpRequest, here: Visit, asked: Question, answers: Answers) -> HttpResponse:
    """The list alone, for a choice just ticked; the address takes the new code."""
    if asked.about_danger:
        return private(HttpResponse(status=204))
    response = HttpResponse(show.live_list(Reader(here.library.guide, answers).groups))
    response["HX-Replace-Url"] = here.address(asked.id, answers)
    return private(response)


def _page(
    here: Visit, name: str, fault: str | None = None, chosen: frozenset[str] | None = None
) -> dict[str, Any]:
    """Everything a question page shows."""
    library, guide = here.library, here.library.guide
    asked, words = guide.questions[name], library.questions[name]
    counted = here.reader.answers
    ticked = counted.get(name, frozenset()) if chosen is None else chosen
    back = previous_page(here.reader, name)
    following = next_page(here.reader, name)
    offered = asked.offered(counted)
    rows = {
        choice: {
            "id": choice,
            "words": words.choices[choice],
            "ticked": choice in ticked,
            "level": asked.levels.get(choice),
        }
        for choice in offered
    }
    grouped = [
        {"title": title, "rows": [rows[c] for c in group if c in rows]}
        for title, group in words.groups
    ]
    in_groups = {c for _, group in words.groups for c in group}
    return {
        "question": asked,
        "words": words,
        "groups": [group for group in grouped if group["rows"]],
        "rows": [row for choice, row in rows.items() if choice not in in_groups],
        "fault": fault,
        "arrived": _arrived(here) if asked is guide.danger[0] else None,
        "since": since(here.release) if asked is guide.danger[0] else None,
        "back": here.address(back, here.answers) if back else "/whats-next/",
        "skip": None if asked.about_danger else here.address(following, here.answers),
        "show_now": here.address(OUTCOME, here.answers) if _may_show(here, name) else None,
        "left": questions_left(here.reader, name),
        "live": None if asked.about_danger else show.live_list(here.reader.groups),
    }


def _arrived(here: Visit) -> dict[str, Any] | None:
    """What the code told before anything was asked; nothing once the danger signs are answered."""
    if any(question.id in here.answers for question in here.library.guide.danger):
        return None

    def code(answers: Answers, clinic: Clinic | None) -> str:
        number = clinic.number if clinic else None
        return encode(here.library.layout, answers, clinic=number)

    return arrival.arrived(here.library, here.answers, here.known_clinic, code)


def _may_show(here: Visit, name: str) -> bool:
    """True from the question after the last danger signs on."""
    order = list(here.library.guide.questions)
    last_danger = max(order.index(q.id) for q in here.library.guide.danger)
    return order.index(name) > last_danger


@reads
@remembered(lambda: today())
def outcome(request: HttpRequest, code: str) -> HttpResponse:
    """Where every option stands, and why."""
    here = arrive(request, code)
    if isinstance(here, HttpResponse):
        return here
    found = narrow(here.reader)
    assert isinstance(found, Outcome)
    context = show.outcome_page(
        here.library, here.answers, here.reader, found, here.code(here.answers), here.known_clinic
    )
    context["since"] = since(here.release, brief=True)
    context["again"] = look_again(here.library, found, todays_date())
    return private(render(request, "whats_next/outcome.html", context))


@reads
def go(request: HttpRequest, code: str, release: str = "") -> HttpResponse:
    """A code from paper: the answers come back after the danger signs are asked anew.

    The release that the paper was printed from stands behind `?r=`, or in the path of a QR code.
    """
    library = current_library()
    try:
        decoded = decode(library.layout, library.guide.questions, cleaned(code))
    except WrongCode:
        return private(errors.wrong_code(request))
    paper = encode(library.layout, decoded.answers, clinic=decoded.clinic, paper=True)
    first = next(iter(library.guide.questions))
    printed = release_in(request, release)
    there = f"/whats-next/{first}/{paper}/"
    return private(redirect(f"{there}?r={printed}" if printed else there))


@reads
def go_form(request: HttpRequest) -> HttpResponse:
    """The box "I have a code": the typed code leads on, a wrong one is said kindly."""
    typed = request.GET.get("code", "")
    if not typed.strip():
        return private(render(request, "whats_next/go.html", {"typed": ""}))
    library = current_library()
    code, release = typed_code(typed)
    try:
        decode(library.layout, library.guide.questions, code)
    except WrongCode as wrong:
        context = {"typed": typed[:200], "fault": f"fault-code-{wrong.why.replace(' ', '-')}"}
        return private(render(request, "whats_next/go.html", context, status=422))
    return go(request, code, release)
