"""Answers for machines: is it up, what may be crawled, what is there."""

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from treatment_guide.http.clock import today
from treatment_guide.http.methods import reads
from treatment_guide.http.origin import public_origin
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library
from treatment_guide.library.release.stamp import content_version
from treatment_guide.serving.build.built import serving
from treatment_guide.serving.middleware import Handler


@lru_cache(maxsize=1)  # saves reading the folder of content
def version() -> str:
    """The version of the content that is served."""
    return serving[0].content if serving else content_version(settings.CONTENT_DIR)


@reads
def healthz(request: HttpRequest) -> HttpResponse:
    """The release and the content that are served, and how many sets of answers were proven."""
    library = current_library()
    counts = {
        "release": library.site.release,
        "content": version(),
        "built": serving[0].day if serving else None,
        "proven": serving[0].situations if serving else None,
        "options": len(library.options),
        "facts": len(library.facts),
        "sources": len(library.sources),
    }
    return JsonResponse({"status": "ok", **counts}, headers={"Cache-Control": "no-store"})


def health_by_any_name(get_response: Handler) -> Handler:
    """Answer /healthz before the host is asked for.

    Docker, Kubernetes and balancers ask by an address of their own, which ALLOWED_HOSTS lacks.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return healthz(request) if request.path == "/healthz" else get_response(request)

    return middleware


@reads
def robots(request: HttpRequest) -> HttpResponse:
    """Reading pages may be crawled; pages that hold answers may not."""
    lines = [
        "User-agent: *",
        "Allow: /whats-next/$",
        "Disallow: /whats-next/",
        "Disallow: /go/",
        "Disallow: /infobutton",
        "Disallow: /clinics/link/",
        "Disallow: /clinics/sheet/",
        f"Sitemap: {public_origin()}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@reads
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every reading page, with the day it was last checked; then the lists that lead to them.

    Django's sitemaps framework asks a request for host and protocol; ours is PUBLIC_ORIGIN.
    """
    lists = [address for address in LISTS if address not in NOT_FOUND_BY_SEARCH]
    rows = [
        f"<url><loc>{public_origin()}{page.address}</loc><lastmod>{page.checked}</lastmod></url>"
        for page in current_library().reading_pages
    ]
    rows += [f"<url><loc>{public_origin()}{address}</loc></url>" for address in lists]
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(rows)
        + "\n</urlset>\n"
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


#: How long what security.txt says may be relied on; RFC 9116 asks for less than a year.
GOOD_FOR = timedelta(days=180)
#: The page that says how to report what is wrong.
MISTAKES = "/about/mistakes/"


@reads
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness, as RFC 9116 writes it.

    Where no contact is set, the page that says how to report a mistake: it tells the truth about
    that, and names a contact as soon as there is one.
    """
    library = current_library()
    until = datetime.combine(today() + GOOD_FOR, time(), UTC)
    lines = [
        f"Contact: {library.site.contact or public_origin() + MISTAKES}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {library.site.language}",
        f"Canonical: {public_origin()}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


#: Lists and doors that depend on content alone, like the pages of words.
LISTS = (
    "/options/",
    "/steps/",
    "/situations/",
    "/topics/",
    "/about/",
    "/glossary/",
    "/sources/",
    "/whats-next/",
)
#: Pages that depend on what is asked or typed: they are made anew each time.
LIVE = (
    "/clinics/",
    "/clinics/accessibility-report/",
    "/clinics/integrator-sheet/",
    "/clinics/test-your-link/",
    "/compare/",
    "/search/",
    "/go/",
    "/feedback/",
)


#: Lists that are forms: they have nothing to read until somebody types.
NOT_FOUND_BY_SEARCH = ("/search/", "/go/")


def every_address(library: Library) -> list[str]:
    """Every address that may be printed or linked, sorted."""
    words = [f"/{word}/" for word in library.words]
    machines = [
        "/.well-known/security.txt",
        "/clinics/openapi.json",
        "/healthz",
        "/robots.txt",
        "/sitemap.xml",
    ]
    return sorted({*built_addresses(library), *LIVE, *words, *machines})


def built_addresses(library: Library) -> list[str]:
    """Every address whose page depends on content alone, so that it may be made once."""
    pages = [page.address for page in library.reading_pages]
    scores = [f"/about/scorecard/{score.standard}/" for score in library.scores]
    return sorted({*pages, *scores, *LISTS})
