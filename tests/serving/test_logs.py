"""Logs: they tell what went wrong, and nothing about who read what."""

import json
import logging
import sys

import pytest

from treatment_guide.serving import logs
from treatment_guide.serving.deploy_checks import headers_are_strict
from treatment_guide.serving.logs import AccessLog, Faults, Plain, Rare, shortened

SECRET = "k7q2m"
QUIET = [
    f"/whats-next/outcome/{SECRET}/",
    f"/WHATS-NEXT/outcome/{SECRET}/",
    f"/go/{SECRET}/",
    f"/GO/{SECRET}/",
    f"/infobutton/{SECRET}",
    f"/infobutton?mainSearchCriteria.v.c={SECRET}",
    f"/feedback/{SECRET}",
    f"/clinics/{SECRET}/",
    f"//whats-next/outcome/{SECRET}/",
    f"/whatsnext/{SECRET}/",
    f"/{SECRET}/",
    f"/options/{SECRET}/",
    f"/static/{SECRET}",
]


def answering(status="200 OK"):
    """An application that answers everything alike."""

    def application(environ, start_response):
        start_response(status, [])
        return [b""]

    return application


def ask(application, path, method="GET"):
    """Send a request; the body of the answer."""
    path, _, query = path.partition("?")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
    return b"".join(application(environ, lambda *said: None))


def record(exception=None, request=None, message="%s", *args):
    """A log record, as Django makes it for a fault."""
    exc_info = None
    if exception:
        try:
            raise exception
        except type(exception):
            exc_info = sys.exc_info()
    made = logging.LogRecord("django.request", logging.ERROR, "f", 1, message, args, exc_info)
    if request is not None:
        made.request, made.status_code = request, 500
    return made


@pytest.mark.parametrize("path", QUIET)
def test_an_access_log_holds_no_answer(path, monkeypatch):
    """Below a private prefix, and where no page of ours stands, nothing is written."""
    lines = []
    monkeypatch.setattr(logs.access, "info", lambda words, *args: lines.append(words % args))

    ask(AccessLog(answering()), path)

    assert len(lines) == 1
    assert SECRET not in lines[0]


def test_an_access_log_names_the_pages_that_are_everybodys():
    """Reading pages may be counted: their addresses say nothing about a reader's answers."""
    assert shortened("/options/prp/") == "/options/prp/"
    assert shortened(f"/whats-next/place/{SECRET}/") == "/whats-next/"


def test_no_access_log_is_written_unless_asked_for(settings):
    """Silence is the default."""
    assert settings.ACCESS_LOG is False
    assert settings.METRICS_DIR is None


def test_a_fault_is_logged_without_the_address_and_without_values(rf):
    """What broke and where in the code; not which code or form the reader brought."""
    made = record(
        ValueError(SECRET), rf.get(f"/whats-next/outcome/{SECRET}/"), "Internal: %s", SECRET
    )

    line = json.loads(Plain().format(made))

    assert SECRET not in json.dumps(line)
    assert (line["fault"], line["address"], line["status"]) == ("ValueError", "/whats-next/", 500)
    assert line["at"]


def test_a_message_of_our_own_is_logged():
    """What the guide itself says stays readable."""
    made = logging.LogRecord("treatment_guide", logging.WARNING, "f", 1, "disk full", (), None)

    assert json.loads(Plain().format(made))["message"] == "disk full"


def test_a_fault_of_ours_reaches_the_log_without_an_answer(client, code, monkeypatch, capfd):
    """The whole way: a view breaks on a reader's code, and the log holds no code."""
    monkeypatch.setattr("treatment_guide.questionnaire.views.narrow", lambda *given: 1 / 0)
    address = f"/whats-next/outcome/{code({'urgent': 'none', 'urgent-here': 'none'})}/"
    client.raise_request_exception = False
    plain = logging.StreamHandler()
    plain.setFormatter(Plain())
    logging.getLogger("django.request").addHandler(plain)
    try:
        assert client.get(address).status_code == 500
    finally:
        logging.getLogger("django.request").removeHandler(plain)
    said = capfd.readouterr().err

    assert "ZeroDivisionError" in said
    assert address.split("/")[3] not in said


def at_line(number, message="disk of %s full", *args):
    """A record from one line of a file."""
    return logging.LogRecord("treatment_guide", logging.WARNING, "f", number, message, args, None)


def test_a_fault_that_comes_again_and_again_fills_no_log():
    """A few lines a minute, and then the number of those left out; whatever values they hold."""
    now = [0.0]
    rare = Rare(clock=lambda: now[0])

    through = [rare.filter(at_line(1, "disk of %s full", str(n))) for n in range(1_000)]
    now[0] = Rare.SECONDS
    again = at_line(1)

    assert sum(through) == Rare.MOST_A_MINUTE
    assert rare.filter(again)
    assert json.loads(Plain().format(again))["left_out"] == 1_000 - Rare.MOST_A_MINUTE


def test_another_fault_is_told_beside_a_frequent_one():
    """Each place in the code has lines of its own: a flood of one hides no other."""
    rare = Rare(clock=lambda: 0.0)
    for _ in range(100):
        rare.filter(at_line(1))

    assert rare.filter(at_line(2))
    assert rare.filter(record(ValueError("x")))


def test_the_memory_of_frequent_faults_has_an_end():
    """However many kinds there are, only the last few are told apart."""
    rare = Rare(clock=lambda: 0.0)
    for number in range(5 * Rare.MOST_KINDS):
        rare.filter(at_line(number))

    assert len(rare._seen) == Rare.MOST_KINDS


def test_an_answer_given_on_purpose_is_no_fault():
    """Django logs every 503; only what an exception stands behind is written."""
    assert not Faults().filter(record(message="Service Unavailable: %s"))
    assert Faults().filter(record(ZeroDivisionError()))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"path": b"/feedback/", "query": b"a=b&" * 500}, 400),
        ({"path": b"/search/", "query": b"a=b&" * 500}, 400),
        ({"path": b"/", "HTTP_HOST": "elsewhere.example"}, 400),
        ({"path": b"/options", "HTTP_HOST": "a b"}, 400),
        ({"path": b"/whats-next/\x00/\xff/"}, 404),
        ({"method": "POST", "path": b"/clinics/", "CONTENT_LENGTH": "40000000"}, 413),
        ({"method": "POST", "path": b"/clinics/", "CONTENT_LENGTH": "x"}, 400),
        ({"method": "POST", "path": b"/options/prp/"}, 405),
        ({"path": b"/infobutton", "query": b"x=" + b"y" * 60_000}, 400),
    ],
)
def test_what_a_stranger_sends_writes_no_line(wsgi, logged, fields, status):
    """Whoever sends it by the million fills no disk."""
    answer = wsgi(**fields)

    assert answer.status == status
    assert logged == []


def test_the_headers_pass_their_own_check():
    """`check --deploy` asks the constant for every header."""
    assert headers_are_strict(None) == []


@pytest.mark.parametrize("name", ["Content-Security-Policy", "Strict-Transport-Security"])
def test_a_missing_header_is_found(monkeypatch, name):
    """A header taken away fails `check --deploy`."""
    monkeypatch.delitem(headers_are_strict.__globals__["SECURITY_HEADERS"], name)

    assert next(error.id for error in headers_are_strict(None)) == "headers.E001"


def test_a_loose_policy_is_found(monkeypatch):
    """An inline script let through fails `check --deploy`."""
    headers = headers_are_strict.__globals__["SECURITY_HEADERS"]
    monkeypatch.setitem(headers, "Content-Security-Policy", "default-src 'unsafe-inline'")

    assert [error.id for error in headers_are_strict(None)] == ["headers.E002"]
