"""Plain values for the questionnaire's pages, made from the library and one reader's answers."""

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.engine.answers import Answers, effective
from treatment_guide.engine.code import encode, grouped
from treatment_guide.engine.flow import open_questions, sharpening
from treatment_guide.engine.model import GROUPS, Group
from treatment_guide.engine.narrowing import Outcome, Standing
from treatment_guide.library.checks import current_library
from treatment_guide.library.clinics import clinic_card
from treatment_guide.library.model import Clinic, Library
from treatment_guide.web.asks import asks
from treatment_guide.web.pieces import pieces
from treatment_guide.web.told import answer_rows, told


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


def outcome_page(
    library: Library, answers: Answers, outcome: Outcome, code: str, clinic: Clinic | None = None
) -> dict[str, Any]:
    """Everything the outcome page shows. `clinic` is the one that the code names."""
    number = clinic.number if clinic else None
    paper = encode(library.layout, answers, clinic=number, paper=True)
    still_open = open_questions(library.guide, answers)
    rows = pieces(library, effective(library.guide.questions, answers), clinic)
    find_out = list(dict.fromkeys(each for row in rows for each in row.find_out))
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
                "rows": [mark_safe(row.row(code)) for row in rows if row.group == group],
                "fixed": any(row.fixed for row in rows if row.group == group),
            }
            for group in GROUPS
        ],
        "sharpen": sharpen,
        "weigh": weigh,
        "paper_grouped": grouped(paper),
        "paper_address": f"/go/{paper}/?r={library.site.release}",
    }
