"""Whatever the network brings, the site answers with a page that makes sense, never with a fault.

The whole application is asked, as a server asks it, so nothing is tidied up on the way in.
"""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.serving.bad_input.sensible import (
    FORM,
    QUESTIONS,
    assert_sensible,
    codes,
    many,
)
from treatment_guide.engine.code import ALPHABET

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
