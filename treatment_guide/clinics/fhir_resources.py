"""The questionnaire as FHIR R4, made from the same rules, and three examples of a link in FHIR.

It holds only questions and choices: FHIR has no form for the group of an option. It holds no data
of a patient.
"""

import re
from collections.abc import Iterator
from typing import Any

from treatment_guide.clinics.clinic_link import Link
from treatment_guide.engine.answers import Question
from treatment_guide.http.origin import public_address
from treatment_guide.library.model import Library

FHIR = "application/fhir+json; charset=utf-8"
#: The resources of which there is an example.
EXAMPLES = ("Communication", "DocumentReference", "CarePlan")
MAX_OCCURS = "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs"
_TAG = re.compile(r"<[^>]+>")


def questionnaire(library: Library) -> dict[str, Any]:
    """The whole Questionnaire."""
    origin = public_address(library)
    checked = max(page.checked for page in library.reading_pages)
    return {
        "resourceType": "Questionnaire",
        "id": "whats-next",
        "url": f"{origin}/fhir/Questionnaire/whats-next",
        "version": library.site.release,
        "name": "WhatsNext",
        "title": library.ui["start-title"],
        "status": "active",
        "subjectType": ["Patient"],
        "date": checked.isoformat(),
        "publisher": library.ui["site-name"],
        "description": library.ui["fhir-description"],
        "language": library.site.language,
        "item": [
            item
            for question in library.guide.questions.values()
            for item in items(library, question)
        ],
    }


def items(library: Library, question: Question) -> Iterator[dict[str, Any]]:
    """One question. Where an earlier answer decides what is offered, one item for each offer."""
    whole = question.offered({})
    if question.by is None:
        yield from item(library, question, question.id, whole, [])
        return
    parent = library.guide.questions[question.by]
    general: list[dict[str, Any]] = [
        {"question": parent.id, "operator": "exists", "answerBoolean": False}
    ]
    special = []
    for choice in parent.choices:
        condition = when(library, parent, parent.id, choice)
        offered = question.offered({parent.id: frozenset((choice,))})
        if offered == whole:
            general.append(condition)
        elif offered:
            special.append((f"{question.id}-{choice}", offered, condition))
    for name, offered, condition in special:
        yield from item(library, question, name, offered, [condition])
    yield from item(library, question, question.id, whole, general)


def item(
    library: Library,
    question: Question,
    name: str,
    offered: tuple[str, ...],
    conditions: list[dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    """One item with its choices; after it, what to do for each danger sign that is ticked."""
    words = library.questions[question.id]
    found: dict[str, Any] = {"linkId": name, "text": words.title, "type": "choice"}
    if question.most and question.most > 1:
        found["extension"] = [{"url": MAX_OCCURS, "valueInteger": question.most}]
    if conditions:
        found["enableWhen"] = conditions
    if len(conditions) > 1:
        found["enableBehavior"] = "any"
    found["required"] = question.about_danger
    found["repeats"] = question.kind == "several"
    found["answerOption"] = [{"valueCoding": coding(library, question, c)} for c in offered]
    yield found
    for choice in offered:
        if words.choices[choice].card:
            yield {
                "linkId": f"{name}-{choice}-help",
                "text": _TAG.sub("", words.choices[choice].card),
                "type": "display",
                "enableWhen": [when(library, question, name, choice)],
            }


def when(library: Library, question: Question, name: str, choice: str) -> dict[str, Any]:
    """The condition that this choice is chosen in the item of this name."""
    return {
        "question": name,
        "operator": "=",
        "answerCoding": coding(library, question, choice),
    }


def coding(library: Library, question: Question, choice: str) -> dict[str, str]:
    """A choice as a code in the guide's own code system."""
    return {
        "system": f"{public_address(library)}/fhir/CodeSystem/{question.id}",
        "code": choice,
        "display": library.questions[question.id].choices[choice].label,
    }


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
