"""Gains and harms of an option in fair room: neither side may look bigger by pictures or by length,
and both together leave the page as short as it has to be.

Room is estimated (room.py); `make lengths` measures the real one. A side that is too large gives up
pictures, then its least careful numbers go below, into the folded part; last of all the first number
of a place, and gains against a fake treatment (two trials may clash). Never so: the number that
leads the option, and any harm that lasts or is worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from treatment_guide.reading.option.by_place import (
    EVERYWHERE,
    Block,
    Key,
    Place,
    Section,
    Side,
    gain_side,
    harm_side,
)
from treatment_guide.reading.option.fact_forms import MOST_SINGLE, ONE, PAIR, care
from treatment_guide.reading.option.room import SECTION, room_of
from treatment_guide.reading.page_parts import ShownFact

#: Gains to harms: the estimate stays between these, so that the real room is between 2:3 and 3:2.
LEAST, MOST = 0.73, 1.35
#: How many numbers one side of a place shows; the others go below. Bad harms are not counted.
MOST_NUMBERS = 4
#: So many sections are left of a page that has to be short.
FEWEST_SECTIONS = 2


@dataclass(frozen=True)
class Arranged:
    """The sections of an option, and the numbers that stand further below, folded."""

    places: tuple[Place, ...]
    more_gains: tuple[Block, ...] = ()
    more_harms: tuple[Block, ...] = ()


@dataclass
class _Work:
    """Sections while room is made: which sides have no picture, and which facts went below."""

    sections: Sequence[Section]
    bare: set[tuple[Key, str]] = field(default_factory=set)
    below: dict[str, list[str]] = field(default_factory=lambda: {"gains": [], "harms": []})

    def blocks(self, number: int, side: str) -> list[Block]:
        """What stands on one side of a section, without what went below."""
        section = self.sections[number]
        given = section.gains if side == "gains" else section.harms
        return [b for b in given if not _is(b, self.below[side])]

    def side(self, number: int, side: str) -> Side:
        """One side of a section in its forms."""
        section, blocks = self.sections[number], self.blocks(number, side)
        make, given = (gain_side, section.gains) if side == "gains" else (harm_side, section.harms)
        most = 0 if (section.key, side) in self.bare else MOST_SINGLE
        return replace(make(blocks, most), below=len(blocks) < len(given))

    def room(self, side: str) -> float:
        """The estimated height of one side over all sections, in pixels."""
        return sum(room_of(self.side(number, side)) for number in range(len(self.sections)))

    def whole(self) -> float:
        """The estimated height of all sections, in pixels."""
        return self.room("gains") + self.room("harms") + SECTION * len(self.sections)

    def larger(self) -> str:
        """The side that takes more room."""
        return "gains" if self.ratio() >= 1 else "harms"

    def ratio(self) -> float:
        """The room of gains by the room of harms."""
        return self.room("gains") / self.room("harms")


def arranged(sections: Sequence[Section], most_room: float) -> Arranged:
    """The sections with room made where gains and harms are not even, or together take more room
    than `most_room`, in pixels.
    """
    work = _Work(sections)
    for side in ("gains", "harms"):
        for number in range(len(sections)):
            many = sum(isinstance(block, ShownFact) for block in work.blocks(number, side))
            spare = _spare(work, number, side)[: max(0, many - MOST_NUMBERS)]
            work.below[side] += [block.fact.id for block in spare]
    _shorten(work, most_room)
    for last in (False, True):
        _without_pictures(work, leading=last)
        _with_less(work, last=last)
    places = tuple(
        Place(section.key, work.side(number, "gains"), work.side(number, "harms"))
        for number, section in enumerate(work.sections)
    )
    return Arranged(places, _moved(work, "gains"), _moved(work, "harms"))


def _shorten(work: _Work, most_room: float) -> None:
    """Make the sections fit into some room: numbers go below; then places with gains alone or harms
    alone join the last section, where each row names its place; then pictures become rows.
    """
    while work.whole() > most_room:
        side = work.larger()
        other = "harms" if side == "gains" else "gains"
        if spare := _least_careful(work, side):
            work.below[side].append(spare)
        elif spare := _least_careful(work, other):
            work.below[other].append(spare)
        elif joined := _joined(work):
            work.sections = joined
        elif drawn := _pictures(work, side) or _pictures(work, other):
            work.bare.add(drawn[-1])
        elif spare := _least_careful(work, "gains", last=True):
            work.below["gains"].append(spare)
        else:
            return


def _joined(work: _Work) -> Sequence[Section]:
    """The sections with the last one-sided place put into the last section; nothing if there is none
    or if it would leave a single section.
    """
    alone = [
        section
        for number, section in enumerate(work.sections)
        if section.key and not (work.blocks(number, "gains") and work.blocks(number, "harms"))
    ]
    if not alone or len(work.sections) <= FEWEST_SECTIONS:
        return ()
    moved = alone[-1]
    rest = next((s for s in work.sections if s.key == EVERYWHERE), Section(EVERYWHERE, (), ()))
    kept = [s for s in work.sections if s not in (moved, rest)]
    return (*kept, Section(EVERYWHERE, moved.gains + rest.gains, moved.harms + rest.harms))


def _moved(work: _Work, side: str) -> tuple[Block, ...]:
    """The numbers of one side that went below, in the order of the page."""
    given = (b for s in work.sections for b in (s.gains if side == "gains" else s.harms))
    return tuple(block for block in given if _is(block, work.below[side]))


def _is(block: Block, facts: Iterable[str]) -> bool:
    return isinstance(block, ShownFact) and block.fact.id in facts


def _too_large(work: _Work) -> str:
    """The side that takes too much room, or nothing."""
    ratio = work.ratio()
    return "gains" if ratio > MOST else "harms" if ratio < LEAST else ""


def _without_pictures(work: _Work, *, leading: bool = False) -> None:
    """Take pictures from the side that is too large, the last place first, as long as that helps;
    the picture of the number that leads only if `leading`.
    """
    while (side := _too_large(work)) and (drawn := _pictures(work, side, leading=leading)):
        work.bare.add(drawn[-1])


def _pictures(work: _Work, side: str, *, leading: bool = False) -> list[tuple[Key, str]]:
    """Where one side has pictures; where the number that leads has one only if `leading`."""
    found = []
    for number in range(len(work.sections)):
        shown = work.side(number, side).shown
        drawn = [each.block for each in shown if each.form in (PAIR, ONE)]
        leads = any(isinstance(block, ShownFact) and block.fact.leads for block in drawn)
        if drawn and (leading or not leads):
            found.append((work.sections[number].key, side))
    return found


def _with_less(work: _Work, *, last: bool) -> None:
    """Move numbers of the side that is too large below, the least careful first."""
    while (side := _too_large(work)) and (spare := _least_careful(work, side, last=last)):
        work.below[side].append(spare)


def _least_careful(work: _Work, side: str, *, last: bool = False) -> str:
    """The least careful number of one side that may go below; empty for none. As the `last` way out
    it may be any gain but the one that leads.
    """
    spare = [
        (care(block.fact), number, block.fact.id)
        for number in range(len(work.sections))
        for block in _spare(work, number, side, last=last)
    ]
    return max(spare)[2] if spare else ""


def _spare(work: _Work, number: int, side: str, *, last: bool = False) -> list[ShownFact]:
    """The numbers of one side of a section that may go below, the least careful first."""
    facts = [b for b in work.blocks(number, side) if isinstance(b, ShownFact)]
    best = min(facts, key=lambda b: (not b.fact.leads, *care(b.fact)), default=None)
    spare = [
        block
        for block in facts
        if not block.fact.leads
        and (
            (side == "gains" and (last or (block is not best and not block.fact.controlled)))
            or (side == "harms" and block is not best and block.fact.severity == "passing")
        )
    ]
    return sorted(spare, key=lambda block: care(block.fact), reverse=True)
