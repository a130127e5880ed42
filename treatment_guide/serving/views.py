"""Answers for machines: is it up, what may be crawled, what is there, whom to tell of a weakness."""

from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse

from treatment_guide.http.addresses import at
from treatment_guide.http.clock import today
from treatment_guide.http.library import library_of
from treatment_guide.http.methods import reads
from treatment_guide.http.origin import public_address
from treatment_guide.serving.addresses import LISTS, NOT_FOUND_BY_SEARCH
from treatment_guide.serving.health import health

#: How long what security.txt says may be relied on; RFC 9116 asks for less than a year.
GOOD_FOR = timedelta(days=180)
#: The page that says how to report what is wrong.
MISTAKES = "/about/mistakes/"


@reads
def healthz(request: HttpRequest) -> HttpResponse:
    """The release and the content that are served, and how many sets of answers were proven."""
    told = {"status": "ok", **health(library_of(request))}
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


@reads
def robots(request: HttpRequest) -> HttpResponse:
    """Reading pages may be crawled; pages that hold answers may not."""
    library = library_of(request)
    starts = [at(each.language.prefix) for each in (library, *library.translations.values())]
    lines = [
        "User-agent: *",
        *(f"Allow: {start}/whats-next/$" for start in starts),
        *(f"Disallow: {start}{path}" for start in starts for path in ("/whats-next/", "/go/")),
        f"Disallow: {at('/infobutton')}",
        f"Disallow: {at('/clinics/link/')}",
        f"Disallow: {at('/clinics/sheet/')}",
        f"Sitemap: {public_address(library_of(request))}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@reads
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every reading page with the day it was last checked; then the lists.

    Written here, because Django's sitemaps framework takes host and protocol from the request;
    this site uses PUBLIC_ORIGIN.
    """
    lists = [address for address in LISTS if address not in NOT_FOUND_BY_SEARCH]
    rows = [
        f"<url><loc>{public_address(library_of(request))}{page.address}</loc><lastmod>{page.checked}</lastmod></url>"
        for page in library_of(request).reading_pages
    ]
    rows += [
        f"<url><loc>{public_address(library_of(request))}{address}</loc></url>" for address in lists
    ]
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(rows)
        + "\n</urlset>\n"
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


@reads
def security(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116): where to report a weakness.

    Without a contact it names the page on reporting mistakes, which says that none is set.
    """
    library = library_of(request)
    until = datetime.combine(today() + GOOD_FOR, time(), UTC)
    lines = [
        f"Contact: {library.site.contact or public_address(library_of(request)) + MISTAKES}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {library.site.language}",
        f"Canonical: {public_address(library_of(request))}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
