"""The parts of a comparison that are the same whatever is compared, as HTML made at start.

The list to choose from, and what may matter with what each option says to it. A request fills in
what is chosen.
"""

from collections.abc import Collection

from django.utils.safestring import SafeString, mark_safe

from treatment_guide.http.html.fragments import html, made_at_start, part, place
from treatment_guide.library.model import Library
from treatment_guide.reading.option.shown_values import MATTERS
from treatment_guide.reading.presenters import step_rows

FOLDER = "reading/compare/"
#: The attribute of a box that is ticked.
CHECKED = {True: " checked", False: ""}


@made_at_start  # saves 0.5 ms a comparison
def choose_pattern(library: Library) -> str:
    """All options by step, each with a box, as a pattern with a place for the tick of each option."""
    steps = [
        {**row, "options": [{"option": each, "ticked": place(each.id)} for each in row["options"]]}
        for row in step_rows(library)
    ]
    return part(library, f"{FOLDER}_choose.html", steps=steps) + "\n"


def choose_html(library: Library, chosen: Collection[str]) -> SafeString:
    """The options to choose from, with those `chosen` ticked."""
    filled = {option: CHECKED[option in chosen] for option in library.options}
    return mark_safe(choose_pattern(library) % filled)


@made_at_start  # saves 0.7 ms a comparison
def tick_patterns(library: Library) -> dict[str, tuple[str, str]]:
    """Everything that may matter, in order, as two patterns with a place for its tick: for where the
    compared options say something to it, with a place for that, and for where they do not.
    """
    ticked = place("ticked")
    template, said = f"{FOLDER}_tick.html", place("said")
    return {
        choice: (
            part(library, template, each=each, ticked=ticked, said=said),
            part(library, template, each=each, ticked=ticked, said=""),
        )
        for choice, words in library.questions[MATTERS].choices.items()
        if (marked := library.matters_first.get(choice))
        for each in [{"id": choice, "label": words.label, "mark": f"for-{marked}"}]
    }


@made_at_start
def value_rows(library: Library) -> dict[tuple[str, str], str]:
    """What each option says to a thing that may matter, as HTML, by thing and option."""
    return {
        (thing, option): html(
            library,
            f"{FOLDER}_value.html",
            name=library.options[option].page.short,
            value=value,
        )
        for thing, values in library.value_statements.items()
        for option, value in values.items()
        if option in library.options
    }


def ticks_html(library: Library, matters: Collection[str], options: Collection[str]) -> SafeString:
    """What may matter, each with the class of the questions that it marks, and how each of these
    options sits with it, in the words of its page; `matters` are ticked.
    """
    rows, shown = value_rows(library), []
    for choice, (with_words, without) in tick_patterns(library).items():
        said = "".join(rows.get((choice, option), "") for option in options)
        filled = {"ticked": CHECKED[choice in matters], "said": said}
        shown.append((with_words if said else without) % filled)
    return mark_safe("".join(shown))


def prepare(library: Library) -> None:
    """Make the parts."""
    for make in (choose_pattern, tick_patterns, value_rows):
        make(library)
