"""The part `## glance` of an option: one or two sentences for each of the last four rows of its fact
table. The rows are parts of the page, with ids such as `glance-cost`.
"""

from __future__ import annotations

import re

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.model.pages import GLANCE, GLANCE_PARTS
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Section

#: The most words of a row: it stands beside its name on a phone.
MOST_WORDS = 32

#: The rows, in the order of the fact table.
ROWS = tuple(part.removeprefix(f"{GLANCE}-") for part in GLANCE_PARTS)

_ROW = re.compile(r"^- ([a-z-]+): (.*)$")


def glance_rows(file: str, section: Section, problems: Problems) -> list[Section]:
    """The rows of the part as sections of their own; each fault is noted. A line that starts with
    two spaces goes on with the row above.
    """
    rows: list[Section] = []
    for number, line in enumerate(section.text.splitlines(), 1):
        here = section.line + number
        found = _ROW.match(line)
        if found:
            rows.append(Section(f"{GLANCE}-{found.group(1)}", here - 1, found.group(2)))
        elif rows and line.startswith("  "):
            last = rows[-1]
            rows[-1] = Section(last.id, last.line, f"{last.text}\n{line.strip()}")
        elif line.strip():
            message = "A line here has the form `- cost: One short sentence.`"
            problems.add(file, here, GLANCE, message)
    there = [row.id.removeprefix(f"{GLANCE}-") for row in rows]
    for row, name in zip(rows, there, strict=True):
        if name not in ROWS:
            message = f"The fact table has no row `{name}`.{meant(name, ROWS)}"
            problems.add(file, row.line + 1, GLANCE, message)
        elif len(row.text.split()) > MOST_WORDS:
            message = f"`{name}` has more than {MOST_WORDS} words: the rest stands in its own part."
            problems.add(file, row.line + 1, GLANCE, message)
    if [name for name in there if name in ROWS] != [*ROWS]:
        message = f"The fact table has the rows {', '.join(f'`{row}`' for row in ROWS)}, once each, in this order."
        problems.add(file, section.line, GLANCE, message)
    return [row for row in rows if row.id in GLANCE_PARTS]
