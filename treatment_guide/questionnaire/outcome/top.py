"""What stands above the options on the outcome page: what to do next, what to take care of."""

from collections.abc import Mapping
from datetime import date

from django.utils.safestring import mark_safe

from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.telling.actions import Action, Actions, composed
from treatment_guide.engine.telling.care import Cares
from treatment_guide.http.html.fragments import cut, html, made_at_start, part, place
from treatment_guide.http.html.words import say
from treatment_guide.library.model import Library

FOLDER = "questionnaire/outcome/top/"


class TopParts:
    """The parts of actions and care of a library. `labels`: by day, an action as texts around its
    words and its items; `all_of_it`: by day, what introduces several things to do.
    """

    def __init__(self, library: Library) -> None:
        names = ("words", "items")
        self.language = library.language
        self.notices = library.notices
        self.labels = {}
        for when in ("days", "today", "date", "some-day", "visit"):
            for several in (False, True):
                dated = when == "date"
                self.labels[when, several] = cut(
                    part(
                        library,
                        f"{FOLDER}_action.html",
                        when=f"act-{when}",
                        day=place("day") if dated else "",
                        words=place("words"),
                        items=place("items") if several else "",
                        calendar=dated,
                    ),
                    *(("day",) if dated else ()),
                    *(names if several else ("words",)),
                )
        self.all_of_it = {
            when: str(say(library, f"act-{when}-all")) for when in ("days", "today", "visit")
        }
        self.visit = str(say(library, "act-ask"))
        self.at_once = cut(part(library, f"{FOLDER}_at_once.html", words=place("words")), "words")
        self.phrases = {
            name: str(say(library, f"at-once-{name}"))
            for todo in library.guide.todos.values()
            for name in todo.at_once
        }
        self.any_sign = str(say(library, "act-once-sign"))
        self.other_sign = str(say(library, "act-once-other"))
        self.whys = {
            name: html(
                library, f"{FOLDER}_notice.html", title=notice.title, words=mark_safe(notice.html)
            )
            for name, notice in library.notices.items()
        }
        self.why = cut(part(library, f"{FOLDER}_why.html", notices=place("notices")), "notices")
        self.care = cut(part(library, f"{FOLDER}_care.html", care=place("care")), "care")
        self.cares = {
            name: html(
                library, f"{FOLDER}_care_item.html", name=words.name, words=mark_safe(words.html)
            )
            for name, words in library.care.items()
            if words.html
        }


#: Saves 1 ms an outcome.
top_parts = made_at_start(TopParts)


def actions_of(library: Library, outcome: Outcome, days: Mapping[str, date]) -> Actions:
    """The actions of an outcome; `days` gives the day of each dated notice."""
    return composed(library.guide.todos, [notice.because for notice in outcome.notices], days)


def actions_html(parts: TopParts, found: Actions) -> str:
    """The actions, the strongest first, and after the first what cannot wait."""
    first, *others = [action_html(parts, each) for each in found.actions]
    return "".join([first, at_once_html(parts, found.at_once), *others])


def action_html(parts: TopParts, action: Action) -> str:
    """One action: its day, and what to do; several things as a list."""
    when = "some-day" if action.when == "date" and action.day is None else action.when
    several = len(action.notices) > 1 and when in parts.all_of_it
    texts = parts.labels[when, several]
    if action.day:
        texts = (f"{texts[0]}{parts.language.day(action.day)}{texts[1]}", *texts[2:])
    if not action.notices:
        return f"{texts[0]}{parts.visit}{texts[1]}"
    if not several:
        words = " ".join([parts.notices[name].do for name in action.notices])
        return f"{texts[0]}{words}{texts[1]}"
    said = [
        parts.notices[name].do if when == "visit" else parts.notices[name].tell
        for name in action.notices
    ]
    items = "".join([f"<li>{words}</li>" for words in said])
    return f"{texts[0]}{parts.all_of_it[when]}{texts[1]}{items}{texts[2]}"


def at_once_html(parts: TopParts, names: tuple[str, ...]) -> str:
    """What cannot wait: what the notices name, and any danger sign."""
    if names:
        words = parts.language.listed([*[parts.phrases[name] for name in names], parts.other_sign])
    else:
        words = parts.any_sign
    return f"{parts.at_once[0]}{words}{parts.at_once[1]}"


def whys_html(parts: TopParts, found: Actions) -> str:
    """What the notices that are said explain; empty for none."""
    whys = "".join([parts.whys[name] for each in found.actions for name in each.notices])
    return f"{parts.why[0]}{whys}{parts.why[1]}" if whys else ""


def care_html(parts: TopParts, care: Cares) -> str:
    """What to take care of, each once; empty for nothing."""
    found = "".join([parts.cares[name] for name in care.shown if name in parts.cares])
    return f"{parts.care[0]}{found}{parts.care[1]}" if found else ""
