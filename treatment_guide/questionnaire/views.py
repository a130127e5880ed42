"""Views of the questionnaire. Answers are in the address as a code; the server stores nothing."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from treatment_guide.engine.answers import Answers, Question, answer
from treatment_guide.engine.code import WrongCode, day_number, days_since_2026, decode, encode
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
from treatment_guide.http.addresses import to
from treatment_guide.http.errors import private
from treatment_guide.http.html.assets import policy_for
from treatment_guide.http.library import library_of
from treatment_guide.http.methods import reads, takes
from treatment_guide.http.redirecting import Redirect, opened_by_htmx, sent_by_htmx
from treatment_guide.library.model import Clinic
from treatment_guide.questionnaire import arrival, what_matters
from treatment_guide.questionnaire.asking.body_map import body_maps
from treatment_guide.questionnaire.asking.choices import choice_parts
from treatment_guide.questionnaire.asking.list_line import line_parts
from treatment_guide.questionnaire.asking.live_list import list_parts
from treatment_guide.questionnaire.changed_since import release_in, since, withdrawn_line
from treatment_guide.questionnaire.help_answer import help_answer
from treatment_guide.questionnaire.look_again import dated, days_again
from treatment_guide.questionnaire.outcome.option import option_page
from treatment_guide.questionnaire.outcome.page import outcome_page, unfolded
from treatment_guide.questionnaire.typed_code import cleaned, typed_code
from treatment_guide.questionnaire.visit import Visit, arrive, help_now, read_visit
from treatment_guide.reading import comparison


def see_other(address: str) -> HttpResponse:
    """A redirect (303) after a POST, never cached."""
    return private(Redirect(address, status=303))


@reads
def start(request: HttpRequest) -> HttpResponse:
    """The start page of the questionnaire."""
    library = library_of(request)
    context = {
        "first": to("question", next(iter(library.guide.questions)), encode(library.layout, {})),
        "core": sum(q.core and not q.about_danger for q in library.guide.questions.values()),
        "privacy_title": library.about["privacy"].title,
    }
    return render(request, "questionnaire/start.html", context)


@takes("GET", "HEAD", "POST")
def question(request: HttpRequest, question: str, code: str) -> HttpResponse:
    """One question: its page, a tick sent by htmx, or a submitted answer.

    Exempt from CSRF (no token, no middleware): nothing changes on the server, and with
    `no-referrer` a browser sends `Origin: null`, which a token check would refuse.
    """
    response = _question(request, question, code)
    if sent_by_htmx(request) and response.has_header("Location"):
        # A script would follow it and take the page for a list. htmx opens the page instead.
        return private(opened_by_htmx(response["Location"]))
    return response


def _question(request: HttpRequest, question: str, code: str) -> HttpResponse:
    try:
        here = read_visit(request, code)
    except WrongCode:
        return private(errors.wrong_code(request))
    guide = here.library.guide
    if question not in guide.questions:
        raise Http404
    urgent = help_now(here.reader)
    if urgent:
        return urgent
    before = gate(here.reader, question)
    if before:
        return private(Redirect(here.address(before, here.answers)))
    if request.method == "POST":
        return _answered(request, here, guide.questions[question])
    return _shown(request, _page(here, question))


def _answered(request: HttpRequest, here: Visit, asked: Question) -> HttpResponse:
    chosen = request.POST.getlist(asked.id)
    if any(choice not in asked.choices for choice in chosen):
        return private(errors.bad_request(request))
    fault = _fault(here, asked, chosen)
    if fault:
        context = _page(here, asked.id, fault, frozenset(chosen))
        return _shown(request, context, status=422)
    answers = answer(here.library.guide.questions, here.answers, asked.id, chosen)
    if asked is here.library.guide.danger[0] and here.day != day_number(
        days_since_2026(here.today)
    ):
        # From here on the day is today. What else was answered yesterday about that day is not
        # made today's: it is asked again in its turn.
        old = here.library.layout.now - {asked.id}
        answers = {q: chosen for q, chosen in answers.items() if q not in old}
        here = replace(here, day=None)
    reader = Reader(here.library.guide, answers)
    if reader.urgent:
        return help_answer(request, here, asked, reader)
    if sent_by_htmx(request):
        return _tick(here, asked, reader, answers)
    following = next_page(reader, asked.id)
    return see_other(here.address(following, answers))


def _shown(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page of a question. One with a picture of the body brings its own content policy."""
    response = private(render(request, "questionnaire/question.html", context, status=status))
    if context["body_map"]:
        response["Content-Security-Policy"] = context["body_map"].policy
    return response


def _fault(here: Visit, asked: Question, chosen: list[str]) -> str | None:
    """The key of the words for what is wrong with an answer, or None."""
    if asked.about_danger and not asked.read(chosen, here.answers):
        return "fault-danger-empty"
    if asked.kind == "several" and asked.most and len(set(chosen)) > asked.most:
        return "fault-too-many"
    return None


def _tick(here: Visit, asked: Question, reader: Reader, answers: Answers) -> HttpResponse:
    """Only the list and its line, for a choice just ticked; a header sets the new address."""
    if asked.about_danger:
        return private(HttpResponse(status=204))
    response = HttpResponse(
        list_parts(here.library).list_html(reader.groups)
        + line_parts(here.library).line_html(reader.groups)
    )
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
    choice_html = choice_parts(library).choice_html
    rows = {
        choice: {"id": choice, "html": choice_html(name, choice, choice in ticked)}
        for choice in offered
    }
    grouped = [
        {"title": title, "rows": [rows[c] for c in group if c in rows]}
        for title, group in words.groups
    ]
    arrived = _arrived(here) if asked is guide.danger[0] else None
    in_groups = {c for _, group in words.groups for c in group}
    return {
        "question": asked,
        "words": words,
        "groups": [group for group in grouped if group["rows"]],
        "rows": [row for choice, row in rows.items() if choice not in in_groups],
        "fault": fault,
        "body_map": body_maps(library).get(name),
        "arrived": arrived,
        "since": since(library, here.release, printed=arrived is not None)
        if asked is guide.danger[0]
        else None,
        "back": here.address(back, here.answers) if back else to("whats_next"),
        "skip": None if asked.about_danger else here.address(following, here.answers),
        "show_now": here.address(OUTCOME, here.answers) if _may_show(here, name) else None,
        "left": questions_left(here.reader, name),
        **(_list(here) if not asked.about_danger else {}),
    }


def _list(here: Visit) -> dict[str, Any]:
    """The list so far, its line above Continue, and the signs that the line is drawn of."""
    line = line_parts(here.library)
    return {
        "live": list_parts(here.library).list_html(here.reader.groups),
        "line": line.line_html(here.reader.groups),
        "shapes": line.shapes,
    }


def _arrived(here: Visit) -> dict[str, Any] | None:
    """The answers that the code brought along; None once the danger signs are answered."""
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
def outcome(request: HttpRequest, code: str) -> HttpResponse:
    """Where every option stands, and why."""
    here = arrive(request, code)
    return here if isinstance(here, HttpResponse) else _sent(_outcome(here))


@reads
def outcome_all(request: HttpRequest, code: str) -> HttpResponse:
    """The same page with nothing to open, to print."""
    here = arrive(request, code)
    if isinstance(here, HttpResponse):
        return here
    return _sent(unfolded(_outcome(here)))


@reads
def outcome_option(request: HttpRequest, code: str, option: str) -> HttpResponse:
    """The page of an option, with a way back to the reader's list."""
    here = arrive(request, code)
    if isinstance(here, HttpResponse):
        return here
    page = option_page(here.library, option, here.code(here.answers), what_matters.place_of(here))
    if page is None:
        raise Http404
    return _sent(page, "option")


def _sent(page: str, kind: str = "outcome") -> HttpResponse:
    """A page of one of the fullest kinds, never cached: its policy allows the style of its kind alone,
    to save bytes.
    """
    response = private(HttpResponse(page))
    response["Content-Security-Policy"] = policy_for(kind)
    return response


def _outcome(here: Visit) -> str:
    """The outcome page of a visit, as HTML."""
    found = narrow(here.reader)
    assert isinstance(found, Outcome)
    return outcome_page(
        here.library,
        here.answers,
        here.reader,
        found,
        here.code(here.answers),
        clinic=here.known_clinic.number if here.known_clinic else None,
        since=since(here.library, here.release, brief=True),
        days=days_again(here.library, found, here.asked_on, here.today),
        dated=dated(here.library, here.today),
    )


@reads
def go(request: HttpRequest, code: str, release: str = "") -> HttpResponse:
    """A code from paper: the answers come back after the danger signs are asked anew.

    The release that the paper was printed from stands behind `?r=`, or in the path of a QR code.
    """
    library = library_of(request)
    try:
        decoded = decode(library.layout, library.guide.questions, cleaned(code))
    except WrongCode:
        return private(errors.wrong_code(request))
    paper = encode(library.layout, decoded.answers, clinic=decoded.clinic, paper=True)
    first = next(iter(library.guide.questions))
    printed = release_in(request, release)
    there = to("question", first, paper)
    return private(Redirect(f"{there}?r={printed}" if printed else there))


@reads
def go_form(request: HttpRequest) -> HttpResponse:
    """The form "I have a code": redirects to the code, or shows why it is wrong."""
    typed, library = request.GET.get("code", ""), library_of(request)
    withdrawn = withdrawn_line(library)
    if not typed.strip():
        context = {"typed": "", "withdrawn": withdrawn}
        return private(render(request, "questionnaire/go.html", context))
    code, release = typed_code(typed)
    try:
        decode(library.layout, library.guide.questions, code)
    except WrongCode as wrong:
        fault = f"fault-code-{wrong.why.replace(' ', '-')}"
        context = {"typed": typed[:200], "fault": fault, "withdrawn": withdrawn}
        return private(render(request, "questionnaire/go.html", context, status=422))
    return go(request, code, release)


@reads
def compare_by_what_matters(request: HttpRequest, code: str) -> HttpResponse:
    """The comparison of options, with the parts that matter to this reader first."""
    here = arrive(request, code)
    if isinstance(here, HttpResponse):
        return here
    library = here.library
    known, fault = comparison.chosen(request, library)
    context = comparison.comparison_values(
        library,
        known,
        what_matters.ordered(here),
        fault,
        what_matters.place_of(here),
        here.answers.get("matters", frozenset()),
    )
    return private(
        render(
            request,
            "reading/compare.html",
            {**context, "code": code, "matters": what_matters.matters_in_words(here)},
        )
    )
