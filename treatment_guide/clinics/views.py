"""What clinics and record systems ask: the link kit, the sheets, Infobutton, FHIR, OpenAPI.

Nothing is kept. The result of the kit has an address of its own, which holds the code and no plain
answer.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from treatment_guide.clinics import openapi_document
from treatment_guide.clinics.clinic_link import Link, from_code, from_form
from treatment_guide.clinics.feed import KINDS, as_json, as_jsonp, as_xml, feed
from treatment_guide.clinics.fhir_examples import examples
from treatment_guide.clinics.integrator_tables import (
    FHIR,
    IGNORED,
    READ,
    STATUS,
    known_systems,
    requests_to_try,
)
from treatment_guide.clinics.link_kit import PNG_SCALE, QR_KINDS, form, name_of, on_paper, spoken
from treatment_guide.clinics.record_query import (
    MOST_BYTES,
    MOST_CRITERIA,
    RECIPIENTS,
    TYPES,
    Query,
    Unreadable,
    read,
)
from treatment_guide.clinics.topic_matching import Entry, entries
from treatment_guide.engine.code import WrongCode
from treatment_guide.http import errors
from treatment_guide.http.addresses import at, speaking, to
from treatment_guide.http.clock import now
from treatment_guide.http.errors import private
from treatment_guide.http.fhir_questionnaire import FHIR_JSON, questionnaire
from treatment_guide.http.handouts import in_original
from treatment_guide.http.library import library_of, with_library
from treatment_guide.http.methods import reads, takes
from treatment_guide.http.origin import public_address
from treatment_guide.http.redirecting import Redirect
from treatment_guide.library.model import Library
from treatment_guide.library.qr import qr_file, qr_png

#: Asked by browsers of other sites, on purpose, at this address only. Nothing of it is kept.
HEADERS = {
    "Cache-Control": "no-cache, no-store",
    "Pragma": "no-cache",
    "X-Robots-Tag": "noindex",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Sec-Fetch-Site, Sec-Fetch-Mode",
}
#: The order of the counts of the accessibility report.
STATES = ("supports", "partly", "does-not", "not-applicable", "not-evaluated")


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
    language = name_of(spoken(library, request.POST.get("language", "")))
    address = to("clinic_link", link.code) + (f"?language={language}" if language else "")
    if not request.htmx:  # type: ignore[attr-defined]
        return private(Redirect(address, status=303))
    # A new place brings its own causes; anything else changes the result alone.
    whole = "rest" in (request.htmx.target or "")  # type: ignore[attr-defined]
    template = "clinics/_rest.html" if whole else "clinics/_result.html"
    response = render(request, template, form(library, link, language))
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
def both_sheet(request: HttpRequest, code: str, large: bool = False) -> HttpResponse:
    """The sheet in a translation and in the original, on one page; there is none of the original."""
    if library_of(request).original is None:
        return private(Redirect(to(f"clinic_sheet{'_large' if large else ''}", code)))
    return _with_link(request, code, "sheet_both", "clinics/sheet.html", large=large, both=True)


@reads
def qr(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The QR code as a file to keep."""
    if kind not in QR_KINDS:
        raise Http404
    if away := in_original(request):
        return away
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
    request: HttpRequest,
    code: str,
    page: str,
    template: str,
    *,
    large: bool = False,
    both: bool = False,
) -> HttpResponse:
    if away := in_original(request):
        return away
    found = _read(library_of(request), code)
    if found is None:
        return private(errors.wrong_code(request))
    if found.code != code:
        # A typed code, or one with answers that no clinic tells: its own address has neither.
        return private(Redirect(to(f"clinic_{page}{'_large' if large else ''}", found.code)))
    context = (
        form(found.library, found, request.GET.get("language", ""))
        if page == "link"
        else on_paper(found, large=large, both=both)
    )
    return private(render(request, template, context))


@takes("GET", "HEAD", "POST")
def infobutton(request: HttpRequest) -> HttpResponse:
    """The answer in the form asked for; without one, a page for a person.

    Exempt from CSRF: record systems post here, and nothing changes.
    """
    try:
        query = _asked(request)
        if query.form == "jsonp" and from_own_page(request):
            raise Unreadable("own-page")
    except Unreadable as fault:
        words = library_of(request).ui[f"infobutton-bad-{fault.why}"]
        return _kept_nowhere(
            HttpResponse(words + "\n", status=400, content_type="text/plain; charset=utf-8")
        )
    asked_for = in_language_of(library_of(request), query.language)
    library = asked_for or library_of(request)
    if asked_for is None:  # what is ignored is not repeated
        query = replace(query, language="", in_original=True)
    with speaking(library):
        found = entries(library, query)
        return _kept_nowhere(
            _for_people(with_library(request, library), found, query.in_original)
            if query.form == "html"
            else _for_machines(library, query, found)
        )


def in_language_of(library: Library, tag: str) -> Library | None:
    """The library of the language that a record system asks for: `es-MX` and `spa` are Spanish. None
    where it is not served; without a tag the original.
    """
    wanted = tag.partition("-")[0].lower()
    for each in (library, *library.translations.values()):
        if wanted in ("", each.language.name, *each.language.tags):
            return each
    return None


def from_own_page(request: HttpRequest) -> bool:
    """True when a page of this site asks for the answer as a script, worker or other part of itself.

    JSONP is a script at our own address, so `script-src 'self'` in our Content-Security-Policy lets
    it run: whoever managed to put HTML into one of our pages could load
    `/infobutton?…&callback=…` there. No page of ours needs it, so it is refused.

    The browser says where a request comes from in Sec-Fetch-Site, and no page can change that
    header. Chromium sends it since 2019, Firefox since 2021, Safari since 2023. Other measures do
    less: a path in `script-src` needs the host's name, which built pages do not know; hashes of
    script files work in newer browsers only, and fail in older ones, which readers have. In a
    browser too old for the header the name of the callback remains the limit: a name is called with
    our own answer, and code cannot be sent.

    A navigation is let through: the form on `/clinics/test-your-link/` leads here, and what a
    browser shows as a page runs no script. So is a request of another site, and one of a record
    system, which sends no such header.
    """
    here = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return here and request.headers.get("Sec-Fetch-Mode") != "navigate"


def _asked(request: HttpRequest) -> Query:
    if len(request.META.get("QUERY_STRING", "")) > MOST_BYTES or len(request.body) > MOST_BYTES:
        raise Unreadable("long")
    return read({**request.GET.dict(), **request.POST.dict()})


def _for_machines(library: Library, query: Query, found: tuple[Entry, ...]) -> HttpResponse:
    made = feed(library, query, found, now())
    if query.form == "xml":
        body: str | bytes = as_xml(made)
    elif query.form == "json":
        body = as_json(made)
    else:
        body = as_jsonp(made, query.callback)
    return HttpResponse(body, content_type=KINDS[query.form])


def _for_people(request: HttpRequest, found: tuple[Entry, ...], in_original: bool) -> HttpResponse:
    """Straight to the page where there is one: that drops the code from the address bar. Where
    another language was asked for (`in_original`), a page says so first.
    """
    if len(found) == 1 and not in_original:
        return HttpResponseRedirect(at(found[0].address), status=303)
    return render(request, "clinics/infobutton.html", {"found": found, "in_original": in_original})


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response[name] = value
    return response


@reads
def integrator_sheet(request: HttpRequest) -> HttpResponse:
    """Everything an integrator needs, on one page."""
    library = library_of(request)
    context = {
        "address": f"{public_address(library)}/infobutton",
        "read": READ,
        "ignored": IGNORED,
        "systems": known_systems(library),
        "types": TYPES,
        "status": STATUS,
        "recipients": RECIPIENTS,
        "most": MOST_CRITERIA,
        "most_bytes": MOST_BYTES,
        "described": f"{public_address(library)}/clinics/openapi.json",
        "fhir": [f"{public_address(library)}/fhir/{name}" for name in FHIR],
        "tries": requests_to_try(),
        "prefixes": sum(map(len, library.diagnoses.values())),
    }
    return render(request, "clinics/integrator_sheet.html", context)


@reads
def test_page(request: HttpRequest) -> HttpResponse:
    """A form that sends a request as a record system would."""
    context = {
        "systems": known_systems(library_of(request)),
        "types": TYPES,
        "recipients": RECIPIENTS,
        "tries": requests_to_try(),
        "callback": "show",
    }
    return render(request, "clinics/test_your_link.html", context)


@reads
def accessibility_report(request: HttpRequest) -> HttpResponse:
    """The accessibility conformance report: every criterion, and how we know; its counts first."""
    library = library_of(request)
    counts = Counter(each.state for each in library.conformance)
    levels = dict.fromkeys(sorted(each.level for each in library.conformance))
    context = {
        "versions": [version_counts(library, version) for version in ("2.1", "2.2")],
        "levels": [
            (level, [each for each in library.conformance if each.level == level])
            for level in levels
        ],
        "total": len(library.conformance),
        "counts": [(state, counts[state]) for state in STATES],
        "tested": sum(bool(each.test) for each in library.conformance),
        "page": library.about["accessibility"],
    }
    return render(request, "clinics/accessibility_report.html", context)


def version_counts(library: Library, version: str) -> dict[str, Any]:
    """How the guide meets one version of WCAG, at levels A and AA together."""
    rows = [each for each in library.conformance if each.only in ("", version)]
    supports = sum(each.state == "supports" for each in rows)
    return {
        "version": version,
        "count": len(rows),
        "supports": supports,
        "other": sum(each.state == "not-applicable" for each in rows),
    }


@reads
def fhir_questionnaire(request: HttpRequest) -> HttpResponse:
    """The questionnaire as FHIR."""
    return JsonResponse(questionnaire(library_of(request)), content_type=FHIR_JSON)


@reads
def fhir_example(request: HttpRequest, kind: str) -> HttpResponse:
    """One example of how a link stands in a record."""
    library = library_of(request)
    answers = {"place": frozenset(("knee",)), "cause": frozenset(("arthritis",))}
    found = examples(Link(library, answers)).get(kind)
    if found is None:
        raise Http404
    return JsonResponse(found, content_type=FHIR_JSON)


@reads
def openapi(request: HttpRequest) -> HttpResponse:
    """What machines may ask, as OpenAPI."""
    return JsonResponse(openapi_document.document(library_of(request)))
