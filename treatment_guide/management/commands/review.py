"""`manage.py review option:prp`: what a clinician reads before signing, as plain text. Without a
subject: every subject, and how it stands.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from treatment_guide.http.clock import today
from treatment_guide.http.html.context import rendered
from treatment_guide.library.content_check import current_library
from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.model import Change, Library, Signature
from treatment_guide.library.review.due import changed
from treatment_guide.library.review.packet import Packet, packet, title
from treatment_guide.library.review.signing import Refused, keep
from treatment_guide.library.review.standing import standings
from treatment_guide.library.review.subjects import subjects
from treatment_guide.library.review.translated import in_language
from treatment_guide.reading.packet.paper_form import paper_form


class Command(BaseCommand):
    """Prints a packet, or the list of all."""

    help = "Print what a clinician reads before signing; without a subject, all subjects."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the subject, `--on` and `--language`."""
        parser.add_argument("what", nargs="?", help="a subject such as option:prp")
        parser.add_argument("--html", type=Path, help="write the packet as a page for print")
        parser.add_argument(
            "--keep", metavar="HASH", help="keep the text of a packet, for an objection to it"
        )
        parser.add_argument("--on", type=date.fromisoformat, help="a day; default: today")
        parser.add_argument("--language", default="", help="one that is served, such as es")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it. Raises CommandError for no subject."""
        library = spoken(options["language"])
        day, what = options["on"] or today(), options["what"]
        if not what:
            for row in listed(library, day):
                self.stdout.write(row)
            return
        known = subjects(library)
        if what not in known:
            raise CommandError(f"Nobody can sign `{what}`.{meant(what, known)}")
        if options["keep"]:
            self._keep(library, what, options["keep"])
            return
        if options["html"]:
            form = paper_form(library, known[what].kind, known[what].name)
            page = rendered(library, "reading/packet/packet.html", **(form or {}))
            options["html"].write_text(page, encoding="utf-8")
            return
        for row in told(library, packet(library, what, day)):
            self.stdout.write(row)

    def _keep(self, library: Library, what: str, hashed: str) -> None:
        try:
            path = keep(settings.CONTENT_DIR, library, what, hashed)
        except Refused as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Kept: {path}")
        self.stdout.write(f"Write into the objection: hash: {path.stem}")


def spoken(language: str) -> Library:
    """The library of a language. Raises CommandError where it is not served."""
    library = current_library()
    try:
        return in_language(library, language)
    except KeyError:
        served = ", ".join([library.language.name, *library.translations])
        raise CommandError(f"`{language}` is not served. There are: {served}.") from None


def listed(library: Library, day: date) -> Iterator[str]:
    """Every subject with its state, and the roles that are missing."""
    known = subjects(library)
    rows = standings(library, day)
    for each in rows:
        missing = f"  wants {', '.join(each.missing)}" if each.missing else ""
        yield f"{each.state:7}  {each.what:36}  {title(library, known[each.what])}{missing}"
    done = sum(each.state == "signed" for each in rows)
    yield f"{done} of {len(rows)} signed on {day}"


def told(library: Library, made: Packet) -> Iterator[str]:
    """A packet as lines of text."""
    yield made.title
    yield "=" * len(made.title)
    yield f"{made.subject.id}, {made.language}, {made.region}, release {library.site.release}"
    yield f"{made.words:,} words, about {made.minutes} minutes. {made.done} of {made.total} are signed."
    for signature in made.standing.signed:
        yield f"Signed by {person(signature)}, counts until {signature.until}."
    for role in made.standing.missing:
        yield f"Wanted: {library.ui[f'role-{role}']}."
    for signature in made.lapsed:
        yield from since(library, signature)
    for objection in made.objections:
        came = {"changed": f"changed in {objection.release}", "declined": objection.reason}
        answer = came.get(objection.state, "open")
        yield f"Objection of {objection.day}, {objection.who}: {objection.words} ({answer})"
        if objection.changes:
            yield f"Since then {changed(len(objection.changes))}."
        yield from in_words(library, objection.changes)
    for section in made.sections:
        yield ""
        yield library.ui[f"differs-{section.kind}"].upper()
        for line in section.lines:
            first, *rest = line.words or ("",)
            yield f"{line.name}: {first}" if line.name else first
            yield from (f"    {row}" for row in rest)
    yield ""
    yield f"The hash of exactly this text: {made.hash}"
    spoken_in = "" if library.original is None else f" --language {made.language}"
    yield f"To sign it: manage.py sign {made.subject.id}{spoken_in}"


def since(library: Library, signature: Signature) -> Iterator[str]:
    """What changed since a signature that no longer counts."""
    why = "its day is over" if signature.holds else changed(len(signature.changes))
    yield f"Lapsed: {person(signature)}, {signature.day}; {why}."
    yield from in_words(library, signature.changes)


def in_words(library: Library, changes: Iterable[Change]) -> Iterator[str]:
    """What says something else by now: the words then and now."""
    for change in changes:
        yield f"  {library.ui[f'differs-{change.kind}']} {change.name}".rstrip()
        if change.was:
            yield f"    was: {change.was}"
        if change.now:
            yield f"    now: {change.now}"


def person(signature: Signature) -> str:
    """A reviewer: name, role, registration."""
    number = f", {signature.registration}" if signature.registration else ""
    return f"{signature.who} ({signature.role}{number})"
