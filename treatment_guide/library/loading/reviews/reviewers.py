"""Reads `guide/reviewers.yaml` and the objections, and gathers all reviews."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

from treatment_guide.library.faults.file_kinds import files_of
from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.reviews.signatures import (
    OBJECTED,
    SignatureReader,
    check_names,
)
from treatment_guide.library.model import Library, Objection, Reviews
from treatment_guide.library.problems import Problems
from treatment_guide.library.review.subjects import KINDS, Subject, subjects
from treatment_guide.library.schema.adopters.reviews import ObjectionShape, ReviewersShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_yaml

FILE = "guide/reviewers.yaml"
#: What an objection calls the release that has no name yet; `make release` writes the name.
NEXT = "next"
#: Who is wanted where nothing else is said.
EVERY = "every"


@dataclass(frozen=True)
class Reviewers:
    """`guide/reviewers.yaml`: the file, and what stands in it."""

    document: Document
    shape: ReviewersShape

    @property
    def words(self) -> set[str]:
        """The keys of the words of its roles."""
        return {f"role-{role}" for role in self.shape.roles}


def read_reviewers(root: Path, ui: Container[str], problems: Problems) -> Reviewers | None:
    """The roles and who is wanted; None where the file cannot be read."""
    document = read_yaml(root / FILE, FILE, problems)
    shape = document and validated(ReviewersShape, document, document.data, problems)
    if not document or not shape:
        return None
    _check_roles(document, shape, ui, problems)
    return Reviewers(document, shape)


def read_reviews(
    root: Path, library: Library, who: Reviewers, problems: Problems, local: Path | None = None
) -> Reviews:
    """All reviews of a library that is complete but for them: those of the guide, and the signatures
    of a clinic's own folder (`local`).
    """
    known = subjects(library)
    roles = tuple(who.shape.roles)
    _check_wants(who.document, who.shape, known, library.step_options, problems)
    reader = SignatureReader(root, library, known, problems)
    signatures = reader.signatures(roles)
    objections = tuple(_objections(reader, roles))
    reader.check_named()
    if local:
        own = SignatureReader(local, library, known, problems, own=True)
        signatures += own.signatures(roles)
        own.check_named()
    return Reviews(
        roles=roles,
        wants={name: _wanted(who.shape, library, each) for name, each in known.items()},
        signatures=signatures,
        objections=objections,
    )


def _check_roles(
    document: Document, shape: ReviewersShape, ui: Container[str], problems: Problems
) -> None:
    for i, role in enumerate(shape.roles):
        if f"role-{role}" not in ui:
            message = f"There are no words for the role: `role-{role}`."
            at = (document.file, document.line(("roles", i)), "roles", message)
            problems.lacks("interface", f"role-{role}", *at)


def _check_wants(
    document: Document,
    shape: ReviewersShape,
    known: Mapping[str, Subject],
    steps: Mapping[str, tuple[str, ...]],
    problems: Problems,
) -> None:
    right = {EVERY, *KINDS, *known, *(f"step:{step}" for step in steps)}
    for name, roles in shape.wants.items():
        line = document.line(("wants", name))
        if name not in right:
            message = f"`{name}` is no subject and no kind of subject.{meant(name, right)}"
            problems.add(document.file, line, "wants", message)
        for role in roles:
            if role not in shape.roles:
                message = f"`{role}` is not among the roles above.{meant(role, shape.roles)}"
                problems.add(document.file, line, "wants", message)
    if EVERY not in shape.wants:
        message = f"`{EVERY}` is needed: the roles wanted where no other line says it."
        problems.add(document.file, document.line(("wants",)), "wants", message)


def _wanted(shape: ReviewersShape, library: Library, subject: Subject) -> tuple[str, ...]:
    """The roles that a subject wants: by its id, by its option, by its step, by its kind."""
    names = [subject.id]
    if subject.kind in ("option", "rules"):
        step = library.options[subject.name].step
        names += [f"option:{subject.name}", f"step:{step}"]
    elif subject.kind == "values":
        names.append(f"step:{subject.name}")
    named = next((n for n in [*names, subject.kind, EVERY] if n in shape.wants), "")
    return tuple(shape.wants.get(named, ()))


def _objections(reader: SignatureReader, roles: tuple[str, ...]) -> list[Objection]:
    """The objections, the oldest first."""
    found = []
    root, library, problems = reader.root, reader.library, reader.problems
    releases = {*library.releases, library.site.release}
    for file in files_of(root, OBJECTED, "yaml"):
        document = read_yaml(root / file, file, problems)
        shape = document and validated(ObjectionShape, document, document.data, problems)
        if not document or not shape:
            continue
        if shape.release and shape.release not in (*releases, NEXT):
            message = f"There is no release `{shape.release}`.{meant(shape.release, releases)}"
            message += f" Write `{NEXT}` for what is mended and not released yet."
            problems.add(file, document.line(("release",)), "release", message)
        since = reader.since(document, shape)
        if check_names(document, shape, reader.known, roles, problems):
            rest = shape.model_dump(exclude={"release", "reason", "hash"})
            found.append(
                Objection(
                    id=Path(file).stem,
                    release=shape.release or "",
                    reason=shape.reason or "",
                    hash=shape.hash or "",
                    changes=since,
                    **rest,
                )
            )
    return sorted(found, key=lambda each: (each.day, each.id))
