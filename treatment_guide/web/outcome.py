"""Plain values for the questionnaire's pages, made from the library and one reader's answers."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from treatment_guide.engine.answers import Answers, effective, set_aside
from treatment_guide.engine.changes import Change, concerns, what_would_change
from treatment_guide.engine.code import encode, grouped
from treatment_guide.engine.flow import open_questions, sharpening
from treatment_guide.engine.model import GROUPS, Group
from treatment_guide.engine.narrowing import Outcome, Reason, Standing
from treatment_guide.library.checks import current_library
from treatment_guide.library.clinics import clinic_card
from treatment_guide.library.model import Clinic, Library
from treatment_guide.library.words import joined
from treatment_guide.web.asks import asks


@dataclass(frozen=True)
class Said:
    """What a reader answered to one question: its name, the labels, the page to change it."""

    question: str
    name: str
    labels: str
    aside: bool = False


def said(library: Library, answers: Answers, question: str) -> str:
    """The labels of an answer, joined; empty when unanswered."""
    words = library.questions[question]
    chosen = answers.get(question, frozenset())
    labels = [
        words.choices[choice].label
        for choice in library.guide.questions[question].choices
        if choice in chosen
    ]
    return joined(library.ui["list-join"], labels)


def listed(library: Library, phrases: list[str]) -> str:
    """Phrases as a list in a sentence: "a, b and c"."""
    parts = [", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases
    return joined(library.ui["list-and"], parts)


def told(library: Library, answers: Answers) -> str:
    """Everything a reader said, as one paragraph in their own voice."""
    sentences = []
    counted = effective(library.guide.questions, answers)
    for name, question in library.guide.questions.items():
        if question.about_danger or name not in counted:
            continue
        words = library.questions[name]
        phrases = [words.choices[c].told for c in question.choices if c in counted[name]]
        choices = listed(library, phrases)
        sentences.append(words.told.format(choices=choices))
    return " ".join(sentences)


def answer_rows(library: Library, answers: Answers) -> list[Said]:
    """Every answer given, in the order asked; then those set aside by another answer."""
    counted = effective(library.guide.questions, answers)
    rows = [
        Said(name, library.questions[name].name, said(library, counted, name)) for name in counted
    ]
    aside = set_aside(library.guide.questions, answers)
    rows += [
        Said(name, library.questions[name].name, said(library, aside, name), aside=True)
        for name in aside
    ]
    return rows


def live_list(outcome: Outcome) -> SafeString:
    """The list "Options so far" as HTML."""
    return _live_list(tuple((s.option, s.group) for s in outcome.standings))


@lru_cache(maxsize=2_000)
def _live_list(standings: tuple[tuple[str, Group], ...]) -> SafeString:
    """The same. It depends on the groups alone, so many answers share one list."""
    found = Outcome(tuple(Standing(o, group, (), (), False) for o, group in standings), (), ())
    shown = {"live": live(current_library(), found)}
    return render_to_string("components/_live.html", shown)


def live(library: Library, outcome: Outcome) -> dict[str, Any]:
    """The same list as values: every option in its place under its step, with its sign."""
    group = {s.option: s.group for s in outcome.standings}
    counts = outcome.counts
    return {
        "counts": counts,
        "total": len(outcome.standings),
        "fitting": counts["fits"],
        "steps": [
            {
                "title": library.steps[step].short or library.steps[step].title,
                "options": [
                    {
                        "id": option,
                        "name": library.options[option].page.short,
                        "group": group[option],
                    }
                    for option in options
                ],
            }
            for step, options in library.step_options.items()
        ],
    }


def reason(library: Library, answers: Answers, found: Reason) -> dict[str, Any]:
    """A reason as it is shown: its words, what was said, and where to change or answer it."""
    counted = effective(library.guide.questions, answers)
    return {
        "kind": found.kind,
        "words": library.reasons[found.because] if found.because else "",
        "said": [
            {
                "question": question,
                "name": library.questions[question].name,
                "labels": said(library, counted, question),
            }
            for question in found.questions
        ],
    }


def change(library: Library, answers: Answers, standing: Standing) -> dict[str, Any] | None:
    """What would bring an option closer, in words; empty words where nothing that can change
    would. None for an option that fits, or that only waits for an answer.
    """
    if standing.group not in ("later", "less-likely"):
        return None
    option = library.guide.options[standing.option]
    if library is current_library():
        concerned = _concerned(standing.option)
        found = _what_would_change(
            standing.option, tuple((q, answers[q]) for q in concerned if q in answers)
        )
    else:
        found = what_would_change(library.guide, option, answers)
    if found is None:
        return {"words": "", "then": ""}
    phrases = [
        words.gone if move.gone else words.change
        for move in found.moves
        for words in [library.questions[move.question].choices[move.choice]]
    ]
    return {"words": listed(library, phrases), "then": found.group}


@cache
def _concerned(option: str) -> tuple[str, ...]:
    """The questions that have a part in an option, in order."""
    guide = current_library().guide
    found = concerns(guide, guide.options[option])
    return tuple(question for question in guide.questions if question in found)


@lru_cache(maxsize=8_000)
def _what_would_change(option: str, given: tuple[tuple[str, frozenset[str]], ...]) -> Change | None:
    """What would change an option, worked out once for the answers that concern it."""
    guide = current_library().guide
    return what_would_change(guide, guide.options[option], dict(given))


def to_find_out(library: Library, standing: Standing) -> list[str]:
    """What an option waits for, each as a question and whom to ask."""
    if standing.group != "depends":
        return []
    questions = dict.fromkeys(q for reason in standing.reasons for q in reason.questions)
    return [library.questions[q].find_out for q in questions if library.questions[q].find_out]


def option_row(
    library: Library, answers: Answers, standing: Standing, clinic: Clinic | None = None
) -> dict[str, Any]:
    """One option on the outcome page."""
    found = library.options[standing.option]
    option = library.guide.options[standing.option]
    done = [
        library.reasons[rule.because]
        for rule in option.done
        if standing.done and rule.because in library.reasons
    ]
    return {
        "id": standing.option,
        "group": standing.group,
        "page": found.page,
        "tags": found.tags,
        "clinic": clinic,
        "offered": clinic is not None and standing.option in clinic.offers,
        "done": done,
        "reasons": [reason(library, answers, each) for each in standing.reasons],
        "cautions": [library.reasons[caution.because] for caution in standing.cautions],
        "change": change(library, answers, standing),
        "find_out": to_find_out(library, standing),
    }


def outcome_page(
    library: Library, answers: Answers, outcome: Outcome, code: str, clinic: Clinic | None = None
) -> dict[str, Any]:
    """Everything the outcome page shows. `clinic` is the one that the code names."""
    number = clinic.number if clinic else None
    paper = encode(library.layout, answers, clinic=number, paper=True)
    still_open = open_questions(library.guide, answers)
    rows = {s.option: option_row(library, answers, s, clinic) for s in outcome.standings}
    find_out = list(dict.fromkeys(each for row in rows.values() for each in row["find_out"]))
    asked = asks(library, outcome, find_out)
    sharpen = [
        {"question": question, "title": library.questions[question].title, "settles": settles}
        for question, settles in sharpening(library.guide, answers)
    ]
    weigh = [
        {"question": question, "title": library.questions[question].title}
        for question in still_open
        if not library.guide.questions[question].narrows
    ]
    shown = live(library, outcome)
    return {
        "code": code,
        "clinic": clinic_card(clinic, library.ui) if clinic else None,
        "live": shown,
        "told": told(library, answers),
        "answers": answer_rows(library, answers),
        "notices": [library.notices[n.because] for n in outcome.notices],
        "asks": asked,
        "matters_first": any(ask.why == "matters" for ask in asked),
        "groups": [
            {
                "group": group,
                "rows": [rows[s.option] for s in outcome.group(group)],
            }
            for group in GROUPS
        ],
        "sharpen": sharpen,
        "weigh": weigh,
        "paper_grouped": grouped(paper),
        "paper_address": f"/go/{paper}/?r={library.site.release}",
    }
