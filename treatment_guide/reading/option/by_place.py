"""The gains and harms of an option, place by place.

A place is a section of the page: one place of the body, or several that numbers share, such as back
and buttock. Every place with a number under "What people gain" or "What can go wrong" has one, in
the order of the question `place`; the last section holds what is about no place, or about others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from treatment_guide.library.model import Fact
from treatment_guide.library.text.blocks import Html
from treatment_guide.reading.option.fact_forms import MOST_SINGLE, ROW, care, forms, severity, size
from treatment_guide.reading.page_parts import ShownFact

#: The places of a section; none: the last section, of what holds everywhere.
Key = frozenset[str]
EVERYWHERE: Key = frozenset()
#: A number about more places than these says little about one: it stands in the last section.
MOST_PLACES = 3
Block = Html | ShownFact
#: The places that the words of a block name.
Named = Callable[[Html], Iterable[str]]


@dataclass(frozen=True)
class Shown:
    """Something on one side of a place: a fact in its form, or a paragraph."""

    form: str
    block: Block


@dataclass(frozen=True)
class Run:
    """Neighbors on one side that are shown together: rows as a list, anything else by itself."""

    rows: bool
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Side:
    """The gains or the harms of a place; without runs nobody knows, or the numbers went `below`."""

    runs: tuple[Run, ...] = ()
    below: bool = False

    @property
    def shown(self) -> tuple[Shown, ...]:
        """Everything on this side, in order."""
        return tuple(each for run in self.runs for each in run.shown)


@dataclass(frozen=True)
class Section:
    """What is known for some places, in the order of the page."""

    key: Key
    gains: tuple[Block, ...]
    harms: tuple[Block, ...]


@dataclass(frozen=True)
class Place:
    """A section as it is shown: its places, its gains, its harms."""

    key: Key
    gains: Side
    harms: Side


def keys(figures: Iterable[Fact], order: Sequence[str]) -> list[Key]:
    """The sections that these facts need, in order. Places that several numbers share are one
    section: back, and back or buttock. Not so hip, knee, and hip or knee: hip and knee have
    numbers of their own.
    """
    found = {frozenset(fact.places) for fact in figures if 0 < len(fact.places) <= MOST_PLACES}
    merged = []
    for group in _touching(found):
        whole = all(a & b for a, b in combinations(group, 2))
        merged += [frozenset().union(*group)] if whole else group
    at = {place: number for number, place in enumerate(order)}
    return sorted(merged, key=lambda key: (max(at[place] for place in key), len(key)))


def _touching(found: Iterable[Key]) -> list[list[Key]]:
    """Sets of places in groups: those of two groups have no place in common."""
    groups: list[list[Key]] = []
    for key in sorted(found, key=sorted):
        near = [group for group in groups if any(key & other for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(each for group in near for each in group), key])
    return groups


def by_place(
    gains: Sequence[Block], harms: Sequence[Block], order: Sequence[str], named: Named
) -> list[Section]:
    """What stands in which section of an option. `order` is every place; `named` gives the places
    that the words of a paragraph name.
    """
    figures = [block.fact for block in (*gains, *harms) if isinstance(block, ShownFact)]
    sections = keys(figures, order)
    split = [_split(side, sections, named, keep) for side, keep in ((gains, True), (harms, False))]
    if len(sections) == 1 and not any(_foreign(side, sections[0], named) for side in split):
        split = [{sections[0]: [*gains]}, {sections[0]: [*harms]}]
    found = [Section(key, *(tuple(side.get(key, ())) for side in split)) for key in sections]
    rest = Section(EVERYWHERE, *(tuple(side.get(EVERYWHERE, ())) for side in split))
    return [each for each in (*found, rest) if each.gains or each.harms]


def _foreign(side: dict[Key, list[Block]], key: Key, named: Named) -> bool:
    """True where something is about other places than those of the only section, or a number holds
    everywhere.
    """
    rest = side.get(EVERYWHERE, [])
    return any(isinstance(block, ShownFact) or {*_about(block, named)} - key for block in rest)


def _about(block: Block, named: Named) -> Iterable[str]:
    """The places that a block is about, by its fact or by its words."""
    return block.fact.places if isinstance(block, ShownFact) else named(block)


def _split(
    blocks: Sequence[Block], sections: Sequence[Key], named: Named, follows: bool
) -> dict[Key, list[Block]]:
    """The blocks of a part by section. Words that name no place go with the number before them if
    `follows` (under gains); else they hold everywhere (under harms).
    """
    found: dict[Key, list[Block]] = {}
    here = EVERYWHERE
    for block in blocks:
        about = frozenset(_about(block, named))
        if about or isinstance(block, ShownFact) or not follows:
            here = _section(about, sections)
        found.setdefault(here, []).append(block)
    return found


def _section(about: Key, sections: Sequence[Key]) -> Key:
    """The section of what is about these places: the smallest that has all of them."""
    able = [key for key in sections if about and about <= key]
    return min(able, key=len, default=EVERYWHERE)


def gain_side(blocks: Sequence[Block], most: int = MOST_SINGLE) -> Side:
    """Gains: what was measured against a fake treatment first, else as on the page."""
    return _side(blocks, most, lambda fact: (care(fact)[0] > 0,))


def harm_side(blocks: Sequence[Block], most: int = MOST_SINGLE) -> Side:
    """Harms: the worst first, of equally bad ones the most frequent."""
    return _side(blocks, most, lambda fact: (severity(fact), -size(fact)))


def _side(blocks: Sequence[Block], most: int, order: Callable[[Fact], tuple[float, ...]]) -> Side:
    """The blocks of one side in their forms. Words stay behind the number that they follow."""
    chunks: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, ShownFact):
            chunks.append([])
        chunks[-1].append(block)
    told = [chunk for chunk in chunks[1:] if isinstance(chunk[0], ShownFact)]
    told.sort(key=lambda chunk: order(chunk[0].fact) if isinstance(chunk[0], ShownFact) else ())
    facts = [block.fact for block in blocks if isinstance(block, ShownFact) and not block.overdue]
    chosen = forms(facts, most)
    shown = [_shown(block, chosen) for chunk in (chunks[0], *told) for block in chunk]
    runs = groupby(enumerate(shown), lambda each: -1 if each[1].form == ROW else each[0])
    return Side(tuple(Run(key == -1, tuple(s for _, s in group)) for key, group in runs))


def _shown(block: Block, chosen: dict[str, str]) -> Shown:
    if isinstance(block, ShownFact):
        return Shown(chosen.get(block.fact.id, "words"), block)
    return Shown("html", block)
