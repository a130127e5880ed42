"""What the link kit shows: its form with the result of it, and the sheet for the patient.

A few choices become a link, a code, a QR code, texts to paste and a printed sheet.
"""

from typing import Any

from django.utils.safestring import SafeString

from treatment_guide.clinics.clinic_link import KNOWN, Link, offered
from treatment_guide.clinics.handout_texts import MESSAGE, blocks
from treatment_guide.library.in_words.opening_hours import clinic_card
from treatment_guide.library.model import Library
from treatment_guide.library.qr import qr_svg

#: Dots of a PNG to one module: about 5 cm at 300 dots an inch.
PNG_SCALE = 14
#: The kinds of file that a QR code is handed out as.
QR_KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def form(library: Library, link: Link | None) -> dict[str, Any]:
    """Everything the kit shows: the questions, and the result once there is a place."""
    answers = link.answers if link else {}
    questions = [
        {
            "id": SafeString(question),
            "name": library.questions[question].name,
            "rows": [
                {
                    "id": SafeString(choice),
                    "field": SafeString(f"{question}-{choice}"),
                    "label": library.questions[question].choices[choice].label,
                    "ticked": choice in answers.get(question, ()),
                }
                for choice in offered(library, question, answers)
            ],
        }
        for question in KNOWN
    ]
    return {
        "place": questions[0],
        "cause": questions[1],
        "more": questions[2:],
        "link": link,
        "clinics": library.clinics.values(),
        "qr": qr_svg(link.address) if link else "",
        "blocks": blocks(link) if link else (),
        "message_most": MESSAGE,
    }


def on_paper(link: Link) -> dict[str, Any]:
    """Everything the sheet shows."""
    library = link.library
    place = next(iter(link.answers["place"]))
    signs: dict[str, list[str]] = {"emergency": [], "today": []}
    crisis = []
    for question in library.guide.danger:
        words = library.questions[question.id].choices
        for sign in question.offered({"place": frozenset((place,))}):
            level = question.levels.get(sign)
            if sign in question.never_stored:
                crisis.append(words[sign].marked)
            elif level in signs:
                signs[level].append(words[sign].marked)
    return {
        "link": link,
        "qr": qr_svg(link.address),
        "levels": list(signs.items()),
        "crisis": crisis,
        "help": library.pages["get-help-now"],
        "clinic": clinic_card(link.clinic, library.ui, library.language) if link.clinic else None,
    }
