"""`manage.py ledger`: adds what is new to the ledgers of what is published for ever.

Nothing is ever taken out of them. It refuses when something in one is no longer answered.
"""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client

from treatment_guide.library.content_check import current_library
from treatment_guide.library.release import seen
from treatment_guide.serving import ledgers


class Command(BaseCommand):
    """Writes tests/published/: addresses, requests, diagnosis codes, answer codes."""

    help = "Add what is new to the ledgers in tests/published; refuse when something vanished."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--check`, and another folder for the ledgers."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail on new lines")
        parser.add_argument(
            "--folder",
            type=Path,
            default=Path(settings.BASE_DIR) / "tests/published",
            help="the folder of the ledgers",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Add the new lines. Raises CommandError where something vanished, or cannot be written."""
        if settings.LOCAL_DIR:
            raise CommandError("The ledgers are the guide's own: run this without LOCAL_DIR.")
        started = time.perf_counter()
        library, folder = current_library(), options["folder"]
        try:
            gone = list(ledgers.vanished(library, folder, status))
            if gone:
                raise CommandError("No promise is taken back. No longer kept:\n" + "\n".join(gone))
            found: list[str] = []
            for name in ledgers.LINES:
                new = ledgers.missing(library, folder, name)
                found += [f"{name}: {row}" for row in new]
                if new and not options["check"]:
                    text = ledgers.added(folder, name, new)
                    (folder / name).write_text(text, encoding="utf-8")
            found += self.codes(folder, options["check"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for row in found:
            self.stdout.write(row)
        if found and options["check"]:
            raise CommandError(f"{len(found)} lines are missing: run `manage.py ledger`.")
        self.stdout.write(f"{len(found)} new lines, {time.perf_counter() - started:.1f} s")

    def codes(self, folder: Path, check: bool) -> list[str]:
        """Add the codes that are missing; give the new lines."""
        library = current_library()
        there = ledgers.by_release(folder)
        unreleased = (Path(settings.CONTENT_DIR) / f"{seen.FOLDER}/{seen.NEXT}.txt").exists()
        release = ledgers.NEXT if unreleased else library.site.release
        owed = "" if unreleased or {release, ledgers.NEXT} & there.keys() else release
        new = ledgers.new_codes(library, ledgers.rows_of(folder), owed)
        text = ledgers.codes_text(folder, release, new)
        if not check and text != (folder / ledgers.CODES).read_text(encoding="utf-8"):
            (folder / ledgers.CODES).write_text(text, encoding="utf-8")
        return [f"{ledgers.CODES}: {row.strip(' -')}" for row in new]


def status(address: str) -> int:
    """The status of the answer to a request."""
    host = next((name for name in settings.ALLOWED_HOSTS if name[0] not in ".*"), "localhost")
    found: int = Client(SERVER_NAME=host).get(address).status_code
    return found
