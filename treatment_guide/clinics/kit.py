"""The link kit: a few choices become a link, a code, a QR code, texts to paste, a printed sheet.

Nothing is kept. The result has an address of its own, which holds the code and no plain answer.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from treatment_guide.clinics.clinic_link import KNOWN, Link, from_code, from_form, offered
from treatment_guide.clinics.handout_texts import MESSAGE, blocks
from treatment_guide.engine.code import WrongCode
from treatment_guide.http import errors
from treatment_guide.http.addresses import to
from treatment_guide.http.errors import private
from treatment_guide.http.library import library_of
from treatment_guide.http.methods import reads, takes
from treatment_guide.http.redirecting import Redirect
from treatment_guide.library.loading.clinics import clinic_card
from treatment_guide.library.model import Library
from treatment_guide.library.qr import qr_file, qr_png, qr_svg

#: Dots of a PNG to one module: about 5 cm at 300 dots an inch.
PNG_SCALE = 14
#: The kinds of file that a QR code is handed out as.
QR_KINDS = {"svg": "image/svg+xml", "png": "image/png"}


@takes("GET", "HEAD", "POST")
def kit(request: HttpRequest) -> HttpResponse:
    """The form. A POST leads to the link's own address; a tick sent by htmx gets the rest alone.

    Exempt from CSRF as the questionnaire is: nothing changes on the server.
    """
    library = library_of(request)
    if request.method != "POST":
        return render(request, "clinics/kit.html", form(library, None))
    link = from_form(library, request.POST.dict())
    if link is None:
        context = {**form(library, None), "fault": True}
        return private(render(request, "clinics/kit.html", context, status=422))
    address = to("clinic_link", link.code)
    if not request.htmx:  # type: ignore[attr-defined]
        return private(Redirect(address, status=303))
    # A new place brings its own causes; anything else changes the result alone.
    whole = "rest" in (request.htmx.target or "")  # type: ignore[attr-defined]
    template = "clinics/_rest.html" if whole else "clinics/_result.html"
    response = render(request, template, form(library, link))
    response["HX-Replace-Url"] = address
    return private(response)


@reads
def link(request: HttpRequest, code: str) -> HttpResponse:
    """A finished link, and the form to change it."""
    return _with_link(request, code, "link", "clinics/kit.html")


@reads
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet for the patient, for paper."""
    return _with_link(request, code, "sheet", "clinics/sheet.html")


@reads
def large_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The same sheet in large print."""
    return _with_link(request, code, "sheet", "clinics/sheet.html", large=True)


@reads
def qr(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The QR code as a file to keep."""
    if kind not in QR_KINDS:
        raise Http404
    found = _read(library_of(request), code)
    if found is None:
        return private(errors.wrong_code(request))
    drawn = qr_file(found.address) if kind == "svg" else qr_png(found.address, PNG_SCALE)
    response = HttpResponse(drawn, content_type=QR_KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="link-{found.code}.{kind}"'
    return private(response)


def _read(library: Library, code: str) -> Link | None:
    try:
        return from_code(library, code)
    except WrongCode:
        return None


def _with_link(
    request: HttpRequest, code: str, page: str, template: str, large: bool = False
) -> HttpResponse:
    found = _read(library_of(request), code)
    if found is None:
        return private(errors.wrong_code(request))
    if found.code != code:
        # A typed code, or one with answers that no clinic tells: its own address has neither.
        return private(Redirect(to(f"clinic_{page}{'_large' if large else ''}", found.code)))
    context = form(found.library, found) if page == "link" else on_paper(found)
    return private(render(request, template, {**context, "large": large}))


def form(library: Library, link: Link | None) -> dict[str, Any]:
    """Everything the kit shows: the questions, and the result once there is a place."""
    answers = link.answers if link else {}
    questions = [
        {
            "id": SafeString(question),
            "name": library.questions[question].name,
            "rows": [
                {
                    "id": SafeString(choice),
                    "field": SafeString(f"{question}-{choice}"),
                    "label": library.questions[question].choices[choice].label,
                    "ticked": choice in answers.get(question, ()),
                }
                for choice in offered(library, question, answers)
            ],
        }
        for question in KNOWN
    ]
    return {
        "place": questions[0],
        "cause": questions[1],
        "more": questions[2:],
        "link": link,
        "clinics": library.clinics.values(),
        "qr": qr_svg(link.address) if link else "",
        "blocks": blocks(link) if link else (),
        "message_most": MESSAGE,
    }


def on_paper(link: Link) -> dict[str, Any]:
    """Everything the sheet shows."""
    library = link.library
    place = next(iter(link.answers["place"]))
    signs: dict[str, list[str]] = {"emergency": [], "today": []}
    crisis = []
    for question in library.guide.danger:
        words = library.questions[question.id].choices
        for sign in question.offered({"place": frozenset((place,))}):
            level = question.levels.get(sign)
            if sign in question.never_stored:
                crisis.append(words[sign].marked)
            elif level in signs:
                signs[level].append(words[sign].marked)
    return {
        "link": link,
        "qr": qr_svg(link.address),
        "levels": list(signs.items()),
        "crisis": crisis,
        "help": library.pages["get-help-now"],
        "clinic": clinic_card(link.clinic, library.ui) if link.clinic else None,
    }
