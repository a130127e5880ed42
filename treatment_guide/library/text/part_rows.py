"""Parts of an option that are rows: a name, and one or two sentences. Each row becomes a part of the
page, with an id such as `glance-cost` or `look-again-same`.
"""

from __future__ import annotations

import re

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.model.pages import ROWS
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Section

#: The most words of a row: it stands beside its name on a phone.
MOST_WORDS = 32

_ROW = re.compile(r"^- ([a-z-]+): (.*)$")


def part_rows(file: str, section: Section, problems: Problems) -> list[Section]:
    """The rows of a part in `ROWS` as sections of their own; each fault is noted. A line that
    starts with two spaces goes on with the row above.
    """
    part, wanted = section.id, ROWS[section.id]
    rows: list[Section] = []
    for number, line in enumerate(section.text.splitlines(), 1):
        here = section.line + number
        found = _ROW.match(line)
        if found:
            rows.append(Section(f"{part}-{found.group(1)}", here - 1, found.group(2)))
        elif rows and line.startswith("  "):
            last = rows[-1]
            rows[-1] = Section(last.id, last.line, f"{last.text}\n{line.strip()}")
        elif line.strip():
            message = f"A line here has the form `- {wanted[0]}: One short sentence.`"
            problems.add(file, here, part, message)
    there = [row.id.removeprefix(f"{part}-") for row in rows]
    for row, name in zip(rows, there, strict=True):
        if name not in wanted:
            message = f"This part has no row `{name}`.{meant(name, wanted)}"
            problems.add(file, row.line + 1, part, message)
        elif len(row.text.split()) > MOST_WORDS:
            message = f"`{name}` has more than {MOST_WORDS} words: the rest stands in its own part."
            problems.add(file, row.line + 1, part, message)
    if [name for name in there if name in wanted] != [*wanted]:
        listed = ", ".join(f"`{row}`" for row in wanted)
        message = f"This part has the rows {listed}, once each, in this order."
        problems.add(file, section.line, part, message)
    return [row for row, name in zip(rows, there, strict=True) if name in wanted]
