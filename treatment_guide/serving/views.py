"""Answers for machines: is it up, what may be crawled, what is there, whom to tell of a weakness."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse

from treatment_guide.http.addresses import ORIGINAL_ALONE, at
from treatment_guide.http.clock import today
from treatment_guide.http.library import library_of
from treatment_guide.http.methods import reads
from treatment_guide.http.origin import public_address
from treatment_guide.library.model import Library, Page
from treatment_guide.library.review.standing import subject_of
from treatment_guide.library.review.translated import unsigned
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
        *(f"Disallow: {start}/clinics/{page}/" for start in starts for page in ("link", "sheet")),
        f"Sitemap: {public_address(library_of(request))}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@reads
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every reading page with the day it was last checked; then the lists.

    Written here, because Django's sitemaps framework takes host and protocol from the request;
    this site uses PUBLIC_ORIGIN.
    """
    original = library_of(request)
    all_ = [original, *original.translations.values()]
    shown = {each.language.name: _shown(each) for each in all_}
    rows = [row for each in all_ for row in _rows(each, all_, shown)]
    several = any(shown[name] for name in original.translations)
    space = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' if several else ""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{space}>\n'
        + "\n".join(rows)
        + "\n</urlset>\n"
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _rows(
    library: Library, all_: Sequence[Library], shown: Mapping[str, Mapping[str, Page | None]]
) -> Iterator[str]:
    """The rows of one language: its pages, then its lists, each with the same page in the others.
    `shown` holds what each language has to show.
    """
    for address, page in shown[library.language.name].items():
        others = [each for each in all_ if address in shown[each.language.name]]
        checked = f"<lastmod>{page.checked}</lastmod>" if page else ""
        more = f"{checked}{_alternates(address, others)}"
        yield f"<url><loc>{public_address(library)}{address}</loc>{more}</url>"


def _shown(library: Library) -> dict[str, Page | None]:
    """The addresses that a search engine may show in the language of a library: those of pages of
    words, each with its page, then those of lists. Of a translation, what people have signed.
    """
    day = today()
    found: dict[str, Page | None] = {
        page.address: page
        for page in library.reading_pages
        if not page.foreign
        and not (library.original and ORIGINAL_ALONE.match(page.address))
        and not unsigned(library, day, subject_of(page))
    }
    if not unsigned(library, day):
        found |= {address: None for address in LISTS if address not in NOT_FOUND_BY_SEARCH}
    return found


def _alternates(address: str, libraries: Sequence[Library]) -> str:
    """Links to a page in each language; nothing where there is one."""
    if len(libraries) < 2:
        return ""
    link = '<xhtml:link rel="alternate" hreflang="{}" href="{}{}"/>'
    found = [link.format(each.language.name, public_address(each), address) for each in libraries]
    return "".join([*found, link.format("x-default", public_address(libraries[0]), address)])


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
