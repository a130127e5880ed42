"""`manage.py due --on 2027-11-01`: the facts and pages whose check-by day is before that day, and
how many are due in each month; objections of reviewers, and signatures that lapsed or soon will;
files of translations that went stale.
`--withdrawn`: what is withdrawn at once, and its faults.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from treatment_guide.http.clock import today
from treatment_guide.http.html.recall_notes import pages_with
from treatment_guide.library.check_days import by_month, due_days, emptiest
from treatment_guide.library.content_check import released_library
from treatment_guide.library.faults.file_kinds import ORIGINAL, languages_of
from treatment_guide.library.loading.languages.translation import stale
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import Library, Recall
from treatment_guide.library.problems import BrokenContent, Problem, Problems
from treatment_guide.library.recall.applying import in_effect
from treatment_guide.library.recall.standing import recalls_now
from treatment_guide.library.review.due import of_reviews


class Command(BaseCommand):
    """Prints a line for each: the day, what it is, its id, its source. Then a line for each month,
    and the month that suits the next check-by day.
    """

    help = (
        "List the facts, pages and clinics whose check-by date has come, and what reviews ask for."
    )
    requires_system_checks = ()  # it reads the content itself

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--on` and `--withdrawn`."""
        parser.add_argument("--on", type=date.fromisoformat, help="a day such as 2027-11-01")
        parser.add_argument(
            "--withdrawn", action="store_true", help="check and list what is withdrawn, no more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """List them, the longest due first."""
        if options["withdrawn"]:
            self.list_withdrawn()
            return
        library = released_library()
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
        if library.local and library.local.check_by <= day:
            rows.append((library.local.check_by, "hospital", library.local.name, "LOCAL_DIR"))
        for due, kind, name, sources in sorted(rows):
            self.stdout.write(f"{due}  {kind}  {name}  {sources}".rstrip())
        self.stdout.write(f"{len(rows)} due on {day}")
        for row in (*of_reviews(library, day), *_of_translations(library, day), *_stale_files()):
            self.stdout.write(row)
        days = due_days(library)
        self.stdout.write("\nfacts and pages by month:")
        for name, count in sorted(by_month(days).items()):
            self.stdout.write(f"{name}  {count:4}  {'#' * count}")
        self.stdout.write(
            f"for a new page, the emptiest month in the second half of a year: {emptiest(days, day)}"
        )

    def list_withdrawn(self) -> None:
        """A line for each recall, and for each page that tells of it. Raises CommandError with every
        fault of their files.
        """
        recalls, faults = recalls_now()
        try:
            library, unfit = in_effect(released_library(), recalls)
        except BrokenContent as broken:
            raise CommandError("\n".join(broken.lines("content/"))) from broken
        faults = sorted([*faults, *unfit, *_in_the_future(recalls)])
        if faults:
            raise CommandError("\n".join(BrokenContent(faults).lines("content/")))
        if not recalls:
            self.stdout.write("Nothing is withdrawn.")
        for recall in recalls:
            target = f"{recall.kind}:{recall.name}"
            self.stdout.write(f"{target} is withdrawn since {recall.day} ({recall.file})")
            for page in pages_with(library, recall):
                self.stdout.write(f"  {page.address}")


def _of_translations(library: Library, day: date) -> Iterator[str]:
    """What reviews ask for in each translation, with its language before each line. Objections stand
    with the original: they are about a subject in every language.
    """
    for name, translation in library.translations.items():
        for row in of_reviews(translation, day, objections=False):
            yield f"{name}: {row}"


def _stale_files() -> Iterator[str]:
    """A line for each file of a translation whose original changed, or that names none."""
    for language in languages_of(settings.CONTENT_DIR)[1:]:
        files = WordFiles(settings.CONTENT_DIR, language, Problems())
        for name, named, _ in stale(files):
            said = "changed since it was translated" if named else "does not say what it is from"
            yield f"stale  {language}/{name}.md: {ORIGINAL}/{name}.md {said}"


def _in_the_future(recalls: tuple[Recall, ...]) -> list[Problem]:
    message = "This day is in the future. A recall acts at once: write today's day, {day}."
    return [
        Problem(each.file, 1, "day", message.format(day=today()))
        for each in recalls
        if each.day > today()
    ]
