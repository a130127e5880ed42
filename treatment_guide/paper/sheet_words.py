"""What was said, in words: the answers as sentences and as a table, the danger signs."""

from collections.abc import Sequence
from html import escape
from typing import Any

from treatment_guide.engine.answers import LEVELS, NOT_SURE, Answers, effective
from treatment_guide.library.model import Library
from treatment_guide.questionnaire.answer_words import answer_labels, joined_phrases


def in_running_text(name: str) -> str:
    """A name inside a sentence: a small first letter, but in `PRP` or `X-ray`."""
    return name if name[1:2].isupper() or name[1:2] == "-" else name[:1].lower() + name[1:]


def answers_marked(
    library: Library, answers: Answers, leave_out: str = "", *, in_full: bool = False
) -> str:
    """The answers as sentences in the reader's own voice, as HTML with the choices bold; the last
    names all that the reader is not sure of.

    `leave_out` is a question to skip; `in_full` names what is else said discreetly.
    """
    counted = effective(library.guide.questions, answers)
    sentences, unsure = [], []
    for name, question in library.guide.questions.items():
        if question.about_danger or name not in counted or name == leave_out:
            continue
        words = library.questions[name]
        if counted[name] == frozenset({NOT_SURE}):
            unsure.append(in_running_text(words.name))
            continue
        phrases = [
            each.label if in_full and each.discreet else each.told
            for choice, each in words.choices.items()
            if choice in counted[name]
        ]
        choices = escape(joined_phrases(library, phrases), quote=False)
        # A sentence that is only the choice is not made bold as a whole.
        marked = choices if words.told.startswith("{choices}") else f"<b>{choices}</b>"
        sentences.append(escape(words.told, quote=False).format(choices=marked))
    if unsure:
        said = library.ui["sheet-unsure-of"].format(names=library.language.semicolon.join(unsure))
        sentences.append(escape(said, quote=False))
    return " ".join(sentences)


def danger_rows(
    library: Library, answers: Answers, beneath: Library | None = None
) -> list[dict[str, str]]:
    """The danger signs for the reader's place, in short words, by level, without those that no
    code holds (thoughts of self-harm). `beneath` is the library of the original, where its words
    stand beneath those of a translation.
    """
    counted = effective(library.guide.questions, answers)
    rows = []
    for level in LEVELS:
        signs = [
            (question.id, sign)
            for question in library.guide.danger
            for sign in question.offered(counted)
            if question.levels.get(sign) == level and sign not in question.never_stored
        ]
        if signs:
            original = signs_listed(beneath, signs) if beneath else ""
            rows.append(
                {"level": level, "signs": signs_listed(library, signs), "original": original}
            )
    return rows


def signs_listed(library: Library, signs: Sequence[tuple[str, str]]) -> str:
    """Danger signs, each as question and choice, in short words, as one list."""
    found = [library.questions[question].choices[sign] for question, sign in signs]
    return library.language.semicolon.join(each.short or each.label for each in found)


def asked_signs(library: Library, answers: Answers) -> dict[str, Any]:
    """The danger signs that were asked about: those `reported`, those `checked` (a doctor has
    checked one of them), and those `unticked`.

    A sign that was shown and not ticked is no "no" to that sign, so none is called denied. Signs
    that no code holds stand in none of the three. `untouched` is true where the reader ticked "none
    of these" in every list.
    """
    counted = effective(library.guide.questions, answers)
    signs: dict[str, list[str]] = {"reported": [], "checked": [], "unticked": []}
    for question in library.guide.danger:
        chosen = counted.get(question.id, frozenset())
        for sign in question.offered(counted):
            if sign not in question.levels or sign in question.never_stored:
                continue
            words = library.questions[question.id].choices[sign]
            rest = "checked" if "checked" in chosen else "unticked"
            signs["reported" if sign in chosen else rest].append(words.short or words.label)
    return {**signs, "untouched": not signs["reported"] and not signs["checked"]}


def sign_ticked(library: Library, answers: Answers) -> str:
    """The danger signs that the reader ticked, as a sentence in HTML; empty without one. Whoever
    ticked an urgent one has no sheet: these are the signs for a doctor within days.
    """
    signs = library.language.semicolon.join(asked_signs(library, answers)["reported"])
    marked = f"<b>{escape(signs, quote=False)}</b>"
    return library.ui["sheet-sign"].format(signs=marked) if signs else ""


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
            said = answer_labels(library, counted, name, in_full=in_full)
            rows.append({"name": words.name, "said": said, "wide": question.kind == "several"})
        elif question.core and not question.asked_for:
            missing.append(words.name)
    rows.sort(key=lambda row: row["wide"])
    for title, names in (("clinician-unsure", unsure), ("not-answered", missing)):
        if names:
            rows.append(
                {
                    "name": library.ui[title],
                    "said": library.language.semicolon.join(names),
                    "wide": True,
                }
            )
    return rows
