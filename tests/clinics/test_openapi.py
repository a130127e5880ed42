"""The description for machines is true: every address of theirs stands in it, and does what it says.

Schemathesis makes up requests from it: two hundred here, ten thousand in `make fuzz`.
"""

import json
import re

import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fuzzing import FUZZ, Run, flat, listening
from tests.made_up import ROUTES
from tests.site_fixtures import asking
from treatment_guide.clinics.integrator_tables import READ
from treatment_guide.clinics.openapi_document import document
from treatment_guide.clinics.record_query import TYPES
from treatment_guide.library.content_check import current_library
from treatment_guide.serving.logs import AccessLog

ADDRESS = "/clinics/openapi.json"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
DESCRIBED = document(current_library())["paths"]
#: None asks it; but a request lets go of the database, where a test before this one opened it.
pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    """The guide, with its access log on."""
    from treatment_guide.wsgi import front

    return AccessLog(front)


def lying(application, status=None, kind=None, body=None):
    """The guide, as if it did something else than it says; the description alone stays."""

    def answering(environ, start_response):
        if environ["PATH_INFO"] == ADDRESS:
            return application(environ, start_response)

        def instead(was, headers):
            said = {**dict(headers), **({"Content-Type": kind} if kind else {})}
            said.pop("Content-Length", None)
            start_response(status or was, list(said.items()))

        chunks = application(environ, instead)
        return [body] if body else chunks

    return answering


def as_sent(response):
    """A request of Schemathesis, in our words."""
    path, _, query = response.request.path_url.partition("?")
    body = response.request.body or b""
    return {
        "path": path.encode(),
        "query": query.encode(),
        "body": body.encode() if isinstance(body, str) else body,
    }


def send_made_up(application, most=200):
    """Send requests that fit the description and ones that do not; look at each answer."""
    schema = schemathesis.openapi.from_wsgi(ADDRESS, application)
    cases = st.one_of(*(schema.as_strategy(generation_mode=mode) for mode in GenerationMode))
    with listening() as lines:
        run = Run(asking(application), lines, most)

        def send(case):
            lines.clear()
            # Werkzeug's client takes compressed answers for plain ones.
            response = case.call(headers={"Accept-Encoding": "identity"})
            run.look(as_sent(response), response.status_code, response.headers)
            case.validate_response(response, checks=CHECKS)

        run.all_of(cases, send)
    return run


def test_a_made_up_request_gets_what_the_description_says(application):
    """Status, type and shape are those described; no fault, no cookie, nothing of it in a log."""
    run = send_made_up(application, FUZZ // 10 if FUZZ > 10_000 else 200)
    run.tell("requests made up by Schemathesis")

    assert run.carrying > run.sent * 0.2
    assert run.logged >= run.sent
    assert flat(run.megabytes)


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        ({"status": "500 Oh"}, "a fault: 500"),
        ({"status": "418 Teapot"}, "UndefinedStatusCode"),
        ({"kind": "image/gif"}, "UndefinedContentType"),
        ({"status": "200 OK", "kind": "application/json", "body": b"[]"}, "JsonSchemaError"),
    ],
)
def test_an_answer_that_is_not_as_described_is_found(application, lie, words):
    """The checks can fail: a status, a type or a shape that nobody promised ends the run."""
    with pytest.raises((AssertionError, FailureGroup)) as found:
        send_made_up(lying(application, **lie))

    each = getattr(found.value, "exceptions", [found.value])
    assert words in " ".join(f"{type(fault).__name__} {fault}" for fault in each)


def test_every_address_for_machines_is_described():
    """Those without a slash at their end, but for the picture of a hospital; and nothing that is not
    there.
    """
    machines = {
        path: name for name, path in ROUTES.items() if not path.endswith("/") and name != "own_logo"
    }

    assert {path: operations["get"]["operationId"] for path, operations in DESCRIBED.items()} == (
        machines
    )


@pytest.mark.parametrize("path", DESCRIBED)
def test_a_described_address_answers_with_its_own_examples(client, path):
    """As somebody tries it who has read nothing else."""
    operation = DESCRIBED[path]["get"]
    address = path
    query = {}
    for each in operation.get("parameters", ()):
        if each["in"] == "path":
            first = (each["schema"].get("enum") or each["schema"]["examples"])[0]
            address = address.replace(f"{{{each['name']}}}", first)
        elif "examples" in each:
            query[each["name"]] = next(iter(each["examples"].values()))["value"]
    answer = client.get(address, query)

    assert str(answer.status_code) in operation["responses"]
    assert answer.status_code in (200, 303)


def test_the_description_names_what_the_code_reads():
    """The parameters of the sheet for integrators, in the query as in the form."""
    names = {name for joined, _ in READ for name in joined.split(", ")}
    operations = DESCRIBED["/infobutton"]
    form = operations["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]

    assert {each["name"] for each in operations["get"]["parameters"]} == names
    assert form["schema"]["properties"].keys() == names
    assert operations["get"]["responses"]["200"]["content"].keys() == {*TYPES, "text/html"}


def test_the_description_is_sound_openapi(client):
    """Read by a package that knows its rules; and of the release that is served."""
    answer = client.get(ADDRESS)
    said = json.loads(answer.content)

    schemathesis.openapi.from_dict(said).validate()
    assert answer["Content-Type"] == "application/json"
    assert said["info"]["version"] == current_library().site.release
    assert re.fullmatch(r"3\.1\.\d", said["openapi"])
