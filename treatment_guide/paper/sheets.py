"""The values of the two sheets on paper: the reader's and the clinician's."""

from dataclasses import dataclass
from html import escape
from typing import Any

from treatment_guide.engine.answers import LEVELS, NOT_SURE, Answers, effective
from treatment_guide.engine.code import encode, grouped
from treatment_guide.engine.model import Group
from treatment_guide.engine.outcome import Outcome
from treatment_guide.http.origin import in_capitals
from treatment_guide.library.model import Library
from treatment_guide.library.qr import qr_svg
from treatment_guide.paper.paper_space import LARGE, TABLE, USUAL, asked, table_height
from treatment_guide.questionnaire.answer_words import answer_labels, joined_phrases
from treatment_guide.questionnaire.questions_to_ask import asks, find_out

#: The groups of options on a sheet. `later` and `less-likely` are left off, so that a sheet cannot
#: be quoted to refuse care.
ON_PAPER: tuple[Group, ...] = ("fits", "depends")


@dataclass(frozen=True)
class Paper:
    """How a sheet leads back to the guide: the code, the address with the release, the QR code."""

    code: str
    grouped: str
    address: str
    box: str
    qr: str


def paper(library: Library, answers: Answers, clinic: int | None, site: str) -> Paper:
    """The code and address of these answers for paper, without danger signs and `since`.

    `site` is where the guide stands (`http.origin.public_address`).
    """
    code = encode(library.layout, answers, clinic=clinic, paper=True)
    release = library.site.release
    return Paper(
        code,
        grouped(code),
        f"{site}/go/{code}/?r={release}",
        f"{site.removeprefix('https://')}/go/",
        # No character outside the alphanumeric mode of QR codes: fewer and larger dots.
        qr_svg(in_capitals(library, f"/go/{code}/{release}/")),
    )


def discreet(library: Library, answers: Answers) -> bool:
    """True where one of these answers is said discreetly on paper."""
    counted = effective(library.guide.questions, answers)
    return any(
        words.discreet
        for name, chosen in counted.items()
        for choice, words in library.questions[name].choices.items()
        if choice in chosen
    )


def answers_marked(
    library: Library, answers: Answers, leave_out: str = "", *, in_full: bool = False
) -> str:
    """The answers as sentences in the reader's own voice, as HTML with the choices bold.

    `leave_out` is a question to skip; `in_full` names what is else said discreetly.
    """
    counted = effective(library.guide.questions, answers)
    sentences = []
    for name, question in library.guide.questions.items():
        if question.about_danger or name not in counted or name == leave_out:
            continue
        words = library.questions[name]
        phrases = [
            each.label if in_full and each.discreet else each.told
            for choice, each in words.choices.items()
            if choice in counted[name]
        ]
        choices = escape(joined_phrases(library, phrases), quote=False)
        # A sentence that is only the choice is not made bold as a whole.
        marked = choices if words.told.startswith("{choices}") else f"<b>{choices}</b>"
        sentences.append(escape(words.told, quote=False).format(choices=marked))
    return " ".join(sentences)


def danger_rows(library: Library, answers: Answers) -> list[dict[str, str]]:
    """The danger signs for the reader's place, in short words, by level, without those that no
    code holds (thoughts of self-harm).
    """
    counted = effective(library.guide.questions, answers)
    rows = []
    for level in LEVELS:
        signs = [
            words.short or words.label
            for question in library.guide.danger
            for sign in question.offered(counted)
            if question.levels.get(sign) == level and sign not in question.never_stored
            for words in [library.questions[question.id].choices[sign]]
        ]
        if signs:
            rows.append({"level": level, "signs": "; ".join(signs)})
    return rows


def option_names(library: Library, outcome: Outcome) -> dict[str, list[str]]:
    """The names of the options on a sheet, by group."""
    return {
        group: [library.options[s.option].page.short for s in outcome.group(group)]
        for group in ON_PAPER
    }


def patient(
    library: Library,
    answers: Answers,
    outcome: Outcome,
    large: bool = False,
    *,
    in_full: bool = False,
) -> dict[str, Any]:
    """The values of the reader's sheet; `large` for large print, `in_full` to name what is else said
    discreetly.
    """
    room = LARGE if large else USUAL
    happened = answers_marked(library, answers, leave_out="matters", in_full=in_full)
    matters = answer_labels(library, effective(library.guide.questions, answers), "matters")
    names = option_names(library, outcome)
    danger = danger_rows(library, answers)
    used = room.text(happened) + room.text(matters)
    used += sum(room.names(group) for group in names.values())
    used += sum(room.danger(row["signs"]) for row in danger)
    crisis = library.ui["sheet-crisis"].format(crisis=library.site.phrases["crisis"].text)
    used += room.danger(crisis) - room.danger_line  # one line is part of the frame
    found = asks(library, outcome, find_out(library, outcome))
    return {
        "happened": happened,
        "matters": matters,
        "groups": names,
        "asked": asked(found, room, room.height - used),
        "danger": danger,
        "large": large,
    }


def waited_for(library: Library, outcome: Outcome) -> list[str]:
    """The names of the questions that options depend on, each once, in the order asked."""
    waiting = outcome.group("depends")
    found = {q for s in waiting for reason in s.reasons for q in reason.questions}
    return [library.questions[q].name for q in library.guide.questions if q in found]


def signs_denied(library: Library, answers: Answers) -> dict[str, Any]:
    """The danger signs that were asked about: those denied, those reported, and those of which a
    doctor has checked one. The last, and signs that no code holds, are not counted as denied.
    """
    counted = effective(library.guide.questions, answers)
    signs: dict[str, list[str]] = {"denied": [], "reported": [], "checked": []}
    for question in library.guide.danger:
        chosen = counted.get(question.id, frozenset())
        for sign in question.offered(counted):
            if sign not in question.levels or sign in question.never_stored:
                continue
            words = library.questions[question.id].choices[sign]
            unticked = "checked" if "checked" in chosen else "denied"
            signs["reported" if sign in chosen else unticked].append(words.short or words.label)
    return signs


def answer_table(library: Library, answers: Answers, in_full: bool = False) -> list[dict[str, Any]]:
    """The answers as rows: short ones, long ones across the page, then a row for the questions
    answered "not sure", and one for those left open.
    """
    counted = effective(library.guide.questions, answers)
    rows: list[dict[str, Any]] = []
    unsure, missing = [], []
    for name, question in library.guide.questions.items():
        words = library.questions[name]
        if question.about_danger:
            continue
        if counted.get(name) == frozenset({NOT_SURE}):
            unsure.append(words.name)
        elif name in counted:
            wide = question.kind == "several"
            rows.append(
                {
                    "name": words.name,
                    "said": answer_labels(library, counted, name, in_full=in_full),
                    "wide": wide,
                }
            )
        elif question.core and not question.asked_for:
            missing.append(words.name)
    rows.sort(key=lambda row: row["wide"])
    for title, names in (("clinician-unsure", unsure), ("not-answered", missing)):
        if names:
            rows.append({"name": library.ui[title], "said": "; ".join(names), "wide": True})
    return rows


def clinician(
    library: Library, answers: Answers, outcome: Outcome, *, in_full: bool = False
) -> dict[str, Any]:
    """The values of the clinician's sheet; `in_full` names what is else said discreetly."""
    rows = answer_table(library, answers, in_full)
    names = option_names(library, outcome)
    signs = signs_denied(library, answers)
    waits_for = waited_for(library, outcome)
    used = table_height(rows) + TABLE.text("; ".join(waits_for))
    used += sum(TABLE.names(group) for group in names.values())
    used += TABLE.danger("; ".join([*signs["denied"], *signs["reported"], *signs["checked"]]))
    found = asks(library, outcome, find_out(library, outcome))
    open_ones = [ask for ask in found if ask.why != "always"]
    return {
        "rows": rows,
        "signs": signs,
        "groups": names,
        "waits_for": waits_for,
        "asked": asked(open_ones, TABLE, TABLE.height - used, least=0),
    }
