"""The first reply of every page fits into one round trip of a slow connection."""

import sys
from dataclasses import replace

import brotli
import pytest

from tests.for_each import for_each
from treatment_guide.engine.code import EPOCH
from treatment_guide.engine.model import GROUPS
from treatment_guide.library.content_check import current_library
from treatment_guide.library.release.releases import record
from treatment_guide.questionnaire.asking.list_line import line_parts
from treatment_guide.questionnaire.asking.live_list import list_parts
from treatment_guide.serving.middleware import SHORT

MOST_BYTES = 14_000  # bytes: headers and compressed page
#: The fullest outcomes: every answer that a place allows, with every illness ticked; options that
#: are surgery or an implant, or that stand on very many sources. What is open when the page is
#: closed arrives with the first 14,000.
MOST_BYTES_OF_AN_OUTCOME = 16_000
#: An option with nothing folded: to print, or to read through.
MOST_BYTES_OF_A_WHOLE_OPTION = 17_000
#: An option with more sources than these may be longer.
MANY_SOURCES = 30

#: Three long lists are looked things up in, not read.
LONG_LISTS = ("/sources/", "/about/rules/", "/about/safety/")

#: More than the headers of any page take.
HEADERS = 1_500
#: What the server adds to every answer.
SERVER_LINES = b"server: granian\r\ndate: Sun, 22 Nov 2026 10:00:00 GMT\r\n"

LIBRARY = current_library()
OPTIONS = list(LIBRARY.options)
THREE = "&".join(f"option={option}" for option in OPTIONS[-3:])
LONGER = {
    option.page.address
    for option in LIBRARY.options.values()
    if option.step == "surgery"
    or "implant" in LIBRARY.guide.options[option.id].traits
    or len(option.page.sources) > MANY_SOURCES
}
PAGES = [
    *(f"/options/{option}/all/" for option in OPTIONS),
    *(page.address for page in LIBRARY.reading_pages if page.address not in LONG_LISTS),
    "/steps/",
    "/options/",
    "/situations/",
    "/topics/",
    "/about/",
    "/glossary/",
    "/compare/",
    f"/compare/?{THREE}",
    "/search/",
    "/search/?q=knee",
    "/whats-next/",
    "/go/",
    "/go/?code=nonsense",
    "/no-such-page/",
    "/whats-next/place/nonsense/",
    *(f"/whats-next/{question}/{{knee}}/" for question in LIBRARY.guide.questions),
    *(f"/whats-next/outcome/{{{p}}}/" for p in LIBRARY.guide.questions["place"].choices),
    f"/whats-next/compare/{{knee}}/?{THREE}",
    *(f"/whats-next/{kind}/{{several}}/" for kind in ("take", "clinician")),
]


def most(address: str) -> int:
    """The most bytes that the page of this address may have."""
    if address.startswith("/options/") and address.endswith("/all/"):
        return MOST_BYTES_OF_A_WHOLE_OPTION
    return MOST_BYTES_OF_AN_OUTCOME if "/outcome/" in address or address in LONGER else MOST_BYTES


@pytest.fixture
def size(wsgi, code, fullest):
    """The bytes of the first reply: status, headers, page as compressed. `{place}` in an address
    is the code of the answers that make the outcome for this place say the most.
    """

    def measure(address: str) -> int:
        for place, answers in fullest.items():
            address = address.replace(f"{{{place}}}", code(answers))
        path, _, query = address.partition("?")
        answer = wsgi(path=path, query=query.encode(), HTTP_ACCEPT_ENCODING="gzip, deflate, br")
        head = f"HTTP/1.1 {answer.status} OK\r\n".encode() + SERVER_LINES + b"\r\n"
        lines = (f"{name}: {value}\r\n".encode() for name, value in answer.headers.items())
        return len(head) + sum(map(len, lines)) + len(answer.body)

    return measure


def test_an_outcome_that_tells_every_change_fits_too(size, library, serve):
    """Printed from a release in which everything was otherwise."""
    now = record(library, EPOCH)
    then = replace(
        now,
        **{
            name: dict.fromkeys(getattr(now, name), "otherwise")
            for name in ("rules", "words", "facts", "shared")
        },
    )
    serve(replace(library, releases={"2026.0": then}))
    sizes = [
        size(f"/whats-next/{page}/{{hip}}/?r={release}")
        for page in ("outcome", "urgent")
        for release in ("2026.0", "2019.1")
    ]

    assert max(sizes) <= MOST_BYTES_OF_AN_OUTCOME


@for_each("address", PAGES)
def test_the_first_reply_fits_one_round_trip(size, address):
    """Headers and page together are at most 14,000 bytes; those of the fullest outcomes 16,000."""
    assert size(address) <= most(address)


@pytest.mark.parametrize("address", sorted(LONGER))
def test_what_is_open_arrives_first(wsgi, address):
    """Of a page that may be larger, all but the folds fits into the first round trip."""
    page = wsgi(path=address).body.decode()
    shown, folded, _ = page.partition('<section class="section" id="more">')

    assert folded
    assert len(brotli.compress(shown.encode(), quality=7)) <= MOST_BYTES - HEADERS


def test_the_largest_pages_are_known(size):
    """The largest pages (shown by `pytest -s`) are within their limits."""
    largest = sorted(((size(address), address) for address in PAGES), reverse=True)[:5]

    sys.stdout.writelines(f"\n{bytes_:6,} bytes  {address}" for bytes_, address in largest)

    assert all(bytes_ <= most(address) for bytes_, address in largest)


def test_a_live_list_is_pressed_in_no_time(library):
    """A list grows with every option: while it counts as short, its compression takes 25 µs."""
    parts = list_parts(library), line_parts(library)
    longest = [dict.fromkeys(library.options, group) for group in GROUPS]
    sizes = [
        len((parts[0].list_html(groups) + parts[1].line_html(groups)).encode())
        for groups in longest
    ]

    assert 5_000 < max(sizes) <= SHORT
