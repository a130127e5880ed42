"""Reads the signatures of `reviews/`, each beside the text that was read, and whether it holds."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from treatment_guide.library.faults.file_kinds import files_of
from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.model import Change, Library, Signature
from treatment_guide.library.problems import Problems
from treatment_guide.library.review.covered import covered, fingerprint, language
from treatment_guide.library.review.in_words import changes
from treatment_guide.library.review.read_text import FOLDER as READ
from treatment_guide.library.review.read_text import ReadText, parsed
from treatment_guide.library.review.subjects import Subject
from treatment_guide.library.schema.adopters.reviews import ObjectionShape, SignatureShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_text, read_yaml

FOLDER = "reviews"
OBJECTED = "reviews/objections"
#: The fields that the seal covers, in its order.
SEALED = (
    *("what", "who", "role", "registration", "interests", "day", "until"),
    *("language", "region", "hash"),
)


def seal(fields: dict[str, Any]) -> str:
    """Twelve letters over the fields of a signature. `manage.py sign` writes them, so that a file
    changed by hand is noticed. They prove nothing about who wrote it.
    """
    rows = [f"{name}={fields.get(name) or ''}" for name in SEALED]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12]


class SignatureReader:
    """Reads the signatures below a folder of content, or below a clinic's own folder (`own`), whose
    files faults name with their whole path. `known` are the subjects of the library.
    """

    def __init__(
        self,
        root: Path,
        library: Library,
        known: dict[str, Subject],
        problems: Problems,
        *,
        own: bool = False,
    ) -> None:
        self.root = root
        self.own = own
        self.library = library
        self.known = known
        self.problems = problems
        self.named: set[str] = set()  # the texts that signatures name

    def signatures(self, roles: tuple[str, ...]) -> tuple[Signature, ...]:
        """The signatures of the library's language and region, the oldest first."""
        found = []
        for file in files_of(self.root, FOLDER, "yaml"):
            document = read_yaml(self.root / file, self.at(file), self.problems)
            shape = document and validated(SignatureShape, document, document.data, self.problems)
            if not document or not shape:
                continue
            if self.own and shape.what not in self.known:
                self.named.add(shape.hash)
                continue  # a release that takes a page away does not wait for a hospital
            read = self._checked(document, shape, roles)
            if read and self._is_here(read):
                found.append(self._made(Path(file).stem, shape, read))
        return tuple(sorted(found, key=lambda each: (each.day, each.id)))

    def since(self, document: Document, shape: ObjectionShape) -> tuple[Change, ...]:
        """What changed since an objection, where the text that was objected to is kept."""
        if not shape.hash:
            return ()
        self.named.add(shape.hash)
        read = self._read(document, shape.hash)
        if read and read.what != shape.what:
            message = f"{READ}/{shape.hash}.txt is a text of `{read.what}`."
            _note(document, "hash", message, self.problems)
        elif read and shape.what in self.known and self._is_here(read):
            return self._changes(self.known[shape.what], read)
        return ()

    def check_named(self) -> None:
        """Note the texts that no signature and no objection names, once all are read."""
        for file in files_of(self.root, READ, "txt"):
            if Path(file).stem not in self.named:
                message = "No signature and no objection names this text. Take it out."
                self.problems.add(self.at(file), 1, "", message)

    def at(self, file: str) -> str:
        """A file as faults name it."""
        return str(self.root / file) if self.own else file

    def _is_here(self, read: ReadText) -> bool:
        here = (language(self.library), self.library.site.region.id)
        return (read.language, read.region) == here

    def _checked(
        self, document: Document, shape: SignatureShape, roles: tuple[str, ...]
    ) -> ReadText | None:
        """The text that was read; None where the file or the text is not as it was signed."""
        self.named.add(shape.hash)
        sound = check_names(document, shape, self.known, roles, self.problems)
        if shape.region not in self.library.site.regions:
            regions = self.library.site.regions
            message = f"There is no region `{shape.region}`.{meant(shape.region, regions)}"
            sound = _note(document, "region", message, self.problems)
        if shape.seal != seal(shape.model_dump()):
            message = (
                "This file is not as `manage.py sign` wrote it, so it is no signature. Take it out, "
                "or bring back what stood in it; to change a signature, sign again."
            )
            sound = _note(document, "seal", message, self.problems)
        read = self._read(document, shape.hash)
        place = (shape.what, shape.language, shape.region)
        if read and (read.what, read.language, read.region) != place:
            file = f"{READ}/{shape.hash}.txt"
            message = f"{file} is a text of `{read.what}` in {read.language}, {read.region}."
            _note(document, "hash", message, self.problems)
            return None
        return read if sound else None

    def _read(self, document: Document, hashed: str) -> ReadText | None:
        """The text of a hash that a file names; None where it is missing or changed."""
        file = f"{READ}/{hashed}.txt"
        if not (self.root / file).exists():
            message = f"The text that was read is missing: {file}. `manage.py sign` writes both."
            if OBJECTED in document.file:
                message = (
                    f"The text that was objected to is missing: {file}. `manage.py review` writes it "
                    "with --keep. Without it, leave `hash` out."
                )
            _note(document, "hash", message, self.problems)
            return None
        try:
            read = parsed(read_text(self.root / file, self.at(file), self.problems) or "")
        except ValueError as error:
            line = int(error.args[0])
            message = "This is no text that `manage.py sign` wrote. Bring back what stood here."
            self.problems.add(self.at(file), line, "", message)
            return None
        if read.hash != hashed:
            message = "This text is not the one that was read. Bring back what stood here."
            self.problems.add(self.at(file), 1, "", message)
            return None
        return read

    def _made(self, name: str, shape: SignatureShape, read: ReadText) -> Signature:
        subject = self.known[shape.what]
        holds = fingerprint(self.library, subject) == shape.hash
        return Signature(
            id=name,
            what=shape.what,
            who=shape.who,
            role=shape.role,
            registration=shape.registration or "",
            interests=shape.interests,
            day=shape.day,
            until=shape.until,
            hash=shape.hash,
            holds=holds,
            changes=() if holds else self._changes(subject, read),
        )

    def _changes(self, subject: Subject, read: ReadText) -> tuple[Change, ...]:
        return changes(self.library, read.words, covered(self.library, subject))


def check_names(
    document: Document,
    shape: Any,
    known: dict[str, Subject],
    roles: tuple[str, ...],
    problems: Problems,
) -> bool:
    """True where the subject and the role of a signature or an objection exist; faults are noted."""
    sound = True
    if shape.what not in known:
        message = f"Nobody can sign `{shape.what}`.{meant(shape.what, known)} "
        message += "`manage.py review` lists what can be signed."
        sound = _note(document, "what", message, problems)
    if shape.role not in roles:
        message = f"guide/reviewers.yaml has no role `{shape.role}`.{meant(shape.role, roles)}"
        sound = _note(document, "role", message, problems)
    return sound


def _note(document: Document, field: str, message: str, problems: Problems) -> bool:
    problems.add(document.file, document.line((field,)), field, message)
    return False
