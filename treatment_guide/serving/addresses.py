"""The addresses of the site: of pages made of content alone, of live pages, and all."""

from treatment_guide.http.addresses import ORIGINAL_ALONE
from treatment_guide.http.handouts import HANDOUT, handed_out
from treatment_guide.library.model import Library, Page
from treatment_guide.library.once import once_per_library
from treatment_guide.paper import booklet, waiting_room_form
from treatment_guide.reading.about import changes_page
from treatment_guide.reading.folds import has_folds

#: Lists and entrance pages that depend on content alone, like the pages of words.
LISTS = (
    "/options/",
    "/steps/",
    "/situations/",
    "/topics/",
    "/about/",
    "/changes/",
    "/glossary/",
    "/sources/",
    "/whats-next/",
)
#: Pages that depend on a query or a form: made for each request.
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


#: Pages that are only forms: left out of the site map.
NOT_FOUND_BY_SEARCH = ("/search/", "/go/")


def every_address(library: Library) -> list[str]:
    """Every address that may be printed or linked, sorted."""
    words = [f"/{word}/" for word in library.words]
    machines = [
        "/.well-known/security.txt",
        "/changes/feed.xml",
        "/clinics/openapi.json",
        "/healthz",
        "/robots.txt",
        "/sitemap.xml",
    ]
    return sorted({*built_addresses(library), *LIVE, *words, *machines, *own_files(library)})


def own_files(library: Library) -> list[str]:
    """The addresses of files that are a hospital's own: its logo."""
    return ["/own-logo.svg"] if library.local and library.local.logo else []


def everywhere(library: Library) -> list[str]:
    """The same with the addresses of its translations."""
    pages = [
        f"{each.language.prefix}{address}"
        for each in library.translations.values()
        for address in every_address(each)
        if not ORIGINAL_ALONE.match(address)
    ]
    return [*every_address(library), *pages]


def built_addresses(library: Library) -> list[str]:
    """Every address whose page depends on content alone, so that a build can hold it."""
    reading = [page for page in library.reading_pages if not page.foreign]
    pages = [page.address for page in library.reading_pages]
    pages += [whole_address(page) for page in reading if has_whole_page(page)]
    scores = [f"/about/scorecard/{score.standard}/" for score in library.scores]
    found = sorted(
        {
            *pages,
            *scores,
            *LISTS,
            *waiting_room_form.addresses(library),
            *booklet.addresses(library),
            *changes_page.addresses(library),
        }
    )
    if library.original is None:
        return found
    return [
        address
        for address in found
        if not ORIGINAL_ALONE.match(address) and (handed_out(library) or not HANDOUT.match(address))
    ]


def whole_address(page: Page) -> str:
    """The address of a page that has folds, with nothing folded."""
    return f"{page.address}all/"


def has_whole_page(page: Page) -> bool:
    """True for a page with folds: another one below it has none."""
    return page.kind in ("option", "situation") or has_folds(page)


@once_per_library  # saves 0.1 ms a redirect or a line of the log
def published(library: Library) -> frozenset[str]:
    """Every address that holds nothing about a reader."""
    return frozenset(every_address(library))
