"""`manage.py build`: makes every reading page once, to be served from BUILD_DIR."""

import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from treatment_guide.engine.proof.audit import audit
from treatment_guide.environment.faults import BrokenSettings
from treatment_guide.environment.strict import named_origin_faults
from treatment_guide.http.clock import today
from treatment_guide.http.origin import public_origin
from treatment_guide.library.content_check import current_library, told
from treatment_guide.library.problems import BrokenContent
from treatment_guide.library.release.library_file import BrokenBuild
from treatment_guide.serving.build.built import stamp_now
from treatment_guide.serving.build.making import make_build, standing, unwritten

#: The umask for a build: all users may read it. The server often runs as another user.
EVERYBODY_READS = 0o022


class Command(BaseCommand):
    """Checks and proves the content, then writes the build. An up-to-date build is left as it is."""

    help = "Render and compress the pages that depend on content alone; keep the checked content."
    # Faults of the content are reported in `handle`, and only when a build is needed.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder to build in."""
        parser.add_argument("folder", nargs="?", type=Path, help="default: BUILD_DIR, else .build")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prove, render, write. A wrong setting stops it before anything is read."""
        try:
            settings.ENVIRONMENT.refuse()
        except BrokenSettings as broken:
            raise CommandError(str(broken)) from broken
        os.umask(EVERYBODY_READS)
        root = options["folder"] or settings.BUILD_DIR or settings.BASE_DIR / ".build"
        build = standing(root, today())
        if build:
            self.stdout.write(f"{build.folder} stands already")
            return
        started = time.perf_counter()
        try:
            made_from = stamp_now()
            library = current_library()
            settings.ENVIRONMENT.refuse(
                *named_origin_faults(
                    settings.ENVIRONMENT, public_origin(library), settings.ALLOWED_HOSTS
                )
            )
            # A recall brings no option nearer (library/recall/applying.py): what is proved is the
            # guide as it was released.
            proved = (library.released or library).guide
            report = audit(proved, library.layout)
            if report.findings:
                raise CommandError("The proof fails. Run: manage.py audit")
            build = make_build(root, library, report.answer_sets, today(), made_from)
        except (BrokenContent, BrokenBuild, BrokenSettings) as broken:
            raise CommandError(str(broken)) from broken
        except OSError as error:
            raise CommandError(unwritten(error)) from error
        pages = sum(name.endswith(".html") for name in build.hashes)
        for said in told(library):
            self.stderr.write(said)
        seconds = time.perf_counter() - started
        self.stdout.write(f"{build.folder}: {pages} pages in {seconds:.1f} s")
