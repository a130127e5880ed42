"""Infobutton: nothing about a person is kept, and nothing that is sent does harm. The numbers are
those of our list of 25.
"""

import json
import logging
import re
from xml.etree.ElementTree import fromstring

import pytest
from django.conf import settings

from tests.clinics.record_system import (
    CM,
    CODE,
    JSON,
    KNEE,
    NAME,
    SYSTEM,
    XML,
    echoed,
)
from treatment_guide.clinics.record_query import MOST_CRITERIA

PERSONAL = {
    "patientPerson.administrativeGenderCode.c": "UN",
    "age.v.v": "7731",
    "age.v.u": "d",
    "ageGroup.v.c": "D000369",
    "holder.assignedEntity.n": "Holdername",
    "holder.assignedEntity.certificateText": "Secretword",
    "assignedAuthorizedPerson.id.root": "1.2.840.999",
    "assignedEntity.representedOrganization.n": "Orgname",
    "representedOrganization.id.root": "1.2.840.888",
    "knowledgeRequestNotification.id.root": "1.2.840.777",
    "observation.v.c": "Observedvalue",
    "performer": "PAYOR",
    "locationOfInterest.addr.ZIP": "99501",
    "patient.name": "Janefamily",
}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("extra", [{}, {CODE: "", NAME: ""}, {"knowledgeResponseType": "nonsense"}])
def test_17_nothing_about_a_person_is_repeated_or_logged(client, capfd, method, extra):
    """Neither in the answer, nor in any log, nor on the error stream, good request or bad."""
    heard = []
    listener = logging.Handler(logging.NOTSET)
    listener.emit = lambda record: heard.append(listener.format(record) + str(record.__dict__))
    names = ["", *logging.root.manager.loggerDict]
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(listener)
        logger.setLevel(logging.DEBUG)
    try:
        answer = getattr(client, method)("/infobutton", {**KNEE, **XML, **PERSONAL, **extra})
        logging.getLogger("django.request").debug("the listener hears")
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(listener)
            logger.setLevel(level)
    # A log record may hold the request itself; no formatter of ours prints it.
    written = "".join(heard).replace(str(answer.wsgi_request), "")
    streams = "".join(capfd.readouterr())

    assert "the listener hears" in written
    for value in PERSONAL.values():
        if len(value) > 3:
            assert value not in answer.text
            assert value not in written
            assert value not in streams
    assert "M17.11" not in written + streams


def test_17_no_parameter_name_of_a_person_is_read():
    """The module that reads requests names none of them: what is not read cannot be kept."""
    text = (settings.BASE_DIR / "treatment_guide/clinics/record_query.py").read_text().lower()
    code = re.sub(r'"""[\s\S]*?"""', "", text)

    assert [name for name in PERSONAL if name.lower() in code] == []


EVIL = "<script>alert(1)</script>\"'&]]>\x00\x0b"


@pytest.mark.parametrize("field", [NAME, "mainSearchCriteria.v.ot", CODE, SYSTEM])
@pytest.mark.parametrize("kind", ["text/xml", "application/json", "application/javascript", None])
def test_20_what_is_sent_does_no_harm_where_it_is_repeated(client, field, kind):
    """Escaped in every form; the answer stays readable."""
    fields = {**KNEE, field: EVIL, "callback": "f", "knowledgeResponseType": kind or ""}
    answer = client.get("/infobutton", fields)

    assert "<script>alert" not in answer.text
    assert "\x00" not in answer.text
    if kind == "text/xml":
        fromstring(answer.content)
    if kind == "application/json":
        json.loads(answer.text)


@pytest.mark.parametrize("kind", [*XML.values(), *JSON.values(), "", "nonsense"])
def test_21_headers(client, kind):
    """Not cached, open to other sites here only, no cookie, no guessing of types."""
    answer = client.get("/infobutton", {**KNEE, "knowledgeResponseType": kind})

    assert "no-cache" in answer["Cache-Control"] and answer["Pragma"] == "no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer and "Access-Control-Allow-Credentials" not in answer
    assert "Access-Control-Allow-Origin" not in client.get("/clinics/")


def test_22_too_much_is_refused_and_many_criteria_are_cut(client, ask):
    """More than 8 KB is no honest request."""
    assert client.get("/infobutton", {**KNEE, **XML, "x": "y" * 8200}).status_code == 400
    assert client.post("/infobutton", {**KNEE, **XML, "x": "y" * 8200}).status_code == 400
    many = {f"{CODE}{i or ''}": "Z00" for i in range(40)}
    many |= {f"{SYSTEM}{i or ''}": CM for i in range(40)}
    assert len(echoed(ask(many))) == 2 * MOST_CRITERIA
