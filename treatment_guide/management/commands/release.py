"""`manage.py release`: records what the guide says, so that no change of it goes unnoticed.

`<release>.yaml` lets readers of printed pages be told what changed since. `<release>.txt`, and
`next.txt` between releases, hold a hash of every item that readers can see.
"""

import time
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from treatment_guide.http.clock import today
from treatment_guide.library.loading.languages.all import load_languages
from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent
from treatment_guide.library.release import seen
from treatment_guide.library.release.releases import FOLDER, record, written


class Command(BaseCommand):
    """Writes the records of the release that site.yaml names, or of what is not released yet."""

    help = "Record what the guide says: of this release, or with --record of what changed since."
    requires_system_checks = ()  # it reads the content itself, once, whatever the environment says

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--check`, `--record` and `--again`."""
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--check", action="store_true", help="write nothing; fail where something differs"
        )
        only.add_argument(
            "--record", action="store_true", help="record what is not released yet, in next.txt"
        )
        only.add_argument(
            "--again", action="store_true", help="replace the record, before the release is out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare the records. Raises CommandError where they differ."""
        started = time.perf_counter()
        root = Path(settings.CONTENT_DIR)
        try:
            library = load_languages(root)  # every one that is served, whatever LANGUAGES says
        except BrokenContent as broken:
            raise CommandError("\n".join(broken.lines("content/"))) from broken
        languages = (library.language.name, *library.translations)
        words = seen.in_all_languages(library) | seen.files(root, languages)
        try:
            if options["check"]:
                self.check_record(root, library, words)
            elif options["record"]:
                self.record_next(root, library, words)
            else:
                self.record_release(root, library, words, options["again"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(words):,} items, {time.perf_counter() - started:.1f} s")

    def check_record(self, root: Path, library: Library, words: dict[str, str]) -> None:
        """Tell what readers see and no record says. Raises CommandError when there is any."""
        release = library.site.release
        then = seen.recorded(root, seen.NEXT, release)
        if then is None or release not in library.releases:
            raise CommandError(f"There is no record of {release}. Run `manage.py release`.")
        name, old = then
        found = seen.compared(old, seen.hashes(words))
        if found:
            rows = "\n".join(seen.told(found, words))
            raise CommandError(
                f"The guide is not what {FOLDER}/{name}.txt says:\n{rows}\n"
                "Read it, then run `manage.py release --record`, and commit next.txt with the change."
            )
        if name == release and library.releases[release] != self.made(library, again=False):
            raise CommandError(f"The guide is not what {FOLDER}/{release}.yaml says.")
        self.stdout.write(f"The guide says what {FOLDER}/{name}.txt says.")

    def record_next(self, root: Path, library: Library, words: dict[str, str]) -> None:
        """Write next.txt; take it away where nothing differs from the last release."""
        path = root / FOLDER / f"{seen.NEXT}.txt"
        before = seen.recorded(root, seen.NEXT, library.site.release)
        for row in seen.told(seen.compared(before[1], seen.hashes(words)), words) if before else ():
            self.stdout.write(row)
        last = seen.recorded(root, library.site.release)
        if last and last[1] == seen.hashes(words):
            path.unlink(missing_ok=True)
            self.stdout.write(f"The guide says what {library.site.release} says.")
            return
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen.written(words), encoding="utf-8")
        self.stdout.write(f"Wrote {FOLDER}/{path.name}")

    def record_release(
        self, root: Path, library: Library, words: dict[str, str], again: bool
    ) -> None:
        """Write the records of the release. Raises CommandError where others are there."""
        release = library.site.release
        old = library.releases.get(release)
        made = self.made(library, again)
        last = seen.recorded(root, release)
        if old == made and last and last[1] == seen.hashes(words):
            self.stdout.write(f"The record of {release} says what the guide says.")
            return
        if old and not again:
            raise CommandError(
                f"There is a record of {release}, and paper may stand on it. Name a new release "
                "in site.yaml; or, if this one never went out, add --again."
            )
        folder = root / FOLDER
        folder.mkdir(exist_ok=True)
        (folder / f"{release}.yaml").write_text(written(release, made), encoding="utf-8")
        (folder / f"{release}.txt").write_text(seen.written(words), encoding="utf-8")
        (folder / f"{seen.NEXT}.txt").unlink(missing_ok=True)
        self.stdout.write(f"Wrote {FOLDER}/{release}.yaml and {release}.txt")

    @staticmethod
    def made(library: Library, again: bool) -> Any:
        """The record of the library now, on the day of the record that is there, if any."""
        old = library.releases.get(library.site.release)
        day: date = old.day if old and not again else today()
        return record(library, day)
