"""The description of all addresses for machines, as OpenAPI 3.1.

These are the addresses without a slash at their end. Names, types and statuses come from the
constants that the code uses; the shape of a feed is derived from a feed.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from treatment_guide.clinics.clinic_link import Link
from treatment_guide.clinics.feed import KINDS, feed
from treatment_guide.clinics.fhir_examples import EXAMPLES as RESOURCES
from treatment_guide.clinics.integrator_tables import READ, STATUS, TRIES
from treatment_guide.clinics.link_kit import QR_KINDS
from treatment_guide.clinics.record_query import (
    CALLBACK,
    MOST_BYTES,
    MOST_CRITERIA,
    RECIPIENTS,
    SYSTEMS,
    TYPES,
    read,
)
from treatment_guide.clinics.topic_matching import entries
from treatment_guide.http.fhir_questionnaire import FHIR_JSON
from treatment_guide.http.origin import public_address
from treatment_guide.library.model import Library

VERSION = "3.1.0"
FORM = "application/x-www-form-urlencoded"
TEXT = {"type": "string"}
#: The response type of pages for people.
PAGE = {"text/html": {"schema": TEXT}}
NAMES = {name: words for names, words in READ for name in names.split(", ")}
#: The parameter that names a language.
LANGUAGE = "informationRecipient.languageCode.c"
#: The schema of parameters that are not just text.
VALUES: dict[str, dict[str, Any]] = {
    "mainSearchCriteria.v.cs": {"examples": [name for names in SYSTEMS.values() for name in names]},
    "informationRecipient": {"examples": list(RECIPIENTS)},
    "knowledgeResponseType": {"enum": list(TYPES)},
    "callback": {"pattern": f"^{CALLBACK.pattern}$", "examples": ["show"]},
}
#: Requests to try, each under its diagnosis code.
EXAMPLES = {
    code: {"mainSearchCriteria.v.c": code, "mainSearchCriteria.v.cs": SYSTEMS[system][0]}
    for system, code in TRIES
}
#: What `/healthz` tells.
HEALTH = {
    "status": {"const": "ok"},
    "release": TEXT,
    "content": TEXT,
    "built": {"type": ["string", "null"]},
    "proven": {"type": ["integer", "null"]},
    "withdrawn": TEXT,
    **{name: {"type": "integer"} for name in ("options", "facts", "sources")},
}


def document(library: Library) -> dict[str, Any]:
    """The whole description."""
    ui = library.ui
    return {
        "openapi": VERSION,
        "info": {
            "title": ui["site-name"],
            "version": library.site.release,
            "description": ui["openapi-lead"],
        },
        "servers": [{"url": public_address(library)}],
        "paths": {
            "/infobutton": infobutton(library),
            **resources(library),
            **others(library),
        },
    }


def infobutton(library: Library) -> dict[str, Any]:
    """The address that record systems ask: the same by GET, and by POST as a form."""
    ui = library.ui
    words = {name: ui[key].format(most=MOST_CRITERIA) for name, key in NAMES.items()}
    values = {name: {**TEXT, **VALUES.get(name, {})} for name in NAMES}
    values[LANGUAGE]["examples"] = [library.language.name, *library.translations]
    fields = {name: {**value, "description": words[name]} for name, value in values.items()}
    tries = {code: {"value": sent} for code, sent in EXAMPLES.items()}
    form = {"schema": {"type": "object", "properties": fields}, "examples": tries}
    responses: dict[str, dict[str, Any]] = {
        str(status): {"description": ui[key].format(bytes=f"{MOST_BYTES:,}")}
        for status, key in STATUS
    }
    responses["200"]["content"] = {**feeds(library), **PAGE}
    responses["400"]["content"] = {"text/plain": {"schema": TEXT}, **PAGE}
    common = {
        "summary": ui["openapi-infobutton"],
        "description": ui["integrator-address"],
        "responses": responses,
    }
    parameters = [parameter(name, words[name], values[name]) for name in NAMES]
    body = {"content": {FORM: form}}
    return {
        "get": {"operationId": "infobutton", **common, "parameters": parameters},
        "post": {"operationId": "infobutton_form", **common, "requestBody": body},
    }


def parameter(name: str, words: str, value: dict[str, Any]) -> dict[str, Any]:
    """A parameter of a request, with what the requests to try send in it."""
    found = {"name": name, "in": "query", "description": words, "schema": value}
    tries = {code: {"value": sent[name]} for code, sent in EXAMPLES.items() if name in sent}
    return {**found, "examples": tries} if tries else found


def feeds(library: Library) -> dict[str, Any]:
    """The three forms of a feed, with the answer to the first of the requests to try."""
    query = read(next(iter(EXAMPLES.values())))
    checked = max(page.checked for page in library.reading_pages)
    day = datetime.combine(checked, time(), UTC)
    sample = {"feed": feed(library, query, entries(library, query), day)}
    found = {bare(kind): {"schema": TEXT} for kind in KINDS.values()}
    return {**found, bare(KINDS["json"]): {"schema": shape(sample), "example": sample}}


def resources(library: Library) -> dict[str, Any]:
    """The questionnaire, and the examples of a link in FHIR."""
    ui = library.ui

    def resource(kinds: Iterable[str]) -> dict[str, Any]:
        named = {"resourceType": {"enum": list(kinds)}}
        return {"type": "object", "required": ["resourceType"], "properties": named}

    return {
        "/fhir/Questionnaire/whats-next": get(
            "fhir_questionnaire", ui, {bare(FHIR_JSON): resource(["Questionnaire"])}
        ),
        "/fhir/{kind}/example": get(
            "fhir_example",
            ui,
            {bare(FHIR_JSON): resource(RESOURCES)},
            may_miss=True,
            kind=RESOURCES,
        ),
    }


def others(library: Library) -> dict[str, Any]:
    """What monitors, crawlers and programs ask, and the QR code of a link as a file."""
    ui = library.ui
    health = {"type": "object", "required": list(HEALTH), "properties": HEALTH}
    link = Link(library, {"place": frozenset(("knee",)), "cause": frozenset(("arthritis",))})
    pictures = {kind: TEXT for kind in QR_KINDS.values()}
    return {
        "/clinics/link/{code}/qr.{kind}": get(
            "clinic_qr", ui, pictures, may_miss=True, code=link.code, kind=tuple(QR_KINDS)
        ),
        "/clinics/openapi.json": get("openapi", ui, {"application/json": {"type": "object"}}),
        "/healthz": get("healthz", ui, {"application/json": health}),
        "/robots.txt": get("robots", ui, {"text/plain": TEXT}),
        "/changes/feed.xml": get("changes_feed", ui, {"application/atom+xml": TEXT}),
        "/sitemap.xml": get("sitemap", ui, {"application/xml": TEXT}),
        "/.well-known/security.txt": get("security", ui, {"text/plain": TEXT}),
    }


def get(
    name: str, ui: Any, kinds: dict[str, Any], *, may_miss: bool = False, **parts: Any
) -> dict[str, Any]:
    """An address that is only read: what comes back, and what the parts of the address can be."""
    found = {kind: {"schema": schema} for kind, schema in kinds.items()}
    responses = {"200": {"description": ui["openapi-found"], "content": found}}
    if may_miss:
        responses["404"] = {"description": ui["openapi-not-there"], "content": PAGE}
    words = ui[f"openapi-{name.replace('_', '-')}"]
    operation = {"operationId": name, "summary": words, "responses": responses}
    if parts:
        operation["parameters"] = [
            {
                "name": part,
                "in": "path",
                "required": True,
                "schema": {**TEXT, "examples": [can]} if isinstance(can, str) else {"enum": [*can]},
            }
            for part, can in parts.items()
        ]
    return {"get": operation}


def bare(kind: str) -> str:
    """A type of content without its character set."""
    return kind.partition(";")[0]


def shape(value: Any) -> dict[str, Any]:
    """The schema of a value, derived from it. All items of a list have the schema of the first."""
    if isinstance(value, dict):
        properties = {name: shape(each) for name, each in value.items()}
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
    if isinstance(value, list):
        return {"type": "array", "items": shape(value[0])}
    return TEXT
