"""What whoever connects a record system is told: parameters, statuses, requests to try."""

from typing import Any

from treatment_guide.clinics.fhir_examples import EXAMPLES
from treatment_guide.clinics.record_query import SYSTEMS
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
#: Parameters of the standard that may be sent, and are ignored.
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


def known_systems(library: Library) -> list[dict[str, Any]]:
    """The systems of codes that lead to a page: the identifier of each, and its other names."""
    table = library.diagnoses
    return [
        {"id": system, "oid": names[0], "also": names[1:]}
        for system, names in SYSTEMS.items()
        if system in table
    ]


def requests_to_try() -> list[dict[str, str]]:
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
