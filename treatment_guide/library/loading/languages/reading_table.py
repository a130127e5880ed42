"""How each kind of page reads in two languages, and how many words each folder has, as a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from statistics import median

from django.conf import settings

from treatment_guide.library.faults.file_kinds import ORIGINAL
from treatment_guide.library.loading.languages.translation import names_of
from treatment_guide.library.loading.loader import load_library, load_translation
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import Library, Page
from treatment_guide.library.text.blocks import Html
from treatment_guide.library.text.style.readability import inflesz

SPANISH = "es"
_END = re.compile(r"</(?:p|li|td|th|dd|dt)>")
_TAG = re.compile(r"<[^>]+>")


def reading_table(files: WordFiles, write: Callable[[str], object]) -> None:
    """Print, by kind of page, how the pages of the original and of one translation read: the formula
    of the language over running text, median and worst. Of Spanish also INFLESZ, over all words of a
    page, lists too. Then the words by folder.
    """
    original = load_library(files.root, settings.SITE)
    translation = load_translation(original, files.root, files.language, settings.SITE)
    write(f"{'':<14}{'pages':>6}" + _pair(ORIGINAL) + _pair(files.language) + _pair("INFLESZ"))
    kinds = dict.fromkeys(page.kind for page in original.reading_pages)
    for kind in kinds:
        there, here = (_pages(library, kind) for library in (original, translation))
        row = f"{kind:<14}{len(here):>6}" + _grades([p.grade for p in there], worst=max)
        row += _grades([p.grade for p in here], worst=min)
        if files.language == SPANISH:
            row += _grades([inflesz(_text(page)) for page in here], worst=min)
        write(row)
    write(f"\n{'words':<14}{ORIGINAL:>9}{files.language:>9}")
    by_folder: dict[str, list[int]] = {}
    for at, language in enumerate((ORIGINAL, files.language)):
        for name in names_of(files.root, language):
            counts = by_folder.setdefault(name.rpartition("/")[0] or ".", [0, 0])
            text = (files.root / language / f"{name}.md").read_text(encoding="utf-8")
            counts[at] += len(text.split())
    for folder, counts in [*sorted(by_folder.items()), ("all", _sums(by_folder.values()))]:
        write(f"{folder:<14}{counts[0]:>9,}{counts[1]:>9,}")


def _pair(name: str) -> str:
    return f"{name:>9}{'worst':>7}"


def _sums(rows: Iterable[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _pages(library: Library, kind: str) -> list[Page]:
    """The pages of a kind that are translated and long enough to be measured."""
    return [p for p in library.reading_pages if p.kind == kind and p.parts and not p.foreign]


def _grades(grades: list[float], worst: Callable[[list[float]], float]) -> str:
    if not grades:
        return " " * 16
    return f"{median(grades):>9.1f}{worst(grades):>7.1f}"


def _text(page: Page) -> str:
    """The words of a page, a stop at each end of a block."""
    blocks = (block.html for part in page.parts for block in part.blocks if isinstance(block, Html))
    return _TAG.sub(" ", _END.sub(". ", " ".join(blocks)))
