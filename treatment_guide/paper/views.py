"""Views of the two sheets, the portal message and the calendar file."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.http import clock
from treatment_guide.http.addresses import to
from treatment_guide.http.errors import private
from treatment_guide.http.fhir_questionnaire import FHIR_JSON
from treatment_guide.http.handouts import in_original
from treatment_guide.http.html.made_daily import made_daily
from treatment_guide.http.library import library_of
from treatment_guide.http.methods import reads
from treatment_guide.http.origin import public_address
from treatment_guide.http.redirecting import Redirect
from treatment_guide.library.model import Library
from treatment_guide.library.review.translated import unsigned
from treatment_guide.paper import sheet_code, sheets, waiting_room_form
from treatment_guide.paper.booklet import booklet, subjects
from treatment_guide.paper.calendar_file import calendar_file
from treatment_guide.paper.fhir_response import questionnaire_response
from treatment_guide.paper.own_foot import own_foot
from treatment_guide.paper.portal_message import pasted
from treatment_guide.questionnaire.look_again import day_after, look_again
from treatment_guide.questionnaire.visit import Visit, arrive

#: How a sheet can be shown: parameters of its address, and the value that turns each on.
SHOWN = {"print": "large", "words": "full"}


def outcome_of(here: Visit) -> Outcome:
    """The outcome of a visit. It is never Urgent: `arrive` has redirected to help before."""
    found = narrow(here.reader)
    assert isinstance(found, Outcome)
    return found


def in_full(request: HttpRequest) -> bool:
    """True where the reader wants the sheet to name what is else said discreetly."""
    return request.GET.get("words") == "full"


def turned(request: HttpRequest, name: str) -> str:
    """The address of this sheet with one choice of how it is shown turned on, or off where it is
    on; the other choice stays as it is.
    """
    chosen = {key: known for key, known in SHOWN.items() if request.GET.get(key) == known}
    if chosen.pop(name, None) is None:
        chosen[name] = SHOWN[name]
    ordered = {key: chosen[key] for key in SHOWN if key in chosen}
    return f"?{urlencode(ordered)}" if ordered else request.path


def common(request: HttpRequest, here: Visit) -> dict[str, Any]:
    """The values of both sheets: the day, the clinic, the code and address on paper, whether
    something is said discreetly, and the addresses of the same sheet shown in another way.
    """
    return {
        "discreet": sheet_code.discreet(here.library, here.answers),
        "in_full": in_full(request),
        "other_words": turned(request, "words"),
        "other_print": turned(request, "print"),
        "code": here.code(here.answers),
        "day": here.today,
        "clinic": here.known_clinic,
        "own": own_foot(here.library, here.known_clinic),
        "paper": sheet_code.paper(
            here.library, here.answers, here.clinic, public_address(here.library)
        ),
    }


@reads
def take(request: HttpRequest, code: str) -> HttpResponse:
    """The reader's sheet; with `?print=large` in large print."""
    here = arrive(request, code)
    if isinstance(here, HttpResponse):
        return here
    large = request.GET.get("print") == "large"
    context = common(request, here)
    sheet = sheets.patient(
        here.library,
        here.reader,
        outcome_of(here),
        large,
        in_full=in_full(request),
        own=context["own"],
        beneath=unsigned(here.library, here.today),
    )
    return private(render(request, "paper/take.html", {**context, "sheet": sheet}))


@reads
def clinician(request: HttpRequest, code: str) -> HttpResponse:
    """The clinician's sheet, and the same as plain text for a portal message."""
    here = arrive(request, code)
    if isinstance(here, HttpResponse):
        return here
    context = common(request, here)
    sheet = sheets.clinician(
        here.library,
        here.reader,
        outcome_of(here),
        in_full=in_full(request),
        own=context["own"],
    )
    context |= {"sheet": sheet, "asked_on": here.asked_on}
    text = pasted(here.library, sheet, context["paper"].address, context["day"], here.asked_on)
    return private(render(request, "paper/clinician.html", {**context, "text": text}))


@reads
def record(request: HttpRequest, code: str) -> HttpResponse:
    """The answers as a FHIR resource, for a record system. Made for this request, kept nowhere."""
    here = arrive(request, code)
    if isinstance(here, HttpResponse):
        return here
    response = JsonResponse(
        questionnaire_response(here.library, here.reader.answers, here.asked_on),
        content_type=FHIR_JSON,
    )
    response["Content-Disposition"] = 'attachment; filename="whats-next-answers.json"'
    return private(response)


@reads
def blank_form(request: HttpRequest, place: str) -> HttpResponse:
    """The questions of one place on paper, for the waiting room."""
    return in_original(request) or form_page(request, place)


@made_daily
def form_page(request: HttpRequest, place: str) -> HttpResponse:
    """The same, where it is handed out in the language of the request."""
    shown = waiting_room_form.form(library_of(request), place)
    if shown is None:
        raise Http404
    return render(request, "paper/form.html", shown)


@reads
def situation_booklet(request: HttpRequest, situation: str) -> HttpResponse:
    """One situation on paper, for readers without a screen."""
    away = in_original(request, *subjects(library_of(request), situation))
    return away or booklet_page(request, situation)


@made_daily
def booklet_page(request: HttpRequest, situation: str) -> HttpResponse:
    """The same, where it is handed out in the language of the request."""
    shown = booklet(library_of(request), situation)
    if shown is None:
        raise Http404
    return render(request, "paper/booklet.html", shown)


@reads
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The calendar file, while a notice says it is too soon to judge. Never cached."""
    here = arrive(request, code)
    if isinstance(here, HttpResponse):
        return here
    day = look_again(here.library, outcome_of(here), here.asked_on, here.today)
    if day is None:
        raise Http404
    return reminder(here.library, here.answers, day, here.today)


@reads
def option_calendar(request: HttpRequest, option: str, code: str = "") -> HttpResponse:
    """The calendar file with the day to look again after this option. Never cached.

    404 where there is no such option, or nobody knows when to look again. Of an option that is
    withdrawn there is no file: its page says why.
    """
    library, today = library_of(request), clock.today()
    if option in library.withdrawn:
        return private(Redirect(to("option", option)))
    answers: Answers = {}
    if code:
        here = arrive(request, code)
        if isinstance(here, HttpResponse):
            return here
        answers, today = here.answers, here.today
    day = day_after(library, option, today)
    if day is None:
        raise Http404
    return reminder(library, answers, day, today)


def reminder(library: Library, answers: Answers, day: date, today: date) -> HttpResponse:
    """A calendar file for a day. Calendars are shared and copied: its code holds the place and the
    cause alone, and leads to the danger signs and to what the treatment did.
    """
    site = public_address(library)
    address = sheet_code.way_back(library, sheet_code.place_and_cause(answers), None, site)
    text = calendar_file(library, day, address, site, today)
    response = HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="look-again.ics"'
    return private(response)
