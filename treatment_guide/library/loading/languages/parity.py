"""Parity: a translated file says what its original says, entry by entry and block by block.

Each entry has as many paragraphs and list items as its original, in the same order, and each of
these the same facts, sources, numbers to call, links and placeholders. So no language says more,
or with less ground.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from treatment_guide.library.faults.file_kinds import ORIGINAL
from treatment_guide.library.loading.languages.translation import (
    ANEW,
    KEY,
    PAGES,
    is_head,
    names_of,
)
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Entry, Page, Section, entry, read_page

#: Pages outside the folders of pages.
SINGLE_PAGES = ("home", "get-help-now")
#: Extras that are lists of the language's own words.
OWN_WORDS = frozenset({"also", "named"})
#: Front matter that only the original has.
ORIGINAL_ONLY = frozenset({"checked", "check-by", "reviewed-by"})
_TOKEN = re.compile(r"<[a-z]+:[a-z0-9-]+>|\]\([a-z]+:[a-z0-9-]+\)|\{[a-z-]+\}")
_ITEM = re.compile(r"^(?:(- )|\d+\. )")
_ID = re.compile(r"\{#([a-z0-9-]+)\}$")
_BOLD = re.compile(r"\*\*.+?\*\*")


@dataclass(frozen=True)
class Piece:
    """A paragraph or an item of a list: its kind, its line, its links and placeholders."""

    kind: str
    line: int
    tokens: Counter[str]


def check_parity(files: WordFiles, problems: Problems) -> None:
    """Note where translated files differ from their originals."""
    there = set(names_of(files.root, ORIGINAL))
    for name in names_of(files.root, files.language):
        if name in ANEW or name not in there:
            continue
        quiet = Problems()
        ours = read_page(files.path(name), files.file(name), quiet)
        theirs = read_page(files.original(name), f"{ORIGINAL}/{name}.md", quiet)
        if ours and theirs:
            for line, part, message in differences(name, ours, theirs):
                problems.add(ours.file, line, part, message)


def differences(name: str, ours: Page, theirs: Page) -> Iterator[tuple[int, str, str]]:
    """Where a translated file differs: the line, the part, and what would be right."""
    wanted = theirs.front.keys() - ORIGINAL_ONLY
    for key in sorted(wanted - ours.front.keys()):
        yield 1, key, f"The original has `{key}:` at the top, so this needs it."
    for key in sorted(ours.front.keys() - wanted - {KEY} - ORIGINAL_ONLY):
        yield ours.front_lines[key], key, "The original has no such line at the top."
    for key in sorted(wanted & ours.front.keys()):
        yield from _tokens_differ(
            ours.front_lines[key], key, _tokens(ours.front[key]), _tokens(theirs.front[key])
        )
    if is_head(name, ours):
        return
    parts, originals = ({_id(s): s for s in page.sections} for page in (ours, theirs))
    for part in originals.keys() - parts.keys():
        yield 1, part, f"The part `{part}` is missing."
    for part in parts.keys() - originals.keys():
        yield parts[part].line, part, "The original has no such part."
    if parts.keys() == originals.keys() and list(parts) != list(originals):
        yield 1, "", f"The parts stand in another order: {', '.join(originals)}."
    prose = name in SINGLE_PAGES or name.startswith(PAGES)
    for part in parts.keys() & originals.keys():
        if prose:
            yield from _text(part, _pieces(parts[part]), _pieces(originals[part]))
        else:
            yield from _entry(name, part, entry(parts[part]), entry(originals[part]))


def _id(section: Section) -> str:
    found = _ID.search(section.id)
    return found.group(1) if found else section.id


def _tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(text))


def _pieces(section: Section) -> list[Piece]:
    """The paragraphs and list items of a part, in their order."""
    return _pieces_of(section.text, section.line + 1)


def _pieces_of(text: str, first: int) -> list[Piece]:
    found: list[tuple[str, int, list[str]]] = []
    open_ = False
    for number, row in enumerate(text.split("\n"), first):
        item = _ITEM.match(row)
        if not row.strip():
            open_ = False
        elif item:
            found.append(("item" if item.group(1) else "step", number, [row]))
            open_ = True
        elif open_:
            found[-1][2].append(row)
        else:
            found.append(("paragraph", number, [row]))
            open_ = True
    return [Piece(kind, line, _tokens(" ".join(rows))) for kind, line, rows in found]


def _text(
    part: str, ours: Sequence[Piece], theirs: Sequence[Piece]
) -> Iterator[tuple[int, str, str]]:
    kinds, wanted = ([piece.kind for piece in row] for row in (ours, theirs))
    if kinds != wanted:
        at = next((n for n, (a, b) in enumerate(zip(kinds, wanted, strict=False)) if a != b), -1)
        line = ours[at].line if ours else 1
        has, right = (_counted(row) for row in (kinds, wanted))
        yield line, part, f"It has {has}; the original has {right}, in their order."
        return
    for piece, original in zip(ours, theirs, strict=True):
        yield from _tokens_differ(piece.line, part, piece.tokens, original.tokens)


def _counted(kinds: Sequence[str]) -> str:
    named = {"paragraph": "paragraphs", "item": "list items", "step": "numbered items"}
    return ", ".join(f"{kinds.count(kind)} {words}" for kind, words in named.items())


def _tokens_differ(
    line: int, part: str, ours: Counter[str], theirs: Counter[str]
) -> Iterator[tuple[int, str, str]]:
    lacks, more = theirs - ours, ours - theirs
    if lacks:
        yield line, part, f"The original has {_shown(lacks)} here."
    if more:
        yield line, part, f"The original has no {_shown(more)} here."


def _shown(tokens: Counter[str]) -> str:
    return ", ".join(f"`{token}`" for token in sorted(tokens.elements()))


def _entry(name: str, part: str, ours: Entry, theirs: Entry) -> Iterator[tuple[int, str, str]]:
    for key in sorted(theirs.extras.keys() - ours.extras.keys() - {"also"}):
        yield ours.line, part, f"The original has `- {key}:`, so this needs it."
    for key in sorted(ours.extras.keys() - theirs.extras.keys() - {"also"}):
        yield ours.line, part, f"The original has no `- {key}:`."
    for key in sorted((ours.extras.keys() & theirs.extras.keys()) - OWN_WORDS):
        at = f"{part}.{key}"
        yield from _tokens_differ(
            ours.line, at, _tokens(ours.extras[key]), _tokens(theirs.extras[key])
        )
    if "|" in theirs.body and name in ("ui", "ui-clinics", "ui-handouts"):
        # Languages have more or fewer forms; each form has the places that it needs.
        said, wanted = (set(_tokens(each.body)) for each in (ours, theirs))
        yield from _tokens_differ(ours.body_line, part, Counter(said), Counter(wanted))
    else:
        pieces = (_pieces_of(each.body, each.body_line) for each in (ours, theirs))
        yield from _text(part, *pieces)
    if name.startswith("questions/urgent"):
        bold, wanted_bold = (len(_BOLD.findall(each.body)) for each in (ours, theirs))
        if bold != wanted_bold:
            yield ours.body_line, part, f"Make {wanted_bold} pieces bold, as the original does."
