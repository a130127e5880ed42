"""How much room parts of an option page take on a phone, estimated from their letters.

In CSS pixels of a page 390 wide, in the wide fonts of the test machine. It is near enough to choose
what stands open (balance.py); `make lengths` measures the real page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Any

from treatment_guide.library.model import Fact
from treatment_guide.library.text.blocks import Html
from treatment_guide.reading.option.by_place import Side
from treatment_guide.reading.option.fact_forms import ONE, PAIR, ROW
from treatment_guide.reading.page_parts import TAGS, ShownFact

#: The height of a screen.
SCREEN = 844
#: The heading of a section with its margins and its link at the top of the page.
SECTION = 140

#: Letters in a line, and the height of a line.
_BODY, _SMALL, _IN_ROW, _SMALL_IN_ROW = (36, 28.5), (39, 24), (25, 26.6), (29, 24.6)
_LEAD, _ITEM, _QUESTION, _CELL = (33, 33), (33, 26.6), (34, 26), (18, 24)
#: A picture of a hundred with its label, and one beside words; a heading; the gap between two things.
_PICTURES, _PICTURE, _HEADING, _GAP = 290, 150, 50, 12
#: The words that say that nothing is known.
_NOTHING = 75
#: Letters beside the caveat and who was studied: how many people, how sure, the sources.
_SURE = 34
#: All that is the same on every page: head, title, legend, headings, folds, foot.
_FRAME = 2270

_LISTED = re.compile(r"<li>(.*?)</li>", re.DOTALL)


def room_of(side: Side) -> float:
    """The height of one side of a place."""
    return _HEADING + (sum(_heights(side)) if side.runs else _NOTHING)


def _heights(side: Side) -> Iterator[float]:
    for each in side.shown:
        if not isinstance(each.block, ShownFact):
            yield _lines(len(TAGS.sub("", each.block.html)), _BODY) + _GAP
            continue
        fact = each.block.fact
        words = len(fact.difference or fact.sentence)
        small = len(fact.who) + len(fact.caveat) + _SURE
        if each.form == ROW:
            yield _lines(words, _IN_ROW) + _lines(small, _SMALL_IN_ROW) + _GAP
        else:
            picture = {PAIR: _PICTURES, ONE: _PICTURE}.get(each.form, 0)
            told = 0 if each.form == ONE else _lines(words, _BODY)
            yield told + picture + _lines(small, _SMALL) + _GAP


def room_of_rest(
    by_id: dict[str, dict[str, Any]],
    glance: Iterable[dict[str, Any]],
    cells: Iterable[Fact | None],
    call: Sequence[Any],
) -> float:
    """The height of everything on the closed page but gains and harms by place."""
    lead = sum(_lines(len(words), _LEAD) for words in _texts(by_id["in-short"]["blocks"]))
    rows = [sum(map(len, _texts(row["blocks"]))) + len(row["title"]) for row in glance]
    table = sum(_lines(letters, _SMALL) + 20 for letters in rows)
    table += max((_cell(fact) for fact in cells if fact), default=180)
    suits = [_items(by_id[name]["blocks"]) for name in ("may-suit", "may-not-suit")]
    points = sum(_lines(len(item), _ITEM) + 6 for items in suits for item in items)
    asks = sum(_lines(len(ask), _QUESTION) + 14 for ask in _items(by_id["questions"]["blocks"]))
    calls = sum(_lines(len(words), _BODY) + _GAP for words in _texts(call))
    return _FRAME + lead + table + points + asks + calls


def _cell(fact: Fact) -> float:
    """The height of a cell of the fact table."""
    said = _lines(len(fact.short or fact.sentence) + 22, _CELL)
    caveat = _lines(len(fact.caveat) + _SURE + 11, _CELL)
    return said + caveat + (110 if fact.versus is None else 170)


def _texts(blocks: Iterable[Any]) -> list[str]:
    return [TAGS.sub("", block.html) for block in blocks if isinstance(block, Html)]


def _items(blocks: Iterable[Any]) -> list[str]:
    """The points of lists, and paragraphs beside them."""
    found = []
    for block in blocks:
        if isinstance(block, Html):
            found += [TAGS.sub("", item) for item in _LISTED.findall(block.html) or [block.html]]
    return found


def _lines(letters: int, line: tuple[int, float]) -> float:
    return ceil(letters / line[0]) * line[1]
