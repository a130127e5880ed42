"""The outcome page, joined from HTML that templates made at start."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from treatment_guide.engine.answers import Answers, set_aside
from treatment_guide.engine.changes import Changes
from treatment_guide.engine.code import encode, grouped
from treatment_guide.engine.flow import open_questions, sharpening
from treatment_guide.engine.model import GROUPS, Group
from treatment_guide.engine.outcome import Caution, Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.http.addresses import to
from treatment_guide.http.html.context import rendered
from treatment_guide.http.html.fragments import html, made_at_start, part, pattern, place, with_code
from treatment_guide.http.html.template_tags import long_date, sign
from treatment_guide.http.html.words import map_count, say, say_count
from treatment_guide.http.origin import public_origin
from treatment_guide.library.in_words.opening_hours import clinic_card
from treatment_guide.library.model import Library
from treatment_guide.questionnaire.answer_words import answer_parts
from treatment_guide.questionnaire.outcome_rows import Rows, row_parts
from treatment_guide.questionnaire.questions_to_ask import asks, find_out

FOLDER = "questionnaire/outcome/"

#: The placeholders of the page.
PLACES = (
    "fitting", "counts", "steps", "since", "notices", "sharpen", "weigh", "matters_first", "asks",
    "told", "answers", "clinic", "paper_grouped", "paper_address", "origin",
)  # fmt: skip


class OutcomeParts:
    """The parts of all outcome pages of a library. The templates describe each."""

    def __init__(self, library: Library) -> None:
        self.rows = row_parts(library)
        self.answers = answer_parts(library)
        self.page = pattern(
            library,
            "questionnaire/outcome.html",
            **{name: place(name) for name in PLACES}
            | {"total": len(library.guide.options), "groups": {g: place(g) for g in GROUPS}},
        )
        self.signs = {group: str(sign(group)) for group in GROUPS}
        counts = range(len(library.guide.options) + 1)
        self.counted = {
            (group, count): str(map_count(library, group, count))
            for group in GROUPS
            for count in counts
        }
        lines = {
            group: part(library, f"{FOLDER}_count.html", group=group, count=place("count"))
            for group in GROUPS
        }
        self.counts = {key: lines[key[0]] % {"count": said} for key, said in self.counted.items()}
        self.step_options = library.step_options
        self.steps = [
            part(
                library,
                f"{FOLDER}_step.html",
                number=number,
                title=library.steps[step].short or library.steps[step].title,
                signs=place("signs"),
                counts=place("counts"),
            )
            for number, step in enumerate(library.step_options, 1)
        ]
        self.sections = {
            (group, fixed): part(
                library,
                f"{FOLDER}_group.html",
                group=group,
                count=place("count"),
                rows=place("rows"),
                fixed=fixed,
            )
            for group in GROUPS
            for fixed in (False, True)
        }
        self.empty_sections = {
            group: html(library, f"{FOLDER}_group.html", group=group, count=0, rows="")
            for group in GROUPS
        }
        self._add_notices(library)
        self._add_questions(library, counts)
        self.ask = part(library, f"{FOLDER}_ask.html", words=place("words"))
        self.matters_first = html(library, f"{FOLDER}_matters.html")
        self.clinics = {
            clinic.number: html(
                library, f"{FOLDER}_clinic.html", card=clinic_card(clinic, library.ui)
            )
            for clinic in library.clinics.values()
        }

    def _add_notices(self, library: Library) -> None:
        """Add the notices; those that say when to look again have a placeholder for the day."""
        self.all_notices = part(library, f"{FOLDER}_notices.html", notices=place("notices"))
        self.notices = {
            name: html(library, f"{FOLDER}_notice.html", notice=notice)
            for name, notice in library.notices.items()
        }
        self.dated_notices = {
            name: part(library, f"{FOLDER}_notice.html", notice=notice, day=place("day"))
            for name, notice in library.notices.items()
            if notice.look_again
        }

    def _add_questions(self, library: Library, counts: Sequence[int]) -> None:
        """Add the links to the questions that are still open."""
        names = {"settles": place("settles"), "more": place("more")}
        titles = {
            name: {"question": name, "title": w.title} for name, w in library.questions.items()
        }
        self.sharpen = {
            name: part(library, f"{FOLDER}_sharpen.html", **titles[name], **names)
            for name in titles
        }
        self.settles = [
            str(say_count(library, "sharpen-one", c) if c else say(library, "sharpen-none"))
            for c in counts
        ]
        self.sharpen_done = html(library, f"{FOLDER}_sharpen.html")
        self.sharpen_more = part(library, f"{FOLDER}_sharpen_more.html", links=place("links"))
        self.question_links = {
            name: html(library, f"{FOLDER}_question_link.html", **titles[name], listed=True)
            for name in titles
        }
        self.linked = {
            name: html(library, f"{FOLDER}_question_link.html", **titles[name]) for name in titles
        }
        self.narrows = {name for name, each in library.guide.questions.items() if each.narrows}


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
    again: date | None = None,
) -> str:
    """The page as HTML.

    `reader` is made of `answers`, some of which may be set aside. `code` is the code of these
    answers, `clinic` the number of a known clinic, `since` the result of `changed_since.since`,
    `again` the day to look again.
    """
    parts = outcome_parts(library)
    paper = encode(library.layout, answers, clinic=clinic, paper=True)
    labels = {
        name: parts.answers.answer_labels(name, chosen) for name, chosen in reader.answers.items()
    }
    rows = Rows(parts.rows, Changes(reader), labels)
    by_group = rows.of(outcome, clinic)
    asked = asks(library, outcome, find_out(library, outcome))
    aside = set_aside(library.guide.questions, answers) if answers != reader.answers else {}
    values = {
        "fitting": len(by_group["fits"]),
        "counts": "".join([parts.counts[g, len(found)] for g, found in by_group.items()]),
        "steps": steps(parts, reader.groups),
        "since": rendered(library, "questionnaire/_since.html", since=since) if since else "",
        "notices": notices(parts, outcome.notices, again),
        "sharpen": sharpen(parts, sharpening(reader)),
        "weigh": "".join(
            [parts.linked[q] for q in open_questions(reader) if q not in parts.narrows]
        ),
        "matters_first": parts.matters_first if any(a.why == "matters" for a in asked) else "",
        "asks": "".join([parts.ask % {"words": each.words} for each in asked]),
        "told": parts.answers.paragraph(reader.answers),
        "answers": parts.answers.answer_rows(labels, aside),
        "clinic": parts.clinics[clinic] if clinic else "",
        "paper_grouped": grouped(paper),
        "paper_address": f"{to('go', paper)}?r={escape(library.site.release)}",
        "origin": escape(public_origin(library)),
    }
    for group, found in by_group.items():
        values[group] = section(parts, group, found, rows.fixed)
    return with_code(parts.page % values, code)


def section(parts: OutcomeParts, group: Group, rows: Sequence[str], fixed: bool) -> str:
    """The options of one group. `fixed`: some of them cannot be brought in by any change."""
    if not rows:
        return parts.empty_sections[group]
    shown = {"count": len(rows), "rows": "".join(rows)}
    return parts.sections[group, fixed and group == "less-likely"] % shown


def steps(parts: OutcomeParts, groups: Mapping[str, Group]) -> str:
    """The steps, each with the signs of its options and the number in each group in words."""
    found = []
    for line, options in zip(parts.steps, parts.step_options.values(), strict=True):
        here = [groups[option] for option in options]
        counted = [parts.counted[group, here.count(group)] for group in GROUPS if group in here]
        signs = "".join([parts.signs[group] for group in here])
        found.append(line % {"signs": signs, "counts": escape(", ".join(counted))})
    return "".join(found)


def notices(parts: OutcomeParts, found: Sequence[Caution], again: date | None) -> str:
    """The notices that apply; empty for none."""
    if not found:
        return ""
    shown = []
    for each in found:
        if again and each.because in parts.dated_notices:
            shown.append(parts.dated_notices[each.because] % {"day": long_date(again)})
        else:
            shown.append(parts.notices[each.because])
    return parts.all_notices % {"notices": "".join(shown)}


def sharpen(parts: OutcomeParts, found: Sequence[tuple[str, int]]) -> str:
    """The links to open questions; the one that could settle the most options comes first."""
    if not found:
        return parts.sharpen_done
    (top, settles), *others = found
    links = "".join([parts.question_links[question] for question, _ in others])
    more = parts.sharpen_more % {"links": links} if others else ""
    return parts.sharpen[top] % {"settles": parts.settles[settles], "more": more}
