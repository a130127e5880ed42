"""`manage.py audit`: prove the nine properties over all answers of the real content."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand

from treatment_guide.engine.audit import PROPERTIES, audit
from treatment_guide.library.checks import current_library


class Command(BaseCommand):
    """Prints a line for each property, the counts and the time; exits with 1 on any finding."""

    help = "Prove the nine properties of the questionnaire over every possible set of answers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the audit."""
        library = current_library()
        started = time.perf_counter()
        report = audit(library.guide, library.layout)
        seconds = time.perf_counter() - started
        for number, words in PROPERTIES.items():
            found = report.of(number)
            sign = "holds" if not found else f"FAILS ({len(found)})"
            self.stdout.write(f"{number}. {sign}: {words}")
            for finding in found[:40]:
                self.stdout.write(f"     {finding}")
        self.stdout.write(
            f"{report.situations:,} sets of answers in {report.classes:,} classes; "
            f"{report.looked_at:,} classes looked at; "
            f"the largest option is {report.largest[0]} with {report.largest[1]:,}; "
            f"{seconds:.1f} s"
        )
        if report.findings:
            sys.exit(1)
