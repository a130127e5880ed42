"""The questionnaire as FHIR R4, made from the same rules.

It holds only questions and choices: FHIR has no form for the group of an option. It holds no data
of a patient. Words stand in the original, with those of translations that clinics hand out; while
people have not signed one, its description says so.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from treatment_guide.engine.answers import Answers, Question
from treatment_guide.http.clock import today
from treatment_guide.http.handouts import translations
from treatment_guide.http.origin import public_address
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library
from treatment_guide.library.review.translated import unsigned

#: The type of every FHIR answer.
FHIR_JSON = "application/fhir+json; charset=utf-8"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
MAX_OCCURS = "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs"
_TAG = re.compile(r"<[^>]+>")


def questionnaire(library: Library) -> dict[str, Any]:
    """The whole Questionnaire. Callers must not change it."""
    made, day = _made(library), today()
    languages = ((each.language.name, unsigned(each, day)) for each in translations(library))
    key = (public_address(library), *languages)
    found = made.get(key)
    if found is None:
        found = _whole(library)
        made.clear()
        made[key] = found
    return found


@once_per_library
def _made(library: Library) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The last Questionnaire made, by its address and the languages in it: making it takes 3 ms."""
    return {}


def _whole(library: Library) -> dict[str, Any]:
    checked = max(page.checked for page in library.reading_pages)
    return {
        "resourceType": "Questionnaire",
        "id": "whats-next",
        "url": canonical(library),
        "version": library.site.release,
        "name": "WhatsNext",
        "title": library.ui["start-title"],
        **translated(library, "title", lambda each: each.ui["start-title"]),
        "status": "active",
        "subjectType": ["Patient"],
        "date": checked.isoformat(),
        "publisher": library.ui["site-name"],
        "description": library.ui["fhir-description"],
        **translated(library, "description", described),
        "language": library.site.language,
        "item": [
            item
            for question in library.guide.questions.values()
            for item in items(library, question)
        ],
    }


def described(library: Library) -> str:
    """What the Questionnaire is, and of a translation that people have not signed, that it is one."""
    end = f" {library.ui['handout-translated']}" if unsigned(library, today()) else ""
    return f"{library.ui['fhir-description']}{end}"


def canonical(library: Library) -> str:
    """The address that names the Questionnaire, in whatever record system it stands."""
    return f"{public_address(library)}/fhir/Questionnaire/whats-next"


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
            special.append((special_name(question, choice), offered, condition))
    for name, offered, condition in special:
        yield from item(library, question, name, offered, [condition])
    yield from item(library, question, question.id, whole, general)


def special_name(question: Question, parent_choice: str) -> str:
    """The name of the item for readers with this answer to the question that decides what is
    offered.
    """
    return f"{question.id}-{parent_choice}"


def item_name(question: Question, answers: Answers) -> str:
    """The name of the item that asks a reader with these answers this question."""
    parent = answers.get(question.by or "", frozenset())
    if len(parent) != 1 or question.offered(answers) == question.offered({}):
        return question.id
    return special_name(question, *parent)


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
    found |= translated(library, "text", lambda each: each.questions[question.id].title)
    if question.most and question.most > 1:
        found["extension"] = [{"url": MAX_OCCURS, "valueInteger": question.most}]
    if conditions:
        found["enableWhen"] = conditions
    if len(conditions) > 1:
        found["enableBehavior"] = "any"
    found["required"] = question.about_danger
    found["repeats"] = question.kind == "several"
    found["answerOption"] = [{"valueCoding": offer(library, question, c)} for c in offered]
    yield found
    for choice in offered:
        if words.choices[choice].card:
            yield {
                "linkId": f"{name}-{choice}-help",
                "text": _card(library, question, choice),
                **translated(library, "text", partial(_card, question=question, choice=choice)),
                "type": "display",
                "enableWhen": [when(library, question, name, choice)],
            }


def _card(library: Library, question: Question, choice: str) -> str:
    return _TAG.sub("", library.questions[question.id].choices[choice].card)


def offer(library: Library, question: Question, choice: str) -> dict[str, Any]:
    """A choice as it is offered: its code, with its label in each language."""
    labels = translated(
        library, "display", lambda each: each.questions[question.id].choices[choice].label
    )
    return {**coding(library, question, choice), **labels}


def translated(
    library: Library, field: str, words: Callable[[Library], str]
) -> dict[str, dict[str, Any]]:
    """The translations of a field, in the form of FHIR: beside `text` stands `_text`. Empty where
    clinics hand out no translation.
    """
    found = [
        {
            "url": TRANSLATION,
            "extension": [
                {"url": "lang", "valueCode": each.language.name},
                {"url": "content", "valueString": words(each)},
            ],
        }
        for each in translations(library)
    ]
    return {f"_{field}": {"extension": found}} if found else {}


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
