"""`manage.py feedback`: what readers said about each page, for editors."""

import csv
import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.db.models import Count, Q

from treatment_guide.feedback.models import Feedback

#: Where a spreadsheet may find a formula: at the start of a cell, or behind any character that it
#: may take as a separator, with spaces and quotes between.
_FORMULA = re.compile(r"""(?:^|[,;|\t\r\n])[\s"]*(?=[=+\-@＝＋－＠])""")


class Command(BaseCommand):
    """Prints the counts of each page, the least helpful first, or its lines; or writes a CSV."""

    help = "Show how often each page helped, and what readers wrote."
    #: Not the content: to read it takes longer than everything else here.
    requires_system_checks = ("settings",)

    def add_arguments(self, parser: CommandParser) -> None:
        """What to show."""
        parser.add_argument("--lines", metavar="PAGE", help="what was written about one page")
        parser.add_argument("--csv", type=Path, help="write everything to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show it."""
        try:
            if options["csv"]:
                count = self.write(options["csv"])
                self.stdout.write(f"{options['csv']}: {count} rows")
            elif options["lines"]:
                for each in Feedback.objects.filter(page=options["lines"]).exclude(line=""):
                    self.stdout.write(f"{each.day}  {'yes' if each.helped else 'no '}  {each.line}")
            else:
                self.counts()
        except DatabaseError as error:
            raise CommandError(
                f"The database does not answer. Run: manage.py migrate ({error})"
            ) from error

    def counts(self) -> None:
        """A line for each page."""
        rows = Feedback.objects.values("page").annotate(
            yes=Count("id", filter=Q(helped=True)),
            no=Count("id", filter=Q(helped=False)),
            lines=Count("id", filter=~Q(line="")),
        )
        self.stdout.write("helped   not   lines   page")
        for row in sorted(rows, key=lambda row: (row["yes"] - row["no"], row["page"])):
            self.stdout.write(f"{row['yes']:6} {row['no']:5} {row['lines']:7}   {row['page']}")

    def write(self, path: Path) -> int:
        """Write all rows as CSV; return how many."""
        rows = Feedback.objects.order_by("page", "day", "id")
        with path.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, quoting=csv.QUOTE_ALL)
            table.writerow(["page", "helped", "line", "day", "release"])
            for each in rows:
                helped = "yes" if each.helped else "no"
                row = (each.page, helped, each.line, str(each.day), each.release)
                table.writerow([inert(cell) for cell in row])
        return len(rows)


def inert(cell: str) -> str:
    """The cell with an apostrophe before anything that a spreadsheet could run as a formula."""
    return _FORMULA.sub(lambda found: f"{found[0]}'", cell)
