"""`manage.py sign option:prp`: writes a signature. What is not given is asked for.

The person who read the packet signs, or an editor types what stands on the signed paper.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from treatment_guide.http.clock import today
from treatment_guide.library.review.signing import Asked, Refused, sign
from treatment_guide.management.commands.review import spoken

#: What is asked for, in this order: the option, and the question. None may stay empty but one.
ASKED = {
    "who": "Name, as it is to be shown: ",
    "role": "Role, as the packet names those whose name is wanted: ",
    "registration": "Registration, such as a number of a register (may stay empty): ",
    "interests": "Interests that others should know of; if there are none, write none: ",
    "hash": "The hash at the end of the packet that was read: ",
}


class Command(BaseCommand):
    """Writes the file of a signature, and the text that was read beside it."""

    help = "Sign a subject that was read: manage.py review prints it with its hash."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the subject, and what stands on the signed paper."""
        parser.add_argument("what", help="a subject such as option:prp")
        for name, words in ASKED.items():
            parser.add_argument(f"--{name}", help=words.rstrip(": "))
        parser.add_argument("--language", default="", help="one that is served, such as es")
        parser.add_argument("--day", type=date.fromisoformat, help="of the reading; default: today")
        parser.add_argument(
            "--local", action="store_true", help="write it into the clinic's own folder (LOCAL_DIR)"
        )
        parser.add_argument(
            "--until", type=date.fromisoformat, help="the last day; default: a year later"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it. Raises CommandError where it is refused."""
        given = {name: options[name] for name in ASKED}
        for name, words in ASKED.items():
            if given[name] is None:
                given[name] = ask(words)
        day = options["day"] or today()
        until = options["until"] or a_year_after(day)
        asked = Asked(what=options["what"], day=day, until=until, **given)
        root = settings.LOCAL_DIR if options["local"] else settings.CONTENT_DIR
        if root is None:
            raise CommandError("--local needs LOCAL_DIR: the clinic's own folder.")
        try:
            path = sign(Path(root), spoken(options["language"]), asked, today())
        except Refused as refused:
            raise CommandError(f"Not signed. {refused}") from refused
        self.stdout.write(f"Signed: {path}")
        self.stdout.write("Commit it with the text beside it, then build again.")


def ask(words: str) -> str:
    """The answer to a question; empty where nobody can be asked."""
    try:
        return input(words)
    except EOFError:
        return ""


def a_year_after(day: date) -> date:
    """The same day a year later; February 28 for February 29."""
    return date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
