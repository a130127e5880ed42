"""The address that record systems ask: a diagnosis code in, the right pages out."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from treatment_guide.clinics.feed import as_json, as_jsonp, as_xml, feed
from treatment_guide.clinics.matching import Entry, entries
from treatment_guide.clinics.query import Query, Unreadable, read
from treatment_guide.http.methods import takes
from treatment_guide.library.checks import current_library

#: The most bytes of parameters; an honest request has a few hundred.
MOST_BYTES = 8192

#: Asked by browsers of other sites, on purpose, at this address only. Nothing of it is kept.
HEADERS = {
    "Cache-Control": "no-cache, no-store",
    "Pragma": "no-cache",
    "X-Robots-Tag": "noindex",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
KINDS = {
    "xml": "text/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonp": "application/javascript; charset=utf-8",
}


@takes("GET", "HEAD", "POST")
def infobutton(request: HttpRequest) -> HttpResponse:
    """The answer in the form asked for; without one, a page for a person.

    Exempt from CSRF: record systems post here, and nothing changes.
    """
    try:
        query = _read(request)
    except Unreadable as fault:
        words = current_library().ui[f"infobutton-bad-{fault.why}"]
        return _kept_nowhere(
            HttpResponse(words + "\n", status=400, content_type="text/plain; charset=utf-8")
        )
    found = entries(current_library(), query)
    return _kept_nowhere(
        _for_people(request, found) if query.form == "html" else _for_machines(query, found)
    )


def _read(request: HttpRequest) -> Query:
    if len(request.META.get("QUERY_STRING", "")) > MOST_BYTES or len(request.body) > MOST_BYTES:
        raise Unreadable("long")
    return read({**request.GET.dict(), **request.POST.dict()})


def _for_machines(query: Query, found: tuple[Entry, ...]) -> HttpResponse:
    made = feed(current_library(), query, found, timezone.now())
    if query.form == "xml":
        body: str | bytes = as_xml(made)
    elif query.form == "json":
        body = as_json(made)
    else:
        body = as_jsonp(made, query.callback)
    return HttpResponse(body, content_type=KINDS[query.form])


def _for_people(request: HttpRequest, found: tuple[Entry, ...]) -> HttpResponse:
    """Straight to the page where there is one: that drops the code from the address bar."""
    if len(found) == 1:
        return HttpResponseRedirect(found[0].address, status=303)
    return render(request, "clinics/infobutton.html", {"found": found})


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response[name] = value
    return response
