"""The address that record systems ask: a diagnosis code in, the right pages out."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from treatment_guide.clinics.feed import as_json, as_jsonp, as_xml, feed
from treatment_guide.clinics.record_query import Query, Unreadable, read
from treatment_guide.clinics.topic_matching import Entry, entries
from treatment_guide.http.addresses import at
from treatment_guide.http.clock import now
from treatment_guide.http.library import library_of
from treatment_guide.http.methods import takes
from treatment_guide.library.model import Library

#: The most bytes of parameters; an honest request has a few hundred.
MOST_BYTES = 8192

#: Asked by browsers of other sites, on purpose, at this address only. Nothing of it is kept.
HEADERS = {
    "Cache-Control": "no-cache, no-store",
    "Pragma": "no-cache",
    "X-Robots-Tag": "noindex",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Sec-Fetch-Site, Sec-Fetch-Mode",
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
        if query.form == "jsonp" and from_own_page(request):
            raise Unreadable("own-page")
    except Unreadable as fault:
        words = library_of(request).ui[f"infobutton-bad-{fault.why}"]
        return _kept_nowhere(
            HttpResponse(words + "\n", status=400, content_type="text/plain; charset=utf-8")
        )
    found = entries(library_of(request), query)
    return _kept_nowhere(
        _for_people(request, found)
        if query.form == "html"
        else _for_machines(library_of(request), query, found)
    )


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


def _read(request: HttpRequest) -> Query:
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


def _for_people(request: HttpRequest, found: tuple[Entry, ...]) -> HttpResponse:
    """Straight to the page where there is one: that drops the code from the address bar."""
    if len(found) == 1:
        return HttpResponseRedirect(at(found[0].address), status=303)
    return render(request, "clinics/infobutton.html", {"found": found})


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response[name] = value
    return response
