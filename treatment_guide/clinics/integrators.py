"""Pages for whoever connects a record system: the sheet with every name, and a test form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from treatment_guide.clinics.fhir import EXAMPLES
from treatment_guide.clinics.infobutton import MOST_BYTES
from treatment_guide.clinics.record_query import MOST, RECIPIENTS, SYSTEMS, TYPES
from treatment_guide.http.library import library_of
from treatment_guide.http.methods import reads
from treatment_guide.http.origin import public_address
from treatment_guide.library.model import Library

#: The parameters that are read, each with the words that explain it.
READ = (
    ("mainSearchCriteria.v.c", "sheet-param-code"),
    ("mainSearchCriteria.v.cs", "sheet-param-system"),
    ("mainSearchCriteria.v.dn, mainSearchCriteria.v.ot", "sheet-param-words"),
    ("informationRecipient", "sheet-param-recipient"),
    ("informationRecipient.languageCode.c", "sheet-param-language"),
    ("knowledgeResponseType", "sheet-param-type"),
    ("callback", "sheet-param-callback"),
)
#: Parameters of the standard that may be sent, and are never looked at.
IGNORED = (
    "patientPerson.administrativeGenderCode.c",
    "age.v.v",
    "ageGroup.v.c",
    "taskContext.c.c",
    "subTopic.v.c",
    "severityObservation.interpretationCode.c",
    "observation.c.c",
    "encounter.c.c",
    "performer",
    "assignedAuthorizedPerson.id.root",
    "representedOrganization.id.root",
    "serviceDeliveryLocation.id.root",
    "locationOfInterest.addr.ZIP",
    "holder.assignedEntity.n",
    "knowledgeRequestNotification.id.root",
)
STATUS = ((200, "sheet-status-200"), (303, "sheet-status-303"), (400, "sheet-status-400"))
FHIR = ("Questionnaire/whats-next", *(f"{kind}/example" for kind in EXAMPLES))
#: Codes to try: a page, a place alone, no place, danger, nothing.
TRIES = (
    ("icd-10-cm", "M17.11"),
    ("icd-10-cm", "M25.561"),
    ("icd-10", "M25.5"),
    ("icd-10-cm", "M00.9"),
    ("icd-10-cm", "Z99.9"),
)


@reads
def sheet(request: HttpRequest) -> HttpResponse:
    """Everything an integrator needs, on one page."""
    library = library_of(request)
    context = {
        "address": f"{public_address(library)}/infobutton",
        "read": READ,
        "ignored": IGNORED,
        "systems": _systems(library),
        "types": TYPES,
        "status": STATUS,
        "recipients": RECIPIENTS,
        "most": MOST,
        "most_bytes": MOST_BYTES,
        "described": f"{public_address(library)}/clinics/openapi.json",
        "fhir": [f"{public_address(library)}/fhir/{name}" for name in FHIR],
        "tries": _tries(),
        "prefixes": sum(map(len, library.diagnoses.values())),
    }
    return render(request, "clinics/integrator_sheet.html", context)


@reads
def test_page(request: HttpRequest) -> HttpResponse:
    """A form that sends a request as a record system would."""
    context = {
        "systems": _systems(library_of(request)),
        "types": TYPES,
        "recipients": RECIPIENTS,
        "tries": _tries(),
        "callback": "show",
    }
    return render(request, "clinics/test_your_link.html", context)


def _systems(library: Library) -> list[dict[str, Any]]:
    table = library.diagnoses
    return [
        {"id": system, "oid": names[0], "also": names[1:]}
        for system, names in SYSTEMS.items()
        if system in table
    ]


def _tries() -> list[dict[str, str]]:
    """Requests to try, as addresses within the site."""
    return [
        {
            "code": code,
            "system": system,
            "address": f"/infobutton?mainSearchCriteria.v.cs={SYSTEMS[system][0]}"
            f"&mainSearchCriteria.v.c={code}",
        }
        for system, code in TRIES
    ]
