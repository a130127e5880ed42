"""Plain values for the questionnaire's pages, made from the library and one reader's answers."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.code import encode, grouped
from treatment_guide.engine.flow import open_questions, sharpening
from treatment_guide.engine.model import GROUPS, Group
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.clinics import clinic_card
from treatment_guide.library.model import Clinic, Library
from treatment_guide.questionnaire.answer_words import answer_rows, told
from treatment_guide.questionnaire.outcome_rows import markup, rows
from treatment_guide.questionnaire.questions_to_ask import asks


def live_list(groups: Mapping[str, Group]) -> SafeString:
    """The list "Options so far" as HTML, for the group of every option."""
    return _live_list(tuple(groups.items()))


@lru_cache(maxsize=2_000)
def _live_list(groups: tuple[tuple[str, Group], ...]) -> SafeString:
    shown = live(current_library(), dict(groups))
    for step in shown["steps"]:
        step["items"] = [live_item(each["id"], each["group"]) for each in step["options"]]
    return render_to_string("components/_live.html", {"live": shown})


@cache
def live_item(option: str, group: Group) -> SafeString:
    """One option in that list, made once for each group it can stand in."""
    page = current_library().options[option].page
    shown = {"option": option, "name": page.short, "group": group}
    return render_to_string("components/_live_item.html", shown)


def live(library: Library, groups: Mapping[str, Group]) -> dict[str, Any]:
    """The same list as values: every option in its place under its step, with its sign."""
    given = list(groups.values())
    return {
        "counts": {group: given.count(group) for group in GROUPS},
        "total": len(given),
        "fitting": given.count("fits"),
        "steps": [
            {
                "title": library.steps[step].short or library.steps[step].title,
                "options": [
                    {
                        "id": option,
                        "name": library.options[option].page.short,
                        "group": groups[option],
                    }
                    for option in options
                ],
            }
            for step, options in library.step_options.items()
        ],
    }


def outcome_page(
    library: Library,
    answers: Answers,
    reader: Reader,
    outcome: Outcome,
    code: str,
    clinic: Clinic | None = None,
) -> dict[str, Any]:
    """Everything the outcome page shows. `reader` has given these answers, some of which may be
    set aside; `clinic` is the one that the code names.
    """
    number = clinic.number if clinic else None
    paper = encode(library.layout, answers, clinic=number, paper=True)
    still_open = open_questions(reader)
    shown_rows = rows(library, reader, outcome, clinic)
    find_out = list(dict.fromkeys(each for row in shown_rows for each in row.find_out))
    asked = asks(library, outcome, find_out)
    sharpen = [
        {"question": question, "title": library.questions[question].title, "settles": settles}
        for question, settles in sharpening(reader)
    ]
    weigh = [
        {"question": question, "title": library.questions[question].title}
        for question in still_open
        if not library.guide.questions[question].narrows
    ]
    shown = live(library, {s.option: s.group for s in outcome.standings})
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
                "rows": [
                    mark_safe(markup(library, row, code))
                    for row in shown_rows
                    if row.group == group
                ],
                "fixed": any(row.fixed for row in shown_rows if row.group == group),
            }
            for group in GROUPS
        ],
        "sharpen": sharpen,
        "weigh": weigh,
        "paper_grouped": grouped(paper),
        "paper_address": f"/go/{paper}/?r={library.site.release}",
    }
