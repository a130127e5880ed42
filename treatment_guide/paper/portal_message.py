"""The clinician's page as plain text, for a portal message."""

import textwrap
import unicodedata
from collections.abc import Mapping
from datetime import date
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from treatment_guide.http.html.review import guide_words
from treatment_guide.library.model import Library
from treatment_guide.paper.sheet_options import Care

#: The width of the text: mail programs and record systems break longer lines.
COLUMNS = 74
#: ASCII in place of characters that have a close one.
SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


def pasted(library: Library, sheet: dict[str, Any], address: str, day: date, asked_on: date) -> str:
    """The clinician's sheet as text: ASCII, short lines, the address on its own line.

    `day` is today, `asked_on` the day the danger signs were answered.
    """
    ui = library.ui
    signs = sheet["signs"]
    lines = [
        ui["clinician-title"].upper(),
        ui["sheet-made"].format(day=library.language.day(day)),
        "",
    ]
    lines += [f"{row['name']}: {row['said']}" for row in sheet["rows"]]
    lines += [f"{ui['clinician-product']}: {ui['not-asked']}", ""]
    lines.append(ui["clinician-asked"].replace("**", "").format(day=library.language.day(asked_on)))
    if signs["untouched"]:
        lines.append(ui["clinician-none-ticked"])
    for title, found in (
        (ui["clinician-reported"], signs["reported"]),
        (ui["clinician-checked"], signs["checked"]),
        (ui["clinician-unticked"], signs["unticked"]),
    ):
        if found:
            lines.append(f"{title}: {'; '.join(found)}.")
    lines.append("")
    lines += listing(ui["clinician-find"], [to_find(each) for each in sheet["pasted"]["find"]])
    lines += listing(ui["clinician-care"], [care(ui, each) for each in sheet["pasted"]["care"]])
    lines += listing(ui["group-fits"], [each["name"] for each in sheet["fitting"]])
    later = [
        f"{each.words or ui['sheet-after-other']}: {'; '.join(each.names)}"
        for each in sheet["later"]
    ]
    lines += listing(ui["clinician-later"].strip("*."), later)
    questions = [unescape(strip_tags(words)) for words in sheet["pasted"]["questions"]]
    lines += listing(ui["clinician-asks"], questions)
    lines += [f"{ui['clinician-note']} {guide_words(library)}", "", address]
    return "\n".join(wrapped(plain(line)) for line in lines)


def to_find(each: dict[str, Any]) -> str:
    """Something to find out, and what waits for it."""
    return f"{each['words']} ({each['waiting']})" if each["waiting"] else str(each["words"])


def care(ui: Mapping[str, str], each: Care) -> str:
    """Something about the patient's health, and what it matters for."""
    return f"{each.words}. {ui['clinician-matters-for']} {'; '.join(each.names)}"


def listing(title: str, rows: list[str]) -> list[str]:
    """A heading, a line for each row, and an empty line; nothing for no rows."""
    return [f"{title}:", *(f"- {row}" for row in rows), ""] if rows else []


def plain(text: str) -> str:
    """Text in ASCII, which every record system accepts."""
    decomposed = unicodedata.normalize("NFKD", text.translate(SIGNS))
    return decomposed.encode("ascii", "ignore").decode()


def wrapped(line: str) -> str:
    """A line wrapped at `COLUMNS`; further lines of a list item are indented. No word is cut.

    `textwrap` does the same for lines with other space than one between words, and takes 0.3 ms a
    page.
    """
    words = line.split()
    indent = "  " if line.startswith("- ") else ""
    if line != " ".join(words):
        return textwrap.fill(
            line,
            COLUMNS,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    if len(line) <= COLUMNS:
        return line
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= COLUMNS:
            lines[-1] += f" {word}"
        else:
            lines.append(f"{indent}{word}")
    return "\n".join(lines)
