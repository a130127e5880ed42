"""The clinician's page as plain text, for a portal message."""

import textwrap
import unicodedata
from datetime import date
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from treatment_guide.http.html.template_tags import long_date
from treatment_guide.library.model import Library

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
    lines = [ui["clinician-title"].upper(), ui["sheet-made"].format(day=long_date(day)), ""]
    lines += [f"{row['name']}: {row['said']}" for row in sheet["rows"]]
    lines += [f"{ui['clinician-product']}: {ui['not-asked']}", ""]
    lines.append(ui["clinician-asked"].replace("**", "").format(day=long_date(asked_on)))
    if signs["reported"]:
        lines.append(f"{ui['clinician-reported']}: {'; '.join(signs['reported'])}.")
    if signs["checked"]:
        lines.append(f"{ui['clinician-checked']}: {'; '.join(signs['checked'])}.")
    if signs["denied"]:
        lines.append(f"{ui['clinician-denied']}: {'; '.join(signs['denied'])}.")
    lines.append("")
    for group, names in sheet["groups"].items():
        lines += listing(ui[f"group-{group}"], names)
    if sheet["waits_for"]:
        lines += [f"{ui['clinician-waits']} {'; '.join(sheet['waits_for'])}.", ""]
    questions = [unescape(strip_tags(ask.words)) for ask in sheet["asked"].asks]
    lines += listing(ui["clinician-asks"], questions)
    lines += [ui["clinician-note"], "", address]
    return "\n".join(wrapped(plain(line)) for line in lines)


def listing(title: str, rows: list[str]) -> list[str]:
    """A heading, a line for each row, and an empty line; nothing for no rows."""
    return [f"{title}:", *(f"- {row}" for row in rows), ""] if rows else []


def plain(text: str) -> str:
    """Text in ASCII, which every record system accepts."""
    decomposed = unicodedata.normalize("NFKD", text.translate(SIGNS))
    return decomposed.encode("ascii", "ignore").decode()


def wrapped(line: str) -> str:
    """A line wrapped at `COLUMNS`; further lines of a list item are indented."""
    if len(line) <= COLUMNS and line == " ".join(line.split()):
        return line  # textwrap is slow
    return textwrap.fill(
        line,
        COLUMNS,
        subsequent_indent="  " if line.startswith("- ") else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
