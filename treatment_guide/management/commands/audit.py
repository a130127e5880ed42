"""`manage.py audit`: prove the twelve properties over all answers of the real content."""

import sys
import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from treatment_guide.engine.proof.audit import PROPERTIES, Report, audit
from treatment_guide.http.clock import today
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library, Proof


class Command(BaseCommand):
    """Prints a line for each property, the counts and the time. Exits with 1 on any finding, or
    where the counts recorded in guide/proof.yaml are not those of the rules.
    """

    help = "Prove the twelve properties of the questionnaire over every possible set of answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--record`."""
        parser.add_argument("--record", action="store_true", help="write the counts to proof.yaml")

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
            f"{report.answer_sets:,} sets of answers in {report.classes:,} classes; "
            f"{report.looked_at:,} classes looked at; "
            f"the largest option is {report.largest[0]} with {report.largest[1]:,}; "
            f"{seconds:.1f} s"
        )
        if report.findings:
            sys.exit(1)
        if options["record"]:
            self.record(recorded(library, report, today()))
        elif library.proof != recorded(
            library, report, library.proof.on if library.proof else None
        ):
            self.stdout.write(
                "content/guide/proof.yaml is of other rules: manage.py audit --record"
            )
            sys.exit(1)

    def record(self, proof: Proof) -> None:
        """Write the counts to guide/proof.yaml, for the page `/about/proof/`."""
        rows = {
            "release": f'"{proof.release}"',
            "on": proof.on,
            "answer-sets": proof.answer_sets,
            "classes": proof.classes,
            "looked-at": proof.looked_at,
            "largest": proof.largest,
            "largest-classes": proof.largest_classes,
        }
        head = "# What the proof of this release covered. Written by `manage.py audit --record`.\n"
        text = head + "".join(f"{key}: {value}\n" for key, value in rows.items())
        (settings.CONTENT_DIR / "guide/proof.yaml").write_text(text, encoding="utf-8")


def recorded(library: Library, report: Report, on: date | None) -> Proof:
    """The record of a proof."""
    return Proof(
        library.site.release,
        on or date.min,
        report.answer_sets,
        report.classes,
        report.looked_at,
        *report.largest,
    )
