"""Three examples of a link to the guide in FHIR R4."""

from typing import Any

from treatment_guide.clinics.clinic_link import Link

#: The resources of which there is an example.
EXAMPLES = ("Communication", "DocumentReference", "CarePlan")


def examples(link: Link) -> dict[str, dict[str, Any]]:
    """A link in a message, as a document, and as a step of a plan. The patient is an example."""
    ui, language = link.library.ui, link.library.site.language
    title = ui["clinics-title"]
    words = ui["fhir-read"].format(address=link.address)
    attachment = {
        "contentType": "text/html",
        "language": language,
        "url": link.address,
        "title": ui["handout-title"],
    }
    subject = {"reference": "Patient/example"}
    instruction = {
        "system": "http://terminology.hl7.org/CodeSystem/communication-category",
        "code": "instruction",
    }
    instructions = {"system": "http://loinc.org", "code": "69730-0", "display": "Instructions"}
    activity = {
        "kind": "CommunicationRequest",
        "instantiatesUri": [link.address],
        "status": "not-started",
        "description": words,
    }
    return {
        "Communication": {
            "resourceType": "Communication",
            "id": "example",
            "status": "completed",
            "category": [{"coding": [instruction]}],
            "subject": subject,
            "payload": [{"contentString": words}, {"contentAttachment": attachment}],
        },
        "DocumentReference": {
            "resourceType": "DocumentReference",
            "id": "example",
            "status": "current",
            "type": {"coding": [instructions]},
            "subject": subject,
            "description": title,
            "content": [{"attachment": attachment}],
        },
        "CarePlan": {
            "resourceType": "CarePlan",
            "id": "example",
            "status": "active",
            "intent": "plan",
            "subject": subject,
            "activity": [{"detail": activity}],
        },
    }
