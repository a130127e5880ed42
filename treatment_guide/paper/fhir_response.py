"""The answers of a reader as a FHIR R4 QuestionnaireResponse, for a record system."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from treatment_guide.engine.answers import Answers
from treatment_guide.http.fhir_questionnaire import canonical, coding, item_name
from treatment_guide.library.model import Library


def questionnaire_response(library: Library, answers: Answers, day: date) -> dict[str, Any]:
    """The answers that count, as items of our Questionnaire (`http.fhir_questionnaire.py`) in
    its order; questions without an answer are left out. `day` is the day they were given out.

    It names no patient: who imports it says whose answers they are. Signs that no code holds
    (thoughts of self-harm) are not in `answers`.
    """
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{canonical(library)}|{library.site.release}",
        "status": "completed",
        "authored": day.isoformat(),
        "language": library.site.language,
        "item": list(_items(library, answers)),
    }


def _items(library: Library, answers: Answers) -> Iterator[dict[str, Any]]:
    for name, question in library.guide.questions.items():
        chosen = [choice for choice in question.choices if choice in answers.get(name, ())]
        if chosen:
            yield {
                "linkId": item_name(question, answers),
                "text": library.questions[name].title,
                "answer": [{"valueCoding": coding(library, question, each)} for each in chosen],
            }
