"""The parts of the four groups of the outcome page, made once for each library."""

from html import escape
from typing import Any

from treatment_guide.engine.conditions import questions_in
from treatment_guide.engine.model import GROUPS
from treatment_guide.engine.telling.gathering import (
    asked_with,
)
from treatment_guide.http.addresses import to
from treatment_guide.http.html.fragments import CODE, cut, html, made_at_start, part, place
from treatment_guide.http.html.words import say
from treatment_guide.library.model import Library

#: What speaks against options that are not usual here, in the order shown.
WHY_NOT = ("nowhere", "other", "trials")

FOLDER = "questionnaire/outcome/group/"
#: The places of a link to a question.
LINK = {name: place(name) for name in ("href", "title")}


class SectionParts:
    """The parts of the groups of a library.

    `steps`: the label of each step, as a heading of a group and inside one, by its number from 0. `step_of`:
    the number of the step of each option.
    """

    def __init__(self, library: Library) -> None:
        texts = {name: place(name) for name in ("head", "rows")}
        self.part = cut(part(library, f"{FOLDER}_part.html", **texts), "head", "rows")
        self.sections = {
            group: cut(
                part(
                    library,
                    f"{FOLDER}_group.html",
                    group=group,
                    count=place("count"),
                    parts=place("parts"),
                ),
                "count",
                "parts",
            )
            for group in GROUPS
        }
        self.empty = {
            group: cut(
                part(library, f"{FOLDER}_group.html", group=group, count=0, parts=place("parts")),
                "parts",
            )
            for group in GROUPS
        }
        self.steps = []
        self.step_of: dict[str, int] = {}
        for number, (step, options) in enumerate(library.step_options.items()):
            page = library.steps[step]
            named: dict[str, Any] = {"number": number + 1, "title": page.short or page.title}
            made = [html(library, f"{FOLDER}_step.html", inside=s, **named) for s in (False, True)]
            self.steps.append((made[0], made[1]))
            self.step_of |= dict.fromkeys(options, number)
        self.together = asked_with(library.guide.questions)
        link = part(library, f"{FOLDER}_question.html", **LINK)
        self.questions = {
            name: link % {"href": to("question", name, CODE), "title": escape(words.title)}
            for name, words in library.questions.items()
        }
        #: Questions whose answer may mean: see or call somebody soon.
        self.soon = {
            question
            for notice in library.guide.notices
            if library.guide.todos[notice.because].when in ("days", "today")
            for question in questions_in(notice.condition)
        }
        self.names = {
            name: link % {"href": to("question", name, CODE), "title": escape(words.name)}
            for link in (part(library, f"{FOLDER}_unanswered_name.html", **LINK),)
            for name, words in library.questions.items()
        }
        self.unanswered = cut(
            part(library, f"{FOLDER}_unanswered.html", links=place("links")), "links"
        )
        self.opens = {
            several: part(
                library,
                f"{FOLDER}_opens.html",
                several=several,
                count=place("count"),
                links=place("links"),
            )
            for several in (False, True)
        }
        self.folds = {
            fixed: cut(
                part(
                    library,
                    f"{FOLDER}_fold.html",
                    words="why-not",
                    fixed=fixed,
                    inside=place("inside"),
                ),
                "inside",
            )
            for fixed in (False, True)
        }
        self.why_wait = cut(
            part(library, f"{FOLDER}_fold.html", words="why-wait", inside=place("inside")), "inside"
        )
        self.said = {
            name: str(say(library, name))
            for name in ("you-said", "tried-title", "later-several", "later-fixed", "would-depend")
        }
        self.why_not = {name: str(say(library, f"why-not-{name}")) for name in WHY_NOT}


#: Saves 2 ms an outcome.
section_parts = made_at_start(SectionParts)
