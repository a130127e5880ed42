"""Whatever is sent or typed, in a form or a query, is answered by a page that makes sense."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.serving.bad_input.sensible import (
    FORM,
    QUESTIONS,
    SENSIBLE,
    assert_sensible,
    encoded,
    many,
)
from treatment_guide.engine.code import ALPHABET

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
