"""What every answer of the site carries, whatever it answers: the whole application is asked."""

import re

import brotli
import pytest
from django.http import HttpResponse

from tests.for_each import for_each
from tests.stories import KNEE
from treatment_guide.http.html.assets import asset
from treatment_guide.serving import middleware
from treatment_guide.serving.middleware import SECURITY_HEADERS

#: One of each kind of answer: what is asked, and the status it gets. `{…}` are codes.
ANSWERS = {
    "home": ("GET", "/", 200),
    "an option": ("GET", "/options/prp/", 200),
    "a list": ("GET", "/sources/", 200),
    "a page asked for by HEAD": ("HEAD", "/options/prp/", 200),
    "a search": ("GET", "/search/", 200),
    "a static file": ("GET", asset("js/live-list.js").partition("?")[0], 200),
    "a static file asked for by HEAD": ("HEAD", "/static/favicon.svg", 200),
    "a static file that is not there": ("GET", "/static/nothing.js", 404),
    "the site map": ("GET", "/sitemap.xml", 200),
    "robots.txt": ("GET", "/robots.txt", 200),
    "healthz": ("GET", "/healthz", 200),
    "an address without its slash": ("GET", "/options", 301),
    "no such page": ("GET", "/no-such-page/", 404),
    "a wrong method": ("DELETE", "/options/prp/", 405),
    "the start": ("GET", "/whats-next/", 200),
    "a question": ("GET", "/whats-next/cause/{code}/", 200),
    "a question about danger signs": ("GET", "/whats-next/urgent/0/", 200),
    "an outcome": ("GET", "/whats-next/outcome/{code}/", 200),
    "a comparison of answers": ("GET", "/whats-next/compare/{code}/", 200),
    "an answer": ("POST", "/whats-next/cause/{code}/", 303),
    "a danger sign": ("POST danger", "/whats-next/urgent/0/", 200),
    "a tick": ("POST tick", "/whats-next/cause/{code}/", 200),
    "a tick of a danger sign": ("POST tick", "/whats-next/urgent-here/{code}/", 204),
    "an empty form of danger signs": ("POST", "/whats-next/urgent/0/", 422),
    "a choice that is not offered": ("POST nonsense", "/whats-next/cause/{code}/", 400),
    "a code that was never issued": ("GET", "/whats-next/cause/nonsense/", 404),
    "an outcome before the danger signs": ("GET", "/whats-next/outcome/0/", 302),
    "a code from paper": ("GET", "/go/{paper}/", 302),
    "a code from paper in capitals": ("GET", "/GO/{paper}/", 302),
    "the box for a code": ("GET", "/go/", 200),
    "a wrong code in the box": ("GET", "/go/?code=nonsense", 422),
    "another host": ("GET elsewhere", "/", 400),
    "a fault of ours": ("GET fault", "/", 500),
}
ANSWER_PAGES = [
    name
    for name, (_, path, _) in ANSWERS.items()
    if path.startswith(("/whats-next/", "/go/", "/GO/")) and path != "/whats-next/"
]
ERRORS = [name for name, (_, _, status) in ANSWERS.items() if status >= 400]

every_answer = pytest.mark.parametrize("name", ANSWERS)
every_header = for_each(("header", "value"), SECURITY_HEADERS.items())


@pytest.fixture
def answer(request, wsgi, code, name):
    """What the site answers to the named request."""
    kind, path, _ = ANSWERS[name]
    method, _, special = kind.partition(" ")
    path = path.replace("{code}", code(KNEE)).replace("{paper}", code({"place": "knee"}))
    path, _, query = path.partition("?")
    body = {"danger": b"urgent=breathing", "nonsense": b"cause=nonsense"}.get(special, b"")
    if special == "tick":
        body = b"cause=arthritis&urgent-here=none"
    headers = {"HTTP_HX_REQUEST": "true"} if special == "tick" else {}
    if special == "elsewhere":
        headers = {"HTTP_HOST": "elsewhere.example"}
    if special == "fault":
        request.getfixturevalue("fault")
    form = "application/x-www-form-urlencoded" if method == "POST" else None
    return wsgi(method, path, query=query.encode(), body=body, content_type=form, **headers)


def styles(policy: str) -> set[str]:
    """The styles that a policy allows, as hashes; none for another header."""
    return set(re.findall(r"'sha256-[^']+'", policy))


def without_styles(policy: str) -> str:
    """A policy with one word for its hashes of styles; another header as it is."""
    return re.sub(r"style-src( 'sha256-[^']+')+", "style-src HASHES", policy)


def test_no_protection_is_left_out_of_the_headers():
    """The tests below hold every answer to the constant; here it is written down once more."""
    plain = {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    policy = SECURITY_HEADERS["Content-Security-Policy"]

    assert {**plain, "Content-Security-Policy": policy} == SECURITY_HEADERS
    for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy


@every_answer
def test_an_answer_has_its_status(name, answer):
    """Each kind of request gets the status that says what happened."""
    assert answer.status == ANSWERS[name][2]


@every_answer
@every_header
def test_every_answer_carries_the_security_headers(name, answer, header, value):
    """Pages, files, redirects and errors all carry the same security headers; a page may allow fewer
    styles than the site has.
    """
    assert without_styles(answer.headers.get(header, "")) == without_styles(value)
    assert styles(answer.headers.get(header, "")) <= styles(value)


@every_answer
def test_no_answer_sets_a_cookie(name, answer):
    """Nothing is ever kept in the reader's browser."""
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", ANSWER_PAGES)
def test_no_answer_page_is_kept(name, answer):
    """No cache on the way, and no browser, keeps a page that holds answers."""
    assert answer.headers.get("Cache-Control") == "no-store"


@pytest.mark.parametrize("name", [*ANSWER_PAGES, *ERRORS])
def test_no_answer_page_and_no_error_is_found(name, answer):
    """No search engine lists a page that holds answers, or an error."""
    assert answer.headers.get("X-Robots-Tag") == "noindex"


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_a_kind_page(name, answer):
    """Whatever goes wrong, a page with a heading says so and leads on."""
    page = answer.html

    assert (len(page.find("h1")), "/" in page.links) == (1, True)


@pytest.mark.parametrize("name", ["a question", "an outcome", "a comparison of answers"])
def test_no_answer_page_names_an_answer_in_its_title(name, answer, library):
    """The title of a page, which a browser keeps in its history, holds no answer."""
    title = answer.html.words("title")
    labels = [words.label for words in library.questions["place"].choices.values()]

    assert [label for label in labels if label.lower() in title.lower()] == []


def test_no_page_tells_another_site_where_the_reader_came_from():
    """Following a link to a source tells that site nothing, least of all an answer code."""
    assert SECURITY_HEADERS["Referrer-Policy"] == "no-referrer"


def test_the_policy_allows_nothing_from_elsewhere():
    """Scripts, styles, pictures and requests come from this site or not at all."""
    policy = dict(
        rule.strip().split(" ", 1)
        for rule in SECURITY_HEADERS["Content-Security-Policy"].split(";")
    )
    style = policy.pop("style-src")

    assert (policy, bool(re.fullmatch(r"('sha256-[\w+/]+=' ?)+", style))) == (
        {
            "default-src": "'none'",
            "script-src": "'self'",
            "img-src": "'self' data:",
            "connect-src": "'self'",
            "form-action": "'self'",
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
        },
        True,
    )


@pytest.mark.parametrize(
    "address", ["/", "/whats-next/", "/whats-next/cause/{code}/", "/whats-next/outcome/{code}/"]
)
def test_every_file_a_page_asks_for_is_there(wsgi, code, address):
    """Scripts and icons that a page names are served."""
    page = wsgi(path=address.replace("{code}", code(KNEE))).html
    wanted = [file for script in page.find("script") if (file := script.get("src"))]
    wanted += [link.get("href") for link in page.find("link", rel="icon")]

    missing = [file for file in wanted if wsgi(path=file.partition("?")[0]).status != 200]

    assert (missing, wanted != []) == ([], True)


@pytest.mark.parametrize("accepts", ["br", "gzip", "br, gzip", ""])
def test_a_page_says_that_its_form_depends_on_what_was_accepted(wsgi, accepts):
    """A cache never gives a compressed page to a browser that cannot read it."""
    answer = wsgi(path="/options/prp/", HTTP_ACCEPT_ENCODING=accepts)

    assert (answer.headers["Vary"], answer.headers.get("Content-Encoding", "")) == (
        "Accept-Encoding",
        accepts[:2].replace("gz", "gzip"),
    )


def test_a_page_for_everybody_is_pressed_hard_and_only_once(wsgi):
    """Pages that are the same for everybody are as small as brotli makes them, and are kept."""
    middleware.pressed_hard.cache_clear()

    first, second = (wsgi(path="/options/prp/", HTTP_ACCEPT_ENCODING="br") for _ in range(2))

    assert first.body == second.body == brotli.compress(brotli.decompress(first.body), quality=11)
    assert middleware.pressed_hard.cache_info()[:2] == (1, 1)


@pytest.mark.parametrize(
    ("path", "query"),
    [("/whats-next/place/{code}/", b""), ("/search/", b"q=knee"), ("/no-such-page/", b"")],
)
def test_an_answer_to_one_reader_is_not_kept(wsgi, code, path, query):
    """What a reader asked or answered never stays in the memory of the server."""
    middleware.pressed_hard.cache_clear()

    answer = wsgi(
        path=path.replace("{code}", code({"urgent": "none"})),
        query=query,
        HTTP_ACCEPT_ENCODING="br",
    )

    assert answer.headers["Content-Encoding"] == "br"
    assert middleware.pressed_hard.cache_info().currsize == 0


@pytest.mark.parametrize("name", ["X-Frame-Options", "x-frame-options"])
def test_a_header_of_an_answer_stays_and_touches_no_other(name):
    """A view's own value wins, however its name is written, and the next answer has the usual one."""
    own = middleware.security_headers(lambda request: HttpResponse(headers={name: "SAMEORIGIN"}))
    usual = middleware.security_headers(lambda request: HttpResponse())

    first = own(None)
    first["Referrer-Policy"] = "origin"

    assert first["X-Frame-Options"] == "SAMEORIGIN"
    assert {each: usual(None)[each] for each in SECURITY_HEADERS} == SECURITY_HEADERS
    assert usual(None)["Content-Type"] == HttpResponse()["Content-Type"]
