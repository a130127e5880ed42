"""The outcome page, joined from HTML that templates made at start."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from treatment_guide.engine.answers import NOT_SURE, Answers, set_aside
from treatment_guide.engine.changes import Changes
from treatment_guide.engine.code import encode, grouped
from treatment_guide.engine.flow import open_questions
from treatment_guide.engine.model import GROUPS
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.engine.telling.care import cares
from treatment_guide.engine.telling.gathering import Waiting
from treatment_guide.http.addresses import to
from treatment_guide.http.html.context import rendered
from treatment_guide.http.html.fragments import (
    CODE,
    cut,
    html,
    made_at_start,
    part,
    pattern,
    place,
    with_code,
)
from treatment_guide.http.html.words import map_count, say
from treatment_guide.http.origin import public_origin
from treatment_guide.library.in_words.opening_hours import clinic_card
from treatment_guide.library.model import Library
from treatment_guide.questionnaire.answer_words import answer_parts
from treatment_guide.questionnaire.outcome import top
from treatment_guide.questionnaire.outcome.row_parts import row_parts
from treatment_guide.questionnaire.outcome.rows import Rows
from treatment_guide.questionnaire.outcome.section_parts import section_parts
from treatment_guide.questionnaire.outcome.sections import MOST_UNSORTED, Sections
from treatment_guide.questionnaire.questions_to_ask import Ask, asks, find_out

FOLDER = "questionnaire/outcome/"

#: The placeholders of the page.
PLACES = (
    "fitting", "actions", "why", "counts", "since", "care", "fits", "find_out", "groups", "matters_first",
    "asks", "more_asks", "weigh", "answers", "clinic", "paper_grouped", "paper_address",
    "origin",
)  # fmt: skip
#: The most questions to ask that stand open, and the most things to find out.
MOST_ASKS, MOST_FOUND_OUT = 6, 3


class OutcomeParts:
    """The parts of all outcome pages of a library. The templates describe each."""

    def __init__(self, library: Library) -> None:
        self.rows = row_parts(library)
        self.sections = section_parts(library)
        self.top = top.top_parts(library)
        self.answers = answer_parts(library)
        page = pattern(
            library,
            "questionnaire/outcome.html",
            **{name: place(name) for name in PLACES},
            total=len(library.guide.options),
            path=f"/whats-next/outcome/{CODE}/",
        )
        self.page = re.sub(r"\s*\n\s*", "\n", page)
        counts = range(len(library.guide.options) + 1)
        lines = {
            group: part(library, f"{FOLDER}top/_count.html", group=group, count=place("count"))
            for group in GROUPS
        }
        self.counts = {
            (group, count): lines[group] % {"count": map_count(library, group, count)}
            for group in GROUPS
            for count in counts
        }
        asked = range(1, len(library.asks) + len(library.questions) + 3)
        more = {"start": MOST_ASKS, "asks": place("asks")}
        self.more_asks = {
            count: cut(part(library, f"{FOLDER}_asks.html", count=count, **more), "asks")
            for count in asked
        }
        self.matters_first = f"{say(library, 'asks-matter')} "
        item = part(
            library,
            f"{FOLDER}_find_out_item.html",
            **{name: place(name) for name in ("href", "title", "words")},
        )
        self.find_out = {
            name: item
            % {
                "href": to("question", name, CODE),
                "title": escape(words.title),
                "words": escape(words.find_out),
            }
            for name, words in library.questions.items()
            if words.find_out
        }
        self.all_find_out = cut(
            part(library, f"{FOLDER}_find_out.html", items=place("items")), "items"
        )
        self.narrows = {name for name, each in library.guide.questions.items() if each.narrows}
        self.clinics = {
            clinic.number: html(
                library,
                f"{FOLDER}_clinic.html",
                card=clinic_card(clinic, library.ui, library.language),
            )
            for clinic in library.clinics.values()
        }


#: Saves 2 ms an outcome.
outcome_parts = made_at_start(OutcomeParts)


def outcome_page(
    library: Library,
    answers: Answers,
    reader: Reader,
    outcome: Outcome,
    code: str,
    *,
    clinic: int | None = None,
    since: Mapping[str, Any] | None = None,
    days: Mapping[str, date] | None = None,
    dated: Collection[str] = (),
) -> str:
    """The page as HTML.

    `reader` is made of `answers`, some of which may be set aside. `code` is the code of these
    answers, `clinic` the number of a known clinic, `since` the result of `changed_since.since`,
    `days` that of `look_again.days_again`, `dated` that of `look_again.dated`.
    """
    parts = outcome_parts(library)
    paper = encode(library.layout, answers, clinic=clinic, paper=True)
    labels = {
        name: parts.answers.answer_labels(name, chosen) for name, chosen in reader.answers.items()
    }
    care = cares(reader, outcome.standings)
    rows = Rows(parts.rows, reader.answers, labels, care, clinic, dated)
    sections = Sections(parts.sections, rows, Changes(reader), outcome)
    actions = top.actions_of(library, outcome, days or {})
    helping = to_find_out(parts, reader, sections.waiting)
    asked = asks(library, outcome, find_out(library, outcome, set(helping)), set(helping))
    still_open = [q for q in open_questions(reader) if q not in labels]
    above = {q for each in sections.waiting for q in each.questions}.union(helping)
    unanswered = [q for q in still_open if q in parts.narrows and q not in above]
    groups = sections.of(unanswered)
    aside = set_aside(library.guide.questions, answers) if answers != reader.answers else {}
    counts = outcome.counts
    shown, more = first_asks(asked)
    page = parts.page % {
        "fitting": counts["fits"],
        "actions": top.actions_html(parts.top, actions),
        "why": top.whys_html(parts.top, actions),
        "counts": "".join([parts.counts[each] for each in counts.items()]),
        "since": rendered(library, "questionnaire/_since.html", since=since, on_outcome=True)
        if since
        else "",
        "care": top.care_html(parts.top, care),
        "fits": groups["fits"],
        "find_out": find_out_html(parts, helping),
        "groups": "".join([groups[each] for each in GROUPS[1:]]),
        "matters_first": parts.matters_first if any(a.why == "matters" for a in asked) else "",
        "asks": asks_html(shown),
        "more_asks": asks_html(more).join(parts.more_asks[len(more)]) if more else "",
        "weigh": "".join(
            [parts.sections.questions[q] for q in still_open if q not in parts.narrows]
        ),
        "answers": parts.answers.answer_rows(labels, aside, still_open),
        "clinic": parts.clinics[clinic] if clinic else "",
        "paper_grouped": grouped(paper),
        "paper_address": f"{to('go', paper)}?r={escape(library.site.release)}",
        "origin": escape(public_origin(library)),
    }
    return with_code(page, code)


def first_asks(asked: Sequence[Ask]) -> tuple[list[Ask], list[Ask]]:
    """The questions to ask that stand open, at most `MOST_ASKS`, and the rest. Those that always
    apply stand open, as the last.
    """
    if len(asked) <= MOST_ASKS:
        return list(asked), []
    always = [each for each in asked if each.why == "always"]
    others = [each for each in asked if each.why != "always"]
    first = MOST_ASKS - 1 - len(always)  # so that no fold is for one question
    return [*others[:first], *always], others[first:]


def asks_html(asked: Sequence[Ask]) -> str:
    """Questions to ask as items of a list."""
    return "".join([f"<li>{each.words}</li>" for each in asked])


def to_find_out(parts: OutcomeParts, reader: Reader, waiting: Sequence[Waiting]) -> tuple[str, ...]:
    """The questions that help most to find out, where many options depend on answers: those that
    most options wait for, then others whose answer is not known.
    """
    if sum(len(each.standings) for each in waiting) <= MOST_UNSORTED:
        return ()
    unsure = [q for q, chosen in reader.answers.items() if chosen == {NOT_SURE}]
    found = dict.fromkeys([*(q for each in waiting for q in each.questions), *unsure])
    return tuple([q for q in found if q in parts.find_out][:MOST_FOUND_OUT])


def find_out_html(parts: OutcomeParts, questions: Sequence[str]) -> str:
    """What would help most to find out, from whom, in which words; empty for nothing."""
    if not questions:
        return ""
    before, after = parts.all_find_out
    return f"{before}{''.join([parts.find_out[q] for q in questions])}{after}"


_FOLD = re.compile(r"<(/?)(?:details|summary)\b")


def unfolded(page: str) -> str:
    """The same page without anything to open: for printing, and for readers who want it all."""
    head, start, rest = page.partition("<main")
    main, end, foot = rest.partition("</main>")
    return "".join([head, start, _FOLD.sub(r"<\1div", main), end, foot])
