"""`manage.py recalls`: checks the files of recalls, and lists what is withdrawn and where it shows."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from treatment_guide.http.clock import today
from treatment_guide.http.html.recall_notes import pages_with
from treatment_guide.library.content_check import released_library
from treatment_guide.library.model import Recall
from treatment_guide.library.problems import BrokenContent, Problem
from treatment_guide.library.recall.applying import in_effect
from treatment_guide.library.recall.standing import recalls_now


class Command(BaseCommand):
    """Reads the recalls as a server does, and says what each takes away."""

    help = "Check the files of recalls, and list what is withdrawn and which pages say so."
    requires_system_checks = ()  # it reads the content itself

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each recall and for each page. Raises CommandError with all faults."""
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


def _in_the_future(recalls: tuple[Recall, ...]) -> list[Problem]:
    message = "This day is in the future. A recall acts at once: write today's day, {day}."
    return [
        Problem(each.file, 1, "day", message.format(day=today()))
        for each in recalls
        if each.day > today()
    ]
