"""Whatever a network can bring: no fault of ours, no answer in a log, memory that stays flat.

The suite sends a few hundred made-up requests; `make fuzz` sends a hundred thousand, and says
what came of them.
"""

import gzip
import logging
import re
from itertools import cycle, product
from random import Random

import pytest
from django.urls import resolve

from tests.fuzzing import FUZZ, Run, Tally, a_build, carried, echoed, flat, leaked, listening
from tests.made_up import FIELDS, PARTS, QUESTIONS, ROUTES, requests
from tests.made_up.bodies import CHARSETS, STRANGE, bodies
from tests.made_up.headers import HEADERS, headers
from tests.site_fixtures import asking
from treatment_guide.serving.build.built import find_build
from treatment_guide.serving.build.front import Front
from treatment_guide.serving.logs import AccessLog
from treatment_guide.serving.metrics import ADDRESS, Metrics

MARKER = "qxzvkjwpbtgh"


@pytest.fixture
def application(tmp_path):
    """The guide with everything turned on that could write something about a request.

    Every other request meets one that serves built pages, and one that makes each anew.
    """
    from treatment_guide.wsgi import front

    turns = cycle([front, Front(front.application, find_build(a_build()))])
    return AccessLog(Metrics(lambda environ, answer: next(turns)(environ, answer), tmp_path))


def chatty(part):
    """An application that writes one part of each request into a log."""
    log = logging.getLogger("treatment_guide")

    def answering(environ, start_response):
        said = environ.get(part, "")
        log.warning("asked: %s", said if isinstance(said, str) else said.read().decode("latin-1"))
        start_response("200 OK", [])
        return [b""]

    return answering


def run_against(application, most=150, shrink=False):
    """Send made-up requests to an application; on request, look for the smallest that fails."""
    with listening() as lines:
        run = Run(asking(application), lines, most, shrink)
        run.all_of(requests())
    return run


@pytest.mark.django_db
def test_no_request_brings_a_fault_a_cookie_or_an_answer_into_a_log(application):
    """100,000 of them in `make fuzz`: every answer is below 500 and says no header again; no log
    holds what they carried.
    """
    run = run_against(application, FUZZ, shrink=True)
    counts = asking(application.application)(path=ADDRESS).body.decode()
    run.tell("made-up requests")

    assert run.sent >= FUZZ
    assert run.carrying > run.sent * 0.6
    assert run.logged >= run.sent * 0.9  # the access log is on, so there is something to look at
    assert set(re.findall(r'kind="([^"]*)"', counts)) <= KINDS
    assert flat(run.megabytes)


#: All that the counts may tell apart.
KINDS = {
    *("page", "other", "options", "situations", "steps", "topics", "about", "static", "healthz"),
    *("whats-next", "go", "infobutton", "fhir", "clinics", "feedback"),
}


@pytest.mark.parametrize(
    "part",
    [
        *("PATH_INFO", "QUERY_STRING", "wsgi.input", "HTTP_REFERER", "HTTP_COOKIE"),
        *("HTTP_IF_NONE_MATCH", "HTTP_ORIGIN", "CONTENT_TYPE"),
    ],
)
def test_a_log_that_holds_what_was_asked_is_found(part):
    """A leak planted on purpose: path, query, form, where a reader came from, cookie."""
    with pytest.raises(AssertionError, match="a log holds"):
        run_against(chatty(part))


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [("500 Oh", [], "a fault"), ("200 OK", [("Set-Cookie", "who=1")], "a cookie")],
)
def test_a_fault_and_a_cookie_are_found(status, headers, words):
    """The run ends at the first of them."""

    def application(environ, start_response):
        start_response(status, headers)
        return [b""]

    with pytest.raises(AssertionError, match=words):
        run_against(application)


def test_a_fault_for_a_charset_is_found():
    """As Python raises it for `charset=rot13` and the like: one kind of header brings a fault."""

    def application(environ, start_response):
        kind = environ.get("CONTENT_TYPE", "")
        strange = any(f"charset={name}" in kind for name in STRANGE)
        start_response("500 Oh" if strange else "200 OK", [])
        return [b""]

    with pytest.raises(AssertionError, match="a fault"):
        run_against(application, 400)


@pytest.mark.parametrize(
    ("header", "where"),
    [
        ("HTTP_REFERER", "a header"),
        ("HTTP_HX_CURRENT_URL", "the page"),
        ("HTTP_COOKIE", "the page, compressed"),
    ],
)
def test_an_answer_that_says_a_header_again_is_found(header, where):
    """What a browser sends unasked must not come back, in no header and no page."""

    def application(environ, start_response):
        said = environ.get(header, "").encode("latin-1")
        lines = [("X-From", said.decode("latin-1"))] if where == "a header" else []
        body = said
        if where == "the page, compressed":
            lines, body = [("Content-Encoding", "gzip")], gzip.compress(said)
        start_response("200 OK", lines)
        return [b"" if where == "a header" else body]

    with pytest.raises(AssertionError, match="says a header again"):
        run_against(application)


def test_what_came_of_each_kind_is_told():
    """One line for each kind of header or body: how many, and how many of each status."""
    tally = Tally()
    tally.add(["a form", "header te"], 200)
    tally.add(["a form"], 404)
    tally.add(["a form"], 404)

    told = re.sub(r" {2,}", " ", tally.table())

    assert told.splitlines() == ["a form 3: 1 × 200, 2 × 404", "header te 1: 1 × 200"]


def test_a_word_that_was_searched_for_is_no_header_said_again():
    """The page of a search says what it looked for, whatever the headers held as well."""
    request = {"path": b"/search/", "query": f"q={MARKER}".encode(), "HTTP_COOKIE": MARKER}

    assert echoed(request, [], MARKER.encode()) == set()
    assert echoed({**request, "query": b""}, [], MARKER.encode()) == {MARKER}


def test_every_kind_of_header_and_body_is_made_up():
    """A thousand requests hold every header; ten thousand bodies every kind, and rare charsets."""
    chance = Random(1)
    names = {name for _ in range(1_000) for name, _ in headers(chance)[0]}
    made = [bodies(chance, [("place", "knee"), ("q", "x")]) for _ in range(10_000)]
    kinds = {body.kind for body in made}
    charsets = " ".join(body.content_type for body in made if "charset" in body.kind)

    assert names >= HEADERS.keys()
    assert kinds >= {"a form", "a charset", "a long form", "another type", "multipart, a file"}
    assert len(kinds) == 12
    assert {"rot13", "undefined", "punycode", "hex", "idna"} <= set(STRANGE) <= {*CHARSETS, "utf-7"}
    assert all(name in charsets for name in ("rot13", "undefined", "punycode", "hex", "idna"))


def test_an_address_of_ours_in_the_log_is_no_leak():
    """Whoever types the name of a page for a code gives nothing away: `about` stands in /about/."""
    request = {"path": b"/go/about/", "query": b"q=options", "HTTP_REFERER": "/whats-next/"}

    assert leaked(request, ["treatment_guide.access GET /about/ 200 1.2 /options/"]) == set()


@pytest.mark.parametrize(
    "request_",
    [
        {"path": f"/go/{MARKER}/".encode()},
        {"path": f"/whats-next/place/{MARKER}/".encode()},
        {"path": b"/whats-next/place/0/", "body": f"tried={MARKER}".encode()},
        {"path": b"/infobutton", "query": f"a%2Eb={MARKER.upper()}".encode()},
        {"path": b"/", "HTTP_REFERER": f"https://guide.example/go/{MARKER}/"},
    ],
)
def test_a_word_that_is_not_ours_in_the_log_is_a_leak(request_):
    """Wherever the request carried it; a code of the kit's length as well as a long one."""
    assert MARKER in carried(request_)
    assert leaked(request_, [f"not found: /go/{MARKER}/"]) == {MARKER}
    assert leaked(request_, ["not found: /go/"]) == set()


def test_memory_that_grows_is_found():
    """Flat means flat in the second half: the caches are full by then."""
    assert flat([100, 150, 180, 190, 199, 200, 201, 202, 203, 204])
    assert not flat([100, 110, 120, 130, 140, 150, 160, 170, 180, 190])


@pytest.mark.parametrize("name", sorted(ROUTES.keys() - {"own_logo"}))
def test_every_address_is_made_up_well_enough_to_answer(client, fixed_day, name):
    """A run that only ever met "not found" would say nothing. The logo is there for a hospital alone."""
    parts = re.findall(r"\{(\w+)\}", ROUTES[name])
    paths = (
        ROUTES[name].format(**dict(zip(parts, values, strict=True)))
        for values in product(*(PARTS[part] for part in parts))
    )
    fields = {field: values[0] for field, values in FIELDS.get(name, {}).items()}

    assert any(client.get(path, fields).status_code < 400 for path in paths)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("how", [{}, {"HX-Request": "true"}])
def test_the_form_of_every_question_is_made_up_well_enough_to_answer(client, question, how):
    """Its first choice is taken, from a browser and from a script."""
    data = {question: FIELDS["question"][question][-1]}
    answer = client.post(f"/whats-next/{question}/{PARTS['code'][0]}/", data, headers=how)

    assert answer.status_code in (200, 204, 303)


def test_every_field_of_every_form_is_among_the_made_up_ones(site):
    """Forms are read off the pages: a new one, or a new field, has to be made up too."""
    code = PARTS["code"][1]
    pages = [
        *("/", "/search/", "/compare/", "/go/", "/clinics/", "/clinics/test-your-link/"),
        *("/options/prp/", "/clinics/link/0g4f/", f"/whats-next/outcome/{code}/"),
        f"/whats-next/compare/{code}/",
        *(f"/whats-next/{question}/{code}/" for question in QUESTIONS),
    ]
    found = set()
    for address in pages:
        for form in site(address)[1].find("form"):
            name = resolve(form.get("action") or address).url_name
            names = {field.get("name") for field in form.iter() if field.get("name")}
            assert names <= FIELDS[name].keys(), (address, name)
            found.add(name)

    assert found >= {"question", "clinics", "feedback", "infobutton", "search", "compare"}
