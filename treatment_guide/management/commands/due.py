"""`manage.py due --on 2027-11-01`: the facts and pages whose check-by day is before that day, and
how many are due in each month.
"""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from treatment_guide.http.clock import today
from treatment_guide.library.check_days import by_month, due_days, emptiest
from treatment_guide.library.content_check import current_library


class Command(BaseCommand):
    """Prints a line for each: the day, what it is, its id, its source. Then a line for each month,
    and the month that suits the next check-by day.
    """

    help = "List the facts, pages and clinics whose check-by date has come."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--on`."""
        parser.add_argument("--on", type=date.fromisoformat, help="a day such as 2027-11-01")

    def handle(self, *args: Any, **options: Any) -> None:
        """List them, the longest due first."""
        library = current_library()
        day = options["on"] or today()
        rows = [
            (fact.check_by, "fact", fact.id, ", ".join(fact.sources))
            for fact in library.facts.values()
            if fact.check_by <= day
        ]
        rows += [
            (page.check_by, "page", page.address, "")
            for page in library.reading_pages
            if page.check_by <= day
        ]
        rows += [
            (clinic.check_by, "clinic", clinic.id, clinic.website)
            for clinic in library.clinics.values()
            if clinic.check_by <= day
        ]
        for due, kind, name, sources in sorted(rows):
            self.stdout.write(f"{due}  {kind}  {name}  {sources}".rstrip())
        self.stdout.write(f"{len(rows)} due on {day}")
        days = due_days(library)
        self.stdout.write("\nfacts and pages by month:")
        for name, count in sorted(by_month(days).items()):
            self.stdout.write(f"{name}  {count:4}  {'#' * count}")
        self.stdout.write(
            f"for a new page, the emptiest month in the second half of a year: {emptiest(days, day)}"
        )
