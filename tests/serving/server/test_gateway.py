"""A request of the server becomes WSGI's, and nothing in it can pose as something else."""

import pytest

from tests.serving.server.asking import scope
from treatment_guide.serving.server.gateway import ask, environ_of


def test_a_path_reaches_django_as_its_bytes():
    """PEP 3333: text is given as its UTF-8 bytes, read as Latin-1."""
    environ = environ_of(scope(path="/options/é/", query="q=é"), b"")

    assert environ["PATH_INFO"].encode("latin-1").decode() == "/options/é/"
    assert environ["QUERY_STRING"].encode("latin-1").decode() == "q=é"


def test_a_header_with_an_underscore_is_left_out():
    """`X_Forwarded_Host` would look like `X-Forwarded-Host`, which a proxy may have taken out."""
    environ = environ_of(scope("GET", "/", "", ("x_forwarded_host", "evil"), ("x-a", "1")), b"")

    assert "HTTP_X_FORWARDED_HOST" not in environ
    assert environ["HTTP_X_A"] == "1"


def test_a_header_that_came_twice_is_one_list():
    """RFC 9110, 5.3: lines of the same name are one list, in their order."""
    sent = (("if-none-match", '"a"'), ("if-none-match", '"b"'))

    assert environ_of(scope("GET", "/", "", *sent), b"")["HTTP_IF_NONE_MATCH"] == '"a","b"'


def test_the_request_line_names_the_host():
    """RFC 9112, 3.2.2: a host in the request line goes before the Host header."""
    sent = scope("GET", "/", "", ("host", "guide.example"), authority="evil.example")

    assert environ_of(sent, b"")["HTTP_HOST"] == "evil.example"


@pytest.mark.parametrize("stated", ["0", "3", "99", "x"])
def test_the_length_of_a_body_is_counted_and_not_believed(stated):
    """What the client stated does not matter once the body is here."""
    environ = environ_of(scope("POST", "/", "", ("content-length", stated)), b"a=1&b=2")

    assert environ["CONTENT_LENGTH"] == "7"
    assert "HTTP_CONTENT_LENGTH" not in environ
    assert environ["wsgi.input"].read() == b"a=1&b=2"


def test_a_get_has_no_body_whatever_it_states():
    """Only a POST has a body here; the length and the type of another do not reach Django."""
    sent = (("content-length", "9"), ("content-type", "text/x"), ("transfer-encoding", "chunked"))
    environ = environ_of(scope("GET", "/", "", *sent), b"")

    stated = {"CONTENT_LENGTH", "CONTENT_TYPE", "HTTP_TRANSFER_ENCODING", "HTTP_CONTENT_LENGTH"}
    assert stated.isdisjoint(environ)


def test_an_answer_is_whole_and_closed():
    """Every piece is joined, and the application hears that it is done."""
    closed = []

    class Pieces(list):
        def close(self):
            closed.append(True)

    def application(environ, start_response):
        start_response("422 Unprocessable Content", [("A", "b")])
        return Pieces([b"one ", b"two"])

    answer = ask(application, environ_of(scope(), b""))

    assert answer == (422, [("A", "b")], b"one two")
    assert closed == [True]
