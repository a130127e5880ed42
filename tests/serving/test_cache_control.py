"""What may be kept on the way and in a browser: reading pages, and nothing of a reader's."""

import gzip

import brotli
import pytest

from tests.for_each import for_each
from tests.stories import KNEE
from treatment_guide.library.content_check import current_library
from treatment_guide.serving.addresses import every_address
from treatment_guide.serving.middleware import PAGE_SECONDS, SECURITY_HEADERS

PUBLIC = f"max-age={PAGE_SECONDS}, public"
#: Live pages that are the same for everybody.
LIVE = ("/options/prp/", "/clinics/", "/robots.txt", "/sitemap.xml", "/clinics/openapi.json")

#: Addresses without their slash that hold what a reader answered or typed. `{…}` are codes.
PRIVATE = {
    "a code from paper": ("/go/{paper}", b""),
    "a code in capitals": ("/GO/{paper}", b""),
    "a code from a QR code": ("/GO/{paper}/2026.1", b""),
    "a code in the box": ("/go", b"code={paper}"),
    "a search": ("/search", b"q=my+knee"),
    "an outcome": ("/whats-next/outcome/{code}", b""),
    "a page to take": ("/whats-next/take/{code}", b""),
    "a question": ("/whats-next/cause/{code}", b""),
    "a link of the kit": ("/clinics/link/{paper}", b""),
    "a comparison": ("/compare", b"option=prp"),
    "a code typed as a word": ("/{paper}", b""),
    "a name typed as a word": ("/Jane-Doe", b""),
    "typed words at a page": ("/options", b"q=my+knee"),
    "feedback": ("/feedback", b"page=/options/"),
    "no page at all": ("/options/jane-doe", b""),
}


@pytest.fixture
def filled(code):
    """Put codes into an address."""

    def fill(text):
        kind = type(text)
        text = text if kind is str else text.decode()
        text = text.replace("{code}", code(KNEE)).replace("{paper}", code({"place": "knee"}))
        return text if kind is str else text.encode()

    return fill


@for_each("name", PRIVATE)
@for_each("method", ["GET", "HEAD", "POST", "PUT"])
def test_a_redirect_that_may_hold_an_answer_is_kept_nowhere(wsgi, filled, name, method):
    """A browser keeps a permanent redirect on its disk, with the code or the words in it."""
    path, query = PRIVATE[name]

    answer = wsgi(method, filled(path), query=filled(query))

    assert answer.headers["Location"].startswith(filled(path) + "/")
    assert answer.status == (302 if method in ("GET", "HEAD") else 307)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


SLASHED = [a.rstrip("/") for a in every_address(current_library()) if a != "/" and a.endswith("/")]


@for_each("address", SLASHED)
def test_a_published_address_without_its_slash_leads_there_for_good(wsgi, address):
    """Reading addresses say nothing about a reader: their redirect may be kept for a while."""
    answer = wsgi(path=address)

    assert (answer.status, answer.headers["Location"]) == (301, f"{address}/")
    assert answer.headers["Cache-Control"] == PUBLIC


#: Everything with an address in a header, in a body of its own, or a word that was typed.
NOT_KEPT = {
    "a wrong code": ("GET", "/whats-next/outcome/nonsense/", b"", b""),
    "a wrong code from paper": ("GET", "/go/nonsense/", b"", b""),
    "a wrong code in the box": ("GET", "/go/", b"code=nonsense", b""),
    "a right code in the box": ("GET", "/go/", b"code={paper}", b""),
    "a tick": ("POST", "/whats-next/cause/{code}/", b"", b"cause=arthritis"),
    "a link made": ("POST", "/clinics/", b"", b"place=knee"),
    "a link not made": ("POST", "/clinics/", b"", b"place=nonsense"),
    "a wrong link": ("GET", "/clinics/link/nonsense/", b"", b""),
    "a search": ("GET", "/search/", b"q=knee", b""),
    "a comparison": ("GET", "/compare/", b"option=prp&option=shockwave", b""),
    "a comparison of what is unknown": ("GET", "/compare/", b"option=jane", b""),
    "a query at a page that reads none": ("GET", "/options/prp/", b"q=jane", b""),
    "what a record system asks": ("GET", "/infobutton", b"mainSearchCriteria.v.c=M17.11", b""),
    "no such page": ("GET", "/jane-doe/", b"", b""),
    "a wrong method": ("POST", "/options/prp/", b"", b"q=jane"),
}


@pytest.mark.parametrize("name", NOT_KEPT)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_a_reader_asked_is_kept_nowhere(wsgi, filled, name, htmx):
    """Pages, redirects and errors whose address may hold a code or words."""
    method, path, query, body = NOT_KEPT[name]
    form = {"content_type": "application/x-www-form-urlencoded"} if body else {}
    headers = {"HTTP_HX_REQUEST": "true"} if htmx else {}

    answer = wsgi(method, filled(path), query=filled(query), body=body, **form, **headers)

    assert "no-store" in answer.headers["Cache-Control"]
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("address", LIVE)
@pytest.mark.parametrize("coding", ["br", "gzip", ""])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_live_page_for_everybody_is_not_sent_twice(wsgi, address, coding, method):
    """It has a tag for each coding, may be kept as long as a built page, and gets a 304."""
    first = wsgi(path=address, HTTP_ACCEPT_ENCODING=coding)
    tag = first.headers["ETag"]

    again = wsgi(method, address, HTTP_ACCEPT_ENCODING=coding, HTTP_IF_NONE_MATCH=f'"x", W/{tag}')

    assert first.headers["Cache-Control"] == PUBLIC
    assert (again.status, again.body) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control", *SECURITY_HEADERS):
        assert again.headers[name] == first.headers[name]


def test_each_coding_of_a_live_page_has_its_own_tag(wsgi):
    """A strong tag names bytes."""
    tags = {
        wsgi(path="/options/prp/", HTTP_ACCEPT_ENCODING=coding).headers["ETag"]
        for coding in ("br", "gzip", "")
    }

    assert len(tags) == 3


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        ("br;q=0", ""),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=1, br;q=0.1", "gzip"),
        ("identity, br;q=0.5", ""),
        ("*", "br"),
    ],
)
@pytest.mark.parametrize("path", ["/options/prp/", "/whats-next/place/{code}/", "/no-such-page/"])
def test_a_live_page_comes_in_a_coding_that_is_accepted(wsgi, filled, path, accepts, coding):
    """Pages for everybody, answers to one reader and errors follow the same rule."""
    opened = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[coding]

    answer = wsgi(path=filled(path), HTTP_ACCEPT_ENCODING=accepts)

    assert answer.headers.get("Content-Encoding", "") == coding
    assert b"<h1" in opened(answer.body)
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_condition_that_does_not_hold_gets_a_page(wsgi):
    """RFC 9110, 13.1.1: If-Match with another tag is 412; with the right one, the page."""
    tag = wsgi(path="/options/prp/").headers["ETag"]

    assert wsgi(path="/options/prp/", HTTP_IF_MATCH=tag).status == 200
    assert wsgi(path="/options/prp/", HTTP_IF_MATCH="*").status == 200
    refused = wsgi(path="/options/prp/", HTTP_IF_MATCH='"another"')
    assert (refused.status, refused.body.count(b"<h1")) == (412, 1)
