"""What the link kit shows: its form with the result of it, and the sheet for the patient.

A few choices become a link, a code, a QR code, texts to paste and a printed sheet.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from treatment_guide.clinics.clinic_link import KNOWN, Link, offered
from treatment_guide.clinics.handout_texts import MESSAGE, blocks
from treatment_guide.http.addresses import speaking, to
from treatment_guide.http.clock import today
from treatment_guide.http.handouts import translations, withheld
from treatment_guide.library.in_words.lists import in_sentence
from treatment_guide.library.in_words.opening_hours import clinic_card
from treatment_guide.library.model import Library
from treatment_guide.library.qr import qr_svg
from treatment_guide.library.review.translated import unsigned

#: Dots of a PNG to one module: about 5 cm at 300 dots an inch.
PNG_SCALE = 14
#: The kinds of file that a QR code is handed out as.
QR_KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def spoken(library: Library, wanted: str) -> tuple[Library, ...]:
    """The libraries of the languages of hand-outs: `es` is Spanish, `en-es` both. The original
    where one of them is not handed out.
    """
    known = {each.language.name: each for each in (library, *translations(library))}
    names = wanted.split("-")
    if len(names) > 2 or len({*names}) != len(names) or not {*names} <= known.keys():
        return (library,)
    return tuple(known[name] for name in names)


def name_of(libraries: Sequence[Library]) -> str:
    """The languages of hand-outs as an address and the form name them; empty for the original."""
    first, *_ = libraries
    both = "-".join(each.language.name for each in libraries)
    return both if len(libraries) > 1 or first.original else ""


def language_rows(library: Library, chosen: Sequence[Library]) -> list[dict[str, Any]]:
    """The languages that the form offers for hand-outs: each, and each translation beside the
    original. None where there is nothing to choose.
    """
    others = translations(library)
    offered_here: list[tuple[Library, ...]] = [(library,)]
    offered_here += [each for one in others for each in ((one,), (library, one))]
    return [
        {"id": each_name, "label": own_names(library, each), "ticked": each_name == name_of(chosen)}
        for each in (offered_here if others else ())
        for each_name in [name_of(each)]
    ]


def own_names(library: Library, libraries: Sequence[Library]) -> str:
    """Languages as their speakers call them, in a sentence of a library."""
    names = [each.language.own_name for each in libraries]
    return in_sentence(library.ui["list-and"], names, library.language)


def elsewhere(others: Sequence[Library], route: str, name: str) -> list[dict[str, str]]:
    """A hand-out in each of these translations: the name and tag of the language, and the address."""
    found = []
    for each in others:
        with speaking(each):
            language = each.language
            found.append(
                {"name": language.name, "own_name": language.own_name, "href": to(route, name)}
            )
    return found


def told_in(link: Link) -> dict[str, Any]:
    """A link in one language: its QR code, and the addresses that lead to it and to the code as a
    file.
    """
    with speaking(link.library):
        files = {kind: to("clinic_qr", link.code, kind) for kind in QR_KINDS}
        return {"link": link, "qr": qr_svg(link.address), "go": to("go", link.code), **files}


def sheet_address(link: Link, libraries: Sequence[Library], *, large: bool = False) -> str:
    """Where the sheet in these languages stands. With two, the translation is the second."""
    route = "clinic_sheet_both" if len(libraries) > 1 else "clinic_sheet"
    with speaking(libraries[-1]):
        return to(f"{route}_large" if large else route, link.code)


def form(library: Library, link: Link | None, languages: str = "") -> dict[str, Any]:
    """Everything the kit shows: the questions, and the result once there is a place, with what
    patients read in these `languages` (`spoken`).
    """
    chosen = spoken(library, languages)
    told = [link.within(each) for each in chosen] if link else []
    others = translations(library)
    new = [each for each in others if unsigned(each, today())]
    off = withheld(library)
    answers = link.answers if link else {}
    questions: list[dict[str, Any]] = [
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
        "told": [told_in(each) for each in told],
        "blocks": blocks(link, told) if link else (),
        "sheet": sheet_address(link, chosen) if link else "",
        "large_sheet": sheet_address(link, chosen, large=True) if link else "",
        "languages": language_rows(library, chosen),
        "forms": [
            {
                "id": row["id"],
                "label": row["label"],
                "others": elsewhere(others, "blank_form", row["id"]),
            }
            for row in questions[0]["rows"]
            if row["id"] in library.guide.questions["place"].real_choices
        ],
        "booklets": [
            {"page": each.page, "others": elsewhere(others, "situation_booklet", each.page.id)}
            for each in library.situations.values()
        ],
        "unreviewed": own_names(library, new) if new else "",
        "withheld": own_names(library, off) if off else "",
        "message_most": MESSAGE,
    }


def sign_words(library: Library, question: str, sign: str, beneath: bool) -> dict[str, str]:
    """A danger sign as the sheet names it, as HTML; `beneath`: in short words, with those of the
    original beneath, so that two languages have room on one page.
    """
    words = library.questions[question].choices[sign]
    if library.original is None or not beneath:
        return {"words": words.marked, "original": ""}
    theirs = library.original.questions[question].choices[sign]
    return {
        "words": format_html("<b>{}</b>", words.short or words.label),
        "original": escape(theirs.short or theirs.label),
    }


def on_paper(link: Link, *, large: bool = False, both: bool = False) -> dict[str, Any]:
    """Everything the sheet shows; `both`: in the language of the link and in the original."""
    library = link.library
    other = library.original if both else None
    sides = [link, *([link.within(other)] if other else [])]
    place = next(iter(link.answers["place"]))
    beneath = other is not None or unsigned(library, today())
    signs: dict[str, list[dict[str, str]]] = {"emergency": [], "today": []}
    crisis = False
    for question in library.guide.danger:
        for sign in question.offered({"place": frozenset((place,))}):
            level = question.levels.get(sign)
            if sign in question.never_stored:
                crisis = True
            elif level in signs:
                signs[level].append(sign_words(library, question.id, sign, beneath))
    return {
        "link": link,
        "large": large,
        "other_print": sheet_address(link, (library, library)[: len(sides)], large=not large),
        "other": other,
        "beneath": beneath,
        "sides": [{"link": each, "qr": qr_svg(each.address)} for each in sides],
        "levels": list(signs.items()),
        "crisis": crisis,
        "help": library.pages["get-help-now"],
        "clinic": clinic_card(link.clinic, library.ui, library.language) if link.clinic else None,
    }
