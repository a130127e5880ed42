"""The values that all reading pages share: parts, facts and sources."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from treatment_guide.http.addresses import to
from treatment_guide.http.clock import today
from treatment_guide.library.in_words.places import PLACE, PlaceNames
from treatment_guide.library.model import Fact, Library, Page, Part, Source
from treatment_guide.library.once import once_per_library
from treatment_guide.library.text.blocks import FactFigure, Html
from treatment_guide.library.text.said_sentences import without_sentence
from treatment_guide.reading.option.fact_forms import ONE, PAIR, WORDS, alone
from treatment_guide.reading.option.fact_numbers import number_at_left, words_beside

TAGS = re.compile(r"<[^>]*>")

#: The link of a number to a source of its page.
_MARK = re.compile(r'href="#s(\d+)"')


@dataclass(frozen=True)
class ShownFact:
    """A fact as a figure: the record, the numbers of its sources on this page, whether it is past
    its check-by day (then words are shown in its place), its number as it stands beside a row, and
    the words of that row.
    `explained` is what the picture is made of (people, points), where it is the first of its kind
    on the page, and empty for all others.
    """

    fact: Fact
    marks: tuple[int, ...]
    overdue: bool
    number: str = ""
    words: str = ""
    explained: str = ""

    @property
    def form(self) -> str:
        """Its form where it stands by itself."""
        return WORDS if self.overdue else alone(self.fact)

    @property
    def is_fact(self) -> bool:
        """For templates, which cannot ask for types."""
        return True


@dataclass(frozen=True)
class Cited:
    """A source in a long list of rules: its number on the page, and its id."""

    number: int
    id: str


def cited(numbers: dict[str, int], sources: Iterable[str]) -> tuple[Cited, ...]:
    """Sources as a list of rules shows them; those new to the page are added to `numbers`."""
    return tuple(Cited(numbers.setdefault(id_, len(numbers) + 1), id_) for id_ in sources)


def blocks(library: Library, page: Page, part: Part, known: set[str] | None = None) -> list[Any]:
    """The blocks of a part, facts joined to their records. `known` are the kinds of pictures that the
    page has explained above; those of this part are added.
    """
    shown: list[Any] = []
    day = today()
    due = [fact for fact in (library.facts[name] for name in page.facts) if fact.overdue(day)]
    for block in part.blocks:
        if isinstance(block, Html):
            shown.append(replace(block, html=without(due, block.html)) if due else block)
        elif isinstance(block, FactFigure):
            shown.append(shown_fact(library, page, library.facts[block.fact]))
    return with_explained(shown, set() if known is None else known)


def with_explained(shown: Iterable[Any], known: set[str]) -> list[Any]:
    """The blocks of a part; the first picture of people and the first of points are explained,
    unless they are `known`.
    """
    found: list[Any] = []
    for block in shown:
        if isinstance(block, ShownFact) and block.form in (PAIR, ONE):
            made_of = "points" if block.fact.kind == "points" else "people"
            block = replace(block, explained="" if made_of in known else made_of)
            known.add(made_of)
        found.append(block)
    return found


def shown_fact(library: Library, page: Page, fact: Fact) -> ShownFact:
    """A fact as this page, which cites its sources, shows it today."""
    marks = tuple(page.sources.index(source) + 1 for source in fact.sources)
    number = number_at_left(fact, library.ui, library.language)
    words = words_beside(fact, number, library.ui)
    return ShownFact(fact, marks, fact.overdue(today()), number, words)


def places_named(library: Library, markup: str) -> frozenset[str]:
    """The places of the body that the words of some HTML name."""
    known = _places_named(library)
    if markup not in known:
        known[markup] = place_names(library).about(TAGS.sub("", markup))
    return known[markup]


@once_per_library  # saves 0.2 s of the day's first comparison
def _places_named(library: Library) -> dict[str, frozenset[str]]:
    """A cache of the places that texts name, filled on demand."""
    return {}


@once_per_library  # saves 0.1 ms for each text that is looked through
def place_names(library: Library) -> PlaceNames:
    """The words that name places."""
    words = library.questions[PLACE].choices
    return PlaceNames({place: each.named for place, each in words.items()})


def without(due: Iterable[Fact], markup: str) -> str:
    """HTML with words in place of these facts, which are past their check-by day."""
    for fact in due:
        markup = without_sentence(markup, fact.sentence, fact.overdue_sentence)
    return markup


def parts(library: Library, page: Page, names: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """The values of the parts of a page: all, or those in `names`."""
    wanted = None if names is None else set(names)
    known: set[str] = set()
    return [
        {
            "id": part.id,
            "title": part.title,
            "blocks": blocks(library, page, part, known),
            "picture": library.pictures.get((page.kind, page.id, part.id)),
        }
        for part in page.parts
        if wanted is None or part.id in wanted
    ]


def marks_lead(shown: Iterable[Any], page: str) -> list[Any]:
    """Blocks whose marks of sources lead to another page of the site; an empty `page`: this one.

    A list of sources in a closed fold is no target for a link: older browsers do not open it.
    """
    return [
        replace(block, html=block.html.replace('href="#s', f'href="{page}#s'))
        if isinstance(block, Html)
        else block
        for block in shown
    ]


def page_sources(library: Library, page: Page) -> list[Source]:
    """The sources of a page, in the order of their numbers."""
    return [library.sources[source] for source in page.sources]


def parts_by_id(library: Library, page: Page) -> dict[str, dict[str, Any]]:
    """The values of the parts of a page by their ids, for a page whose sources are folded: the
    numbers of sources lead to the page of all sources, because an older browser does not open a
    fold that holds the target of a link.
    """
    whole = to("sources")

    def elsewhere(found: re.Match[str]) -> str:
        return f'href="{whole}#{page.sources[int(found[1]) - 1]}"'

    by_id = {part["id"]: part for part in parts(library, page)}
    for part in by_id.values():
        part["blocks"] = [
            replace(block, html=_MARK.sub(elsewhere, block.html))
            if isinstance(block, Html)
            else block
            for block in part["blocks"]
        ]
    return by_id


def related(library: Library, kind: str, target: str) -> dict[str, str]:
    """A link to a related page: its title and its one line."""
    page = library.page(kind, target)
    assert page is not None  # the content check refuses links to missing pages
    return {"href": page.address, "title": page.title, "summary": page.summary}
