"""The pages that flow.yaml names, which can be linked, and the short words for paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.loading.prose.pages import OPTION_PARTS
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.loading.rules import RuleBook
from treatment_guide.library.model import SituationPage, address
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import read_page, read_yaml


def page_titles(
    files: WordFiles, book: RuleBook
) -> tuple[dict[tuple[str, str], str], set[tuple[str, str]]]:
    """The title of every page that can be linked: the text of links without words of their own; and
    the pages of a translation that have a title alone.
    """
    foreign: set[tuple[str, str]] = set()
    found: dict[tuple[str, str], str] = {}
    rows = [
        *(("option", "options", name) for name in book.offered),
        *(("step", "steps", name) for name in book.flow.steps),
        *(
            ("situation", "situations", name)
            for row in book.flow.situations.values()
            for name in row
        ),
        *(("topic", "topics", name) for name in book.flow.topics),
        *(("about", "about", name) for name in book.flow.about),
        *(("clinics", "clinics", name) for name in book.flow.clinics),
    ]
    quiet = Problems()  # PageReader reports the faults of these files
    for kind, folder, name in rows:
        page = read_page(files.path(f"{folder}/{name}"), "", quiet)
        title = page.front.get("title", name) if page else name
        found[(kind, name)] = re.sub(r" \([^)]*\)$", "", title)
        if page is not None and not page.sections and files.translates:
            foreign.add((kind, name))
    return found, foreign


def check_named(
    root: Path, book: RuleBook, titles: Mapping[tuple[str, str], str], problems: Problems
) -> None:
    """Note parts to compare and targets of short words in flow.yaml that do not exist."""
    document = read_yaml(root / "guide/flow.yaml", "guide/flow.yaml", Problems())
    if document is None:
        return
    for i, part in enumerate(book.flow.compare):
        if part not in OPTION_PARTS:
            line = document.line(("compare", i))
            message = f"No option page has a part `{part}`.{meant(part, OPTION_PARTS)}"
            problems.add(document.file, line, "compare", message)
    matters = book.questions.get("matters")
    for choice, part in book.flow.matters_first.items():
        line = document.line(("matters-first", choice))
        if part not in OPTION_PARTS:
            message = f"No option page has a part `{part}`.{meant(part, OPTION_PARTS)}"
            problems.add(document.file, line, "matters-first", message)
        if matters and choice not in matters.choices:
            message = f"`{choice}` is not a choice of the question `matters`."
            at = (document.file, line, "matters-first", message)
            problems.lacks("choice", f"matters.{choice}", *at)
    asked = book.questions.get(PLACE)
    for place in book.flow.situations:
        if asked and place not in asked.choices:
            line = document.line(("situations", place))
            message = f"`{place}` is not a choice of the question `{PLACE}`."
            at = (document.file, line, "situations", message)
            problems.lacks("choice", f"{PLACE}.{place}", *at)
    for word, end in book.flow.words.items():
        kind, is_page, name = end.partition(":")
        if (kind, name) not in titles if is_page else end not in book.flow.situations:
            line = document.line(("words", word))
            message = f"`{word}` leads to `{end}`: no page, and no place with a situation."
            if is_page:
                problems.lacks(kind, name, document.file, line, "words", message)
            else:
                message += meant(end, book.flow.situations)
                problems.add(document.file, line, "words", message)


def short_words(
    book: RuleBook, situations: Mapping[str, SituationPage], problems: Problems
) -> dict[str, str]:
    """Short permanent words for paper, each with the address it leads to."""
    found = {word: word_end(end) for word, end in book.flow.words.items()}
    for name, situation in situations.items():
        for word in situation.words:
            if word in found:
                file = f"guide/situations/{name}.yaml"
                problems.add(file, 1, "words", f"The word `{word}` is taken.")
            found[word] = situation.page.address
    return found


def word_end(end: str) -> str:
    """The address that a short word leads to. `end` is a page such as `option:prp`, or a place in
    the list of situations.
    """
    kind, is_page, name = end.partition(":")
    return address(kind, name) if is_page else f"/situations/#{end}"
