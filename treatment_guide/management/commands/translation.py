"""`manage.py translation es`: what a translation lacks, what went stale, what is not equal."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from treatment_guide.library.faults.file_kinds import ORIGINAL, languages_of
from treatment_guide.library.loading.languages.reading_table import reading_table
from treatment_guide.library.loading.languages.translation import (
    ANEW,
    CORE,
    is_head,
    mark,
    names_of,
    stale,
)
from treatment_guide.library.loading.loader import load_library, load_translation
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.problems import BrokenContent, Problems
from treatment_guide.library.text.content_files import read_page

#: The most faults that are listed without `--all`.
MOST = 40


class Command(BaseCommand):
    """Lists what a translation needs, and writes the hash of what was translated."""

    requires_system_checks = ()  # faults of a translation would stop it
    help = "What a translation lacks, what went stale, and where it differs from its original."

    def add_arguments(self, parser: CommandParser) -> None:
        """The language, files that were translated anew, and how much is listed."""
        parser.add_argument("language")
        parser.add_argument(
            "--made",
            nargs="+",
            default=[],
            metavar="FILE",
            help="write the hash of the original into these files (options/prp.md): you translated "
            "them as they are now",
        )
        parser.add_argument(
            "--table",
            action="store_true",
            help="print how each kind of page reads, and the words by folder, in both languages",
        )
        parser.add_argument("--all", action="store_true", help="list every fault")
        parser.add_argument("--only", default="", help="list faults of files that begin so")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        language = options["language"]
        known = languages_of(settings.CONTENT_DIR)[1:]
        if language not in known:
            raise CommandError(
                f"content/ has no translation {language!r}. There is: {', '.join(known)}."
            )
        files = WordFiles(settings.CONTENT_DIR, language, Problems())
        for file in options["made"]:
            self.made(files, file)
        if options["made"]:
            return
        if options["table"]:
            reading_table(files, self.stdout.write)
            return
        self.state(files)
        self.faults(files, options["only"], every=options["all"])

    def made(self, files: WordFiles, file: str) -> None:
        """Write the hash of today's original into one file."""
        name = file.removesuffix(".md").removeprefix("content/")
        name = name.removeprefix(f"{files.language}/")
        if name in ANEW:
            raise CommandError(f"{file} is written anew, so it names no original.")
        try:
            self.stdout.write(f"{files.file(name)}: {mark(files, name)}")
        except (OSError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from error

    def state(self, files: WordFiles) -> None:
        """Print what is there, what is missing and what went stale."""
        there = set(names_of(files.root, files.language))
        wanted = names_of(files.root, ORIGINAL)
        pages = {name: read_page(files.path(name), "", Problems()) for name in there}
        heads = {name for name, page in pages.items() if page and is_head(name, page)}
        core = [name for name in wanted if CORE.fullmatch(name)]
        self.stdout.write(
            f"{files.language}: {len(there & set(wanted))} of {len(wanted)} files, "
            f"{len(heads)} of them titles alone; core {len(there & set(core))} of {len(core)}."
        )
        self.listed("Missing", sorted(set(wanted) - there))
        self.listed("Titles alone", sorted(heads))
        rows = [
            f"{name} (names {named or 'none'}, is {today})" for name, named, today in stale(files)
        ]
        self.listed("Stale", rows)

    def listed(self, title: str, rows: Iterable[str]) -> None:
        """A title with its rows; nothing for none."""
        found = list(rows)
        if found:
            self.stdout.write(f"\n{title}: {len(found)}")
            self.stdout.write("\n".join(f"  {row}" for row in found))

    def faults(self, files: WordFiles, only: str, *, every: bool) -> None:
        """Print the faults that keep readers from getting it. Fails when there are any."""
        try:
            original = load_library(files.root, settings.SITE)
            load_translation(original, files.root, files.language, settings.SITE)
        except BrokenContent as broken:
            start = f"{files.language}/{only.removeprefix(f'{files.language}/')}" if only else ""
            found = [each for each in broken.problems if each.file.startswith(start)]
            self.listed("Faults", map(str, found if every or only else found[:MOST]))
            more = len(broken.problems) + broken.waiting
            raise CommandError(f"{more} faults in all: see them with --all.") from broken
        self.stdout.write(self.style.SUCCESS("\nWhole: `served: true` may be written."))
