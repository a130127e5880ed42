"""`manage.py site FOLDER --live https://guide.example.org`: writes the reading pages as a plain
folder for any web server.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from treatment_guide.http.origin import public_origin
from treatment_guide.library.content_check import current_library, told
from treatment_guide.serving.build.folder import NoBase, NotOurFolder, make_folder
from treatment_guide.serving.build.making import unwritten


class Command(BaseCommand):
    """Writes the folder, and prints where it stands."""

    help = "Write the reading pages as a folder that any web server can host."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder, the address of the live site, and the base path."""
        parser.add_argument("folder", nargs="?", type=Path, help="default: .site")
        parser.add_argument("--live", help="origin of the live site; default: the public origin")
        parser.add_argument(
            "--base", default="/", help="path under which the folder will stand; default: /"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        folder = options["folder"] or settings.BASE_DIR / ".site"
        library = current_library()
        live = (options["live"] or public_origin(library)).rstrip("/")
        try:
            count = make_folder(folder, library, live, options["base"])
        except (NotOurFolder, NoBase) as other:
            raise CommandError(str(other)) from other
        except OSError as error:
            raise CommandError(unwritten(error)) from error
        for said in told(library):
            self.stderr.write(said)
        self.stdout.write(f"{folder}: {count} pages; live parts on {live}")
