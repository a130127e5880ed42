"""`manage.py release`: records the hashes of this release, so that readers of printed pages can be
told what changed later.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from treatment_guide.http.clock import today
from treatment_guide.library.content_check import current_library
from treatment_guide.library.release.releases import FOLDER, record, written


class Command(BaseCommand):
    """Writes `content/guide/releases/<release>.yaml` for the release that site.yaml names."""

    help = "Write the record of this release: what its facts, rules and pages say, hashed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--check` and `--again`."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail where the record differs"
        )
        parser.add_argument(
            "--again", action="store_true", help="replace the record, before the release is out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the record, or raise CommandError."""
        library = current_library()
        release = library.site.release
        old = library.releases.get(release)
        made = record(library, old.day if old and not options["again"] else today())
        if old == made:
            self.stdout.write(f"The record of {release} says what the guide says.")
        elif options["check"]:
            raise CommandError(
                f"The guide is not what the record of {release} says. Give it a new release, "
                "and write its record."
            )
        elif old and not options["again"]:
            raise CommandError(
                f"There is a record of {release}, and paper may stand on it. Name a new release "
                "in site.yaml; or, if this one never went out, add --again."
            )
        else:
            path = settings.CONTENT_DIR / FOLDER / f"{release}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(written(release, made), encoding="utf-8")
            self.stdout.write(f"Wrote {FOLDER}/{release}.yaml")
