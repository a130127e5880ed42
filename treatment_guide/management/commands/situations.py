"""`manage.py situations`: writes every distinct outcome of every option in words, with cautions,
notices, questions to ask and danger signs, and lists what changed since a release.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from treatment_guide.http.html.context import rendered
from treatment_guide.library.content_check import current_library
from treatment_guide.library.release.outcomes import (
    BESIDES,
    Row,
    as_csv,
    difference,
    from_csv,
    table,
)
from treatment_guide.reading.packet.paper_form import by_place


class Command(BaseCommand):
    """Writes the table of outcomes that a clinician signs, and compares it with an older one."""

    help = (
        "Write every distinct outcome in words, as HTML and CSV; tell what changed since a table."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the files to write, and the table to compare with."""
        parser.add_argument("--html", type=Path, help="write the table as a page for print")
        parser.add_argument("--csv", type=Path, help="write the table for a spreadsheet")
        parser.add_argument("--by-place", type=Path, help="write what stands where at each place")
        parser.add_argument("--since", type=Path, help="a table written before, to compare with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute the table, write it, compare it."""
        before = _read(options["since"]) if options["since"] else None
        library = current_library()
        if options["by_place"]:
            page = rendered(library, "reading/packet/by_place.html", **by_place(library))
            options["by_place"].write_text(page, encoding="utf-8")
            if not (options["csv"] or options["html"] or before):
                return
        rows = table(library)
        if options["csv"]:
            options["csv"].write_text(as_csv(rows), encoding="utf-8")
        if options["html"]:
            page = rendered(library, "reading/situations_table.html", rows=rows)
            options["html"].write_text(page, encoding="utf-8")
        kinds = Counter(row.group for row in rows)
        besides = ", ".join(f"{kinds[kind]} {kind}" for kind in BESIDES)
        outcomes = sum(count for kind, count in kinds.items() if kind not in BESIDES)
        self.stdout.write(f"{outcomes} distinct outcomes of {len(library.guide.options)} options")
        self.stdout.write(f"Beside them: {besides}")
        if before is not None:
            self.compare(before, rows)

    def compare(self, before: list[Row], rows: list[Row]) -> None:
        """Print what changed since an older table."""
        found = difference(before, rows)
        self.stdout.write(f"{found.changed} of {found.total} situations changed")
        if found.unknown:
            self.stdout.write(f"  The older table has no rows of: {', '.join(found.unknown)}")
        for word, changed in (("came", found.came), ("went", found.went)):
            for row in changed:
                self.stdout.write(f"  {word}: {row.title}: {row.stands}. {row.reasons}")
        for old, new in found.reworded:
            told = [
                f"{name} “{was}”, now “{now}”"
                for name, was, now in (
                    ("title", old.title, new.title),
                    ("stands", old.stands, new.stands),
                    ("words", old.reasons, new.reasons),
                    ("when", old.answers, new.answers),
                )
                if was != now and (name != "when" or new.group in BESIDES)
            ]
            if old.count != new.count:
                told.append(f"{old.count:,} sets of answers, now {new.count:,}")
            self.stdout.write(f"  changed: {new.title}: {new.stands}. {'; '.join(told)}")


def _read(file: Path) -> list[Row]:
    """The rows of a table written before. Raises CommandError when the file is none."""
    try:
        return from_csv(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(str(error)) from error
