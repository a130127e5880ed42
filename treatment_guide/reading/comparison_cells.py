"""What one option says to one question of a comparison, for one place.

A cell holds a number of the option's page on one of two scales, or words of that page. All cells are
made together, once a day: a place can be a reader's answer, and no cache may tell which were asked
for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.http.clock import today
from treatment_guide.http.html.context import rendered
from treatment_guide.http.html.made_daily import OfToday
from treatment_guide.library.in_words.spans import in_range
from treatment_guide.library.model import Fact, Library, OptionPage, Page, Part
from treatment_guide.library.once import once_per_library
from treatment_guide.library.text.blocks import Html
from treatment_guide.reading.comparison_numbers import (
    AXIS,
    PEOPLE,
    POINTS,
    SIDES,
    choices,
    comparable,
    gap_of,
    named_places,
    scale_of,
    worst_beside,
)
from treatment_guide.reading.option.fact_numbers import number_at_left
from treatment_guide.reading.page_parts import ShownFact, blocks, places_named

#: The row of the fact table that answers a question of the comparison in short.
IN_SHORT = {
    "how-sure": "glance-how-sure",
    "recovery": "glance-recovery",
    "cost": "glance-cost",
    "doing-nothing": "glance-waiting",
}
#: The facts that give the marks on the axis of points: what people call slightly and much better.
MARKS = ("reading-smallest-change", "reading-much-better")
#: Counts out of more than 100 people.
FINER = ("of-1000", "of-10000")
Block = Html | ShownFact
#: A count, or a range of counts.
Amount = int | float | tuple[int | float, int | float]


class Cells:
    """All cells of a library for one day, as HTML.

    `chosen` are the numbers by option, side and place; `numbers` the HTML of a number by side and
    id; `worst` what is told beside a harm, by option and place; `words` the HTML of a part in words
    by option, part and place (empty for none).
    """

    def __init__(self, library: Library, day: date) -> None:
        self.chosen: dict[tuple[str, str, str], dict[str, Fact]] = {}
        self.numbers: dict[tuple[str, str], SafeString] = {}
        self.worst: dict[tuple[str, str], Fact | None] = {}
        self.words: dict[tuple[str, str, str], SafeString] = {}
        self._drawn: dict[tuple[object, ...], SafeString] = {}
        names = dict.fromkeys([*library.compare, *library.matters_first.values()])
        for option in library.options.values():
            for side in SIDES:
                self._add_numbers(library, option, side, day)
            for name in names:
                self._add_words(library, option, name)

    def _add_numbers(self, library: Library, option: OptionPage, side: str, day: date) -> None:
        facts = [f for f in comparable(library, option, side) if not f.overdue(day)]
        for place in named_places(library):
            found = choices(facts, place)
            self.chosen[option.id, side, place] = found
            shown = list(found.values())
            if side == "harms":
                main = found.get(PEOPLE)
                worst = worst_beside(facts, place, main) if main else None
                self.worst[option.id, place] = worst
                shown += [worst] if worst else []
            for fact in shown:
                if (side, fact.id) not in self.numbers:
                    made = number(library, fact, side)
                    self.numbers[side, fact.id] = in_its_language(option.page, made)

    def _add_words(self, library: Library, option: OptionPage, name: str) -> None:
        part = option.page.part(name)
        if part is None:
            return
        for place in ("", *named_places(library)):
            made = words(library, option, part, place)
            same = (option.id, name, made["elsewhere"], *(b.html for b in made["lines"]))
            if same not in self._drawn:
                html = rendered(library, "reading/compare/_words.html", cell=made)
                self._drawn[same] = in_its_language(option.page, mark_safe(html))
            self.words[option.id, name, place] = self._drawn[same]


#: Saves 0.1 s a comparison.
_cells = once_per_library(OfToday[Cells])


def cells_of_today(library: Library) -> Cells:
    """Every cell that a comparison can show, made once a day."""
    day = today()
    return _cells(library).get("all", day) or _cells(library).put("all", day, Cells(library, day))


def in_its_language(page: Page, html: SafeString) -> SafeString:
    """The HTML of a cell, marked where its page is not translated yet."""
    if not page.foreign or not html.strip():
        return html
    return format_html('<div lang="{}" dir="auto">{}</div>', page.foreign, html)


def number(library: Library, fact: Fact, side: str) -> SafeString:
    """A number as HTML: the difference in words, its bars, how sure it is."""
    gap = gap_of(fact)
    values = {
        "fact": fact,
        "fill": "harm" if side == "harms" else "controlled" if fact.controlled else "open",
        "said": said(library, fact),
        "gap": None if gap is None or side == "harms" else f"{min(gap, AXIS) * 100 / AXIS:g}",
        "marks": [f"{mark * 100 / AXIS:g}" for mark in marks(library)],
        "counts": counts(library, fact),
        "treatment": treatment(fact),
    }
    return mark_safe(rendered(library, "reading/compare/_number.html", **values))


def marks(library: Library) -> list[float]:
    """The points that people call slightly and much better, as marks on the axis; none where one of
    the two numbers is not known.
    """
    found = [library.facts.get(name) for name in MARKS]
    known = [f.of_hundred(f.value) for f in found if f and isinstance(f.value, int | float)]
    return [mark for mark in known if mark] if len(known) == len(MARKS) else []


def said(library: Library, fact: Fact) -> str:
    """The words of a number on its scale: the difference first, else what was counted."""
    text = fact.difference or fact.sentence_of_hundred
    if fact.kind == "of-100" or scale_of(fact) != PEOPLE:
        return text
    for number in (fact.value, fact.versus, fact.upper, fact.versus_upper):
        if number is not None and not isinstance(number, str):
            text = text.replace(counted(library, fact, number), of_hundred(library, fact, number))
    return text[:1].upper() + text[1:]


def treatment(fact: Fact) -> str:
    """What a difference is about, which its words need not say: an option may have several
    treatments. The label of the first of two numbers; of a number that is itself the gap, its
    sentence, where it has no short words.
    """
    if scale_of(fact) == POINTS and fact.versus is not None:
        return f"{fact.value_label}." if fact.value_label else ""
    gap = fact.versus is None and fact.difference and not fact.short
    return fact.sentence_of_hundred if gap and fact.kind not in FINER else ""


def counted(library: Library, fact: Fact, number: Amount) -> str:
    """A count of people as the words of its fact say it: `4 of 1,000`."""
    ends = [
        library.language.number(end) for end in (number if isinstance(number, tuple) else (number,))
    ]
    amount = ends[0] if len(ends) == 1 else in_range(ends[0], ends[1], library.ui)
    of = library.language.number(int(fact.kind.removeprefix("of-")))
    return library.ui["of-people"].format(value=amount, of=of)


def of_hundred(library: Library, fact: Fact, number: Amount) -> str:
    """The same count out of 100 people, in words."""
    ends = [
        number_at_left(replace(fact, value=end), library.ui, library.language)
        if (fact.of_hundred(end) or 0) >= 1
        else library.ui["compare-under"]
        for end in (number if isinstance(number, tuple) else (number,))
    ]
    amount = in_range(ends[0], ends[-1], library.ui) if len(set(ends)) > 1 else ends[0]
    return f"{amount} {library.ui['fact-of']}"


def counts(library: Library, fact: Fact) -> list[dict[str, Any]]:
    """The people of 100 on each side, for bars; none for points, and for fewer than one."""
    sides = fact.sides_of_hundred
    if scale_of(fact) != PEOPLE or sides is None or not fact.value_label or sides[0] < 1:
        return []
    shown = [
        {
            "number": number_at_left(fact, library.ui, library.language),
            "of": sides[0],
            "label": fact.value_label,
        }
    ]
    if sides[1] is not None:
        shown[0]["number"] = f"{sides[0]:g}"
        shown.append({"number": f"{sides[1]:g}", "of": sides[1], "label": fact.versus_label})
    return shown


def words(library: Library, option: OptionPage, part: Part, place: str) -> dict[str, Any]:
    """The values of a cell in words: the short row of the fact table where it holds for the place,
    else words of the part. `elsewhere` is true where the part has words or numbers for other places
    only.
    """
    glance = option.page.part(IN_SHORT.get(part.id, ""))
    short = blocks(library, option.page, glance)[:1] if glance else []
    shown = blocks(library, option.page, part)
    lines = short if short and holds_for(library, short[0], place) else plain(library, shown, place)
    named = {p for block in shown for f in facts_in(block) for p in library.facts[f].places}
    return {
        "page": option.page,
        "part": part,
        "lines": lines,
        "elsewhere": place not in named if part.id in SIDES and named else not lines,
        "unknown": part.id in SIDES,
    }


def plain(library: Library, shown: list[Block], place: str) -> list[Html]:
    """The steps that a part starts with; else its first paragraph about this place; else the first
    about none. No number for another place.
    """
    paragraphs = [b for b in shown if isinstance(b, Html) and holds_for(library, b, place)]
    about = [(block, places_named(library, block.html)) for block in paragraphs]
    if paragraphs and (not place or is_steps(paragraphs[0])):
        return paragraphs[:1]
    own = [block for block, places in about if place in places]
    neutral = [block for block, places in about if not places]
    return (own or neutral)[:1]


def is_steps(block: Block) -> bool:
    """True for a list of steps."""
    return isinstance(block, Html) and block.html.startswith("<ol")


def facts_in(block: Block) -> tuple[str, ...]:
    """The facts that a block shows or mentions."""
    return (block.fact.id,) if isinstance(block, ShownFact) else block.facts


def holds_for(library: Library, block: Block, place: str) -> bool:
    """True for a block without a number for another place; an empty `place` means any place."""
    about = (library.facts[fact].places for fact in facts_in(block))
    return not place or all(not places or place in places for places in about)
