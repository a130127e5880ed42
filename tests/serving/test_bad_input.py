"""Whatever the network brings, the site answers with a page that makes sense, never with a fault.

The whole application is asked, as a server asks it, so nothing is tidied up on the way in.
"""

from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.stories import KNEE
from treatment_guide.engine.code import ALPHABET, check_character
from treatment_guide.library.content_check import current_library

QUESTIONS = current_library().guide.questions
FORM = "application/x-www-form-urlencoded"
SENSIBLE = {200, 204, 301, 302, 303, 307, 400, 404, 405, 413, 422}

many = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

methods = st.sampled_from(
    ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "", "brew"]
)

#: Pieces of addresses: ours, nearly ours, and nothing like them.
pieces = st.one_of(
    st.sampled_from(
        [
            *(b"whats-next", b"outcome", b"compare", b"go", b"GO", b"options", b"prp", b"steps"),
            *(b"static", b"vendor", b"..", b".", b"%2e%2e", b"%00", b"\x00", b"\xff\xfe", b"\r\n"),
            *(b"about", b"rules", b"situations", b"search", b"topics", b"take", b"clinician"),
            *(b"urgent", b"place", b"0", b"00", b"healthz", b"sitemap.xml", "İK".encode()),
            b"0g400k69g3p0eqt000020000r40a681g087",
        ]
    ),
    st.binary(max_size=20),
    st.text(alphabet=ALPHABET, max_size=60).map(str.encode),
    st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
paths = st.lists(pieces, max_size=5).map(lambda parts: b"/" + b"/".join(parts))
slashed = st.booleans()


@st.composite
def codes(draw):
    """A code with the right check character, whatever it says."""
    body = draw(st.text(alphabet=ALPHABET, max_size=45)).rstrip("0")
    return (body + check_character(body)).encode()


def assert_sensible(answer, method):
    """No fault; a page with one heading wherever there is something to read."""
    has_page = answer.body and "text/html" in answer.headers.get("Content-Type", "")
    assert answer.status in SENSIBLE
    assert answer.status in (204, 301, 302, 303, 307) or method == "HEAD" or answer.body
    assert not has_page or answer.body.count(b"<h1") == 1
    assert answer.status < 400 or has_page or method == "HEAD"
    assert "Set-Cookie" not in answer.headers


@many
@given(method=methods, path=paths, slash=slashed, query=st.binary(max_size=40))
@example(method="GET", path=b"//elsewhere.example/", slash=False, query=b"")
@example(method="GET", path=b"/options", slash=False, query=b"\xff\xfe=%ff&&&=")
@example(method="POST", path=b"/options", slash=False, query=b"")
@example(method="GET", path=b"/static/../manage.py", slash=False, query=b"")
@example(method="GET", path=b"/static/vendor/", slash=False, query=b"")
@example(method="GET", path=b"", slash=False, query=b"")
@example(method="GET", path=b"/whats-next/cause/\r\nSet-Cookie: a=b", slash=True, query=b"")
@example(method="GET", path=b"/go/" + b"0" * 8_000, slash=True, query=b"")
@example(method="GET", path=b"/" + b"a/" * 4_000, slash=True, query=b"")
@example(method="GET", path=b"/" + b"a" * 60_000, slash=True, query=b"q=" + b"z" * 60_000)
def test_any_address_and_method_gets_a_sensible_answer(wsgi, method, path, slash, query):
    """Any address, asked for in any way, is a page, a redirect within the site, or a kind page."""
    answer = wsgi(method, path + b"/" * slash, query=query)

    assert_sensible(answer, method)


@many
@given(path=paths, slash=slashed)
@example(path=b"//elsewhere.example", slash=False)
@example(path=b"//elsewhere.example/..", slash=False)
@example(path=b"/\\elsewhere.example", slash=False)
def test_no_address_leads_to_another_site(wsgi, path, slash):
    """No address sends a reader anywhere but to a page of this site."""
    answer = wsgi("GET", path + b"/" * slash)

    to = urlsplit(answer.headers.get("Location", "/"))
    assert (to.scheme, to.netloc, to.path.startswith("//")) == ("", "", False)


@many
@given(page=st.sampled_from(["outcome", "compare", *QUESTIONS]), code=codes())
def test_any_code_gets_a_sensible_answer(wsgi, page, code):
    """A code that somebody made by hand opens a page, leads to the danger signs, or is wrong."""
    answer = wsgi("GET", f"/whats-next/{page}/".encode() + code + b"/")

    assert_sensible(answer, "GET")


@many
@given(code=codes())
def test_any_code_from_paper_gets_a_sensible_answer(wsgi, code):
    """Whatever is typed from paper leads to the danger signs or is said to be wrong."""
    answer = wsgi("GET", b"/go/" + code + b"/")

    assert answer.status in (302, 404)


fields = st.lists(
    st.tuples(
        st.one_of(st.sampled_from([*QUESTIONS, "", "csrfmiddlewaretoken"]), st.text(max_size=8)),
        st.one_of(
            st.sampled_from(sorted({c for q in QUESTIONS.values() for c in q.choices})),
            st.text(max_size=8),
            st.just("x" * 5_000),
            st.just("\x00"),
        ),
    ),
    max_size=8,
)


def encoded(pairs):
    """Form fields as a browser, or something worse, would send them."""
    from urllib.parse import quote_plus

    return "&".join(
        f"{quote_plus(k, errors='replace')}={quote_plus(v, errors='replace')}" for k, v in pairs
    ).encode()


@pytest.fixture(scope="session")
def open_code(code):
    """A code with the danger signs answered today, so that every question opens."""
    return code(KNEE)


@many
@given(
    question=st.sampled_from(list(QUESTIONS)),
    pairs=fields,
    ticked=st.booleans(),
)
def test_any_form_gets_a_sensible_answer(wsgi, open_code, question, pairs, ticked):
    """Unknown fields, unknown choices, repeated and huge fields: an answer, or a kind page."""
    answer = wsgi(
        "POST",
        f"/whats-next/{question}/{open_code}/",
        body=encoded(pairs),
        content_type=FORM,
        **({"HTTP_HX_REQUEST": "true"} if ticked else {}),
    )

    assert answer.status in SENSIBLE
    assert answer.status not in (400, 422) or answer.body.count(b"<h1") == 1


MULTIPART = "multipart/form-data; boundary=cut"


def part(head: bytes, content: bytes) -> bytes:
    """One part of a multipart form."""
    return b"--cut\r\nContent-Disposition: form-data; " + head + b"\r\n\r\n" + content + b"\r\n"


@many
@given(
    body=st.binary(max_size=300),
    content_type=st.sampled_from(
        [
            FORM,
            f"{FORM}; charset=utf-7",
            f"{FORM}; charset=nonsense",
            MULTIPART,
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=" + "x" * 300,
            "application/json",
            "text/plain",
            "",
            "\xff",
            "nonsense",
        ]
    ),
    question=st.sampled_from(["urgent", "cause", "tried", "matters"]),
)
@example(body=b"cause=%ff%fe", content_type=FORM, question="cause")
@example(body=b"cause=\xff\xfe\x00", content_type=FORM, question="cause")
@example(body=b"a=b&" * 500, content_type=FORM, question="cause")
@example(body=b"cause=" + b"x" * 30_000, content_type=FORM, question="cause")
@example(
    body=part(b'name="cause"', b"arthritis") + b"--cut--\r\n",
    content_type=MULTIPART,
    question="cause",
)
@example(
    body=part(b'name="cause"; filename="a.exe"', b"\x00" * 500) + b"--cut--\r\n",
    content_type=MULTIPART,
    question="cause",
)
@example(
    body=part(b'name="f"; filename="../../x"', b"x" * 40_000) + b"--cut--\r\n",
    content_type=MULTIPART,
    question="cause",
)
@example(
    body=part(b'name="f"; filename="a"', b"x") * 150 + b"--cut--\r\n",
    content_type=MULTIPART,
    question="cause",
)
@example(body=b"--cut\r\nnonsense", content_type=MULTIPART, question="tried")
@example(
    body=b'--cut\r\nContent-Disposition: form-data; name="cause"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--cut--\r\n",
    content_type=MULTIPART,
    question="cause",
)
def test_any_body_gets_a_sensible_answer(wsgi, open_code, body, content_type, question):
    """Bytes that are no form, files, bad encodings, too much of anything: never a fault."""
    answer = wsgi(
        "POST", f"/whats-next/{question}/{open_code}/", body=body, content_type=content_type
    )

    assert_sensible(answer, "POST")


def test_a_form_cut_short_gets_a_sensible_answer(wsgi, open_code):
    """A form whose end never arrives is answered, not waited for."""
    answer = wsgi(
        "POST",
        f"/whats-next/cause/{open_code}/",
        body=b"cause=arth",
        content_type=FORM,
        CONTENT_LENGTH="500",
    )

    assert_sensible(answer, "POST")


@pytest.mark.parametrize("length", ["", "-1", "99999999999999999999"])
def test_a_wrong_length_gets_a_sensible_answer(wsgi, open_code, length):
    """A length that is not the length of the form is answered."""
    answer = wsgi(
        "POST",
        f"/whats-next/cause/{open_code}/",
        body=b"cause=arthritis",
        content_type=FORM,
        CONTENT_LENGTH=length,
    )

    assert_sensible(answer, "POST")


@pytest.mark.parametrize(
    "host",
    [
        "elsewhere.example",
        "localhost.elsewhere.example",
        "elsewhere.example:80",
        "a b",
        "",
        "[::",
        "\xff",
        "localhost\x00",
        "x" * 5_000,
        "localhost/..",
    ],
)
@pytest.mark.parametrize("address", ["/", "/options", "/whats-next/cause/0/", "/no-such-page/"])
def test_a_wrong_host_is_refused_with_a_page(wsgi, host, address):
    """The site answers under its own names alone; under another it says so, and not with a fault."""
    answer = wsgi("GET", address, HTTP_HOST=host)

    assert (answer.status, answer.body.count(b"<h1")) == (400, 1)


@many
@given(
    value=st.text(alphabet=st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=60),
    header=st.sampled_from(
        [
            "HTTP_ACCEPT_ENCODING",
            "HTTP_ACCEPT_LANGUAGE",
            "HTTP_COOKIE",
            "HTTP_HX_REQUEST",
            "HTTP_HX_CURRENT_URL",
            "HTTP_HX_TRIGGER",
            "HTTP_IF_MODIFIED_SINCE",
            "HTTP_IF_NONE_MATCH",
            "HTTP_ORIGIN",
            "HTTP_RANGE",
            "HTTP_REFERER",
            "HTTP_USER_AGENT",
            "HTTP_X_FORWARDED_HOST",
            "HTTP_X_FORWARDED_PROTO",
            "CONTENT_TYPE",
        ]
    ),
    path=st.sampled_from(["/", "/whats-next/cause/{code}/", "/static/favicon.svg", "/healthz"]),
)
@example(value="bytes=9-1", header="HTTP_RANGE", path="/static/favicon.svg")
@example(value="bytes=999999-", header="HTTP_RANGE", path="/static/favicon.svg")
@example(value="nonsense", header="HTTP_IF_MODIFIED_SINCE", path="/static/favicon.svg")
@example(value="true", header="HTTP_HX_REQUEST", path="/whats-next/cause/{code}/")
def test_any_header_gets_a_sensible_answer(wsgi, open_code, value, header, path):
    """Whatever a header says, the answer makes sense."""
    answer = wsgi("GET", path.replace("{code}", open_code), **{header: value})

    assert answer.status in {200, 206, 304, 416}


@pytest.mark.parametrize("length", ["x", "-1", "1e3", "9 9", "\u00b2"])
@pytest.mark.parametrize("address", ["/infobutton", "/whats-next/cause/{code}/", "/clinics/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_length_that_is_no_number_is_refused_with_a_page(
    wsgi, open_code, method, address, length
):
    """Django reads the length as a number, and would call it a fault of ours."""
    answer = wsgi(
        method,
        address.replace("{code}", open_code),
        body=b"cause=arthritis",
        content_type=FORM,
        CONTENT_LENGTH=length,
    )

    assert (answer.status, answer.body.count(b"<h1")) == (400, 1)


@many
@given(options=st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["prp", "shockwave"]))))
@example(options=["prp"] * 500)
@example(options=["prp", "shockwave", "prolotherapy", "joint-replacement", "nerve-tests"])
def test_any_comparison_gets_a_sensible_answer(wsgi, options):
    """Unknown options, none, one, too many: the page says what can be compared."""
    answer = wsgi("GET", "/compare/", query=encoded([("option", option) for option in options]))

    assert_sensible(answer, "GET")


@many
@given(query=st.one_of(st.text(max_size=60), st.sampled_from(['"', "*", "(", "AND", "NEAR(", "'"])))
@example(query='"' * 99)
@example(query="x" * 20_000)
@example(query="knee " * 2_000)
@example(query="-*:^(){}[]\\ OR NOT")
@example(query="\x00\ud800")
def test_any_search_gets_a_sensible_answer(wsgi, query):
    """Signs that mean something to a search engine, and very long questions, find a page."""
    answer = wsgi("GET", "/search/", query=encoded([("q", query)]))

    assert (answer.status, answer.body.count(b"<h1")) == (200, 1)


@many
@given(typed=st.one_of(st.text(max_size=90), st.text(alphabet=ALPHABET + " -oilOIL", max_size=90)))
@example(typed="/../..")
@example(typed="//elsewhere.example/")
@example(typed="x" * 20_000)
def test_anything_typed_as_a_code_gets_a_sensible_answer(wsgi, typed):
    """The box for a code leads on, or says what is wrong."""
    answer = wsgi("GET", "/go/", query=encoded([("code", typed)]))

    assert_sensible(answer, "GET")


def test_what_was_typed_is_shown_as_words(wsgi):
    """Nothing that a reader types is ever read as part of the page."""
    typed = b"%3Cscript%3Ealert(1)%3C/script%3E%22%20onfocus=%22"

    pages = [
        wsgi("GET", "/go/", query=b"code=" + typed).body,
        wsgi("GET", "/search/", query=b"q=" + typed).body,
        wsgi("GET", "/compare/", query=b"option=" + typed + b"&option=prp").body,
    ]

    assert [b"<script>alert" in page or b'" onfocus="' in page for page in pages] == [False] * 3
