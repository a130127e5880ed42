"""Writes a signature: a file with who read what, and beside it the text that was read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.reviews.signatures import FOLDER, seal
from treatment_guide.library.model import Library, Signature
from treatment_guide.library.problems import Problems
from treatment_guide.library.review.covered import covered, fingerprint, language
from treatment_guide.library.review.read_text import FOLDER as READ
from treatment_guide.library.review.read_text import ReadText, written
from treatment_guide.library.review.standing import same_person
from treatment_guide.library.review.subjects import Subject, subjects
from treatment_guide.library.schema.adopters.reviews import SignatureShape
from treatment_guide.library.text.content_files import read_yaml

#: The order of the fields in a file; those without a value are left out.
_FIELDS = (
    *("what", "who", "role", "registration", "interests", "day", "until"),
    *("language", "region", "hash", "seal"),
)


class Refused(Exception):
    """This cannot be signed so. The message says why, and what would be right."""


@dataclass(frozen=True)
class Asked:
    """What is to be signed, by whom; `hash` is the one printed on the packet that was read."""

    what: str
    who: str
    role: str
    interests: str
    day: date
    until: date
    hash: str
    registration: str = ""


def sign(root: Path, library: Library, asked: Asked, today: date) -> Path:
    """Write a signature below a folder of content, and give its file. Raises Refused."""
    known = subjects(library)
    if asked.what not in known:
        raise Refused(f"Nobody can sign `{asked.what}`.{meant(asked.what, known)}")
    asked = replace(asked, role=role_of(library, asked.role))
    for each in other_roles(library, asked, today):
        raise Refused(
            f"{each.who} has signed {asked.what} as `{each.role}` until {each.until}. One person is "
            "one reviewer, whatever the roles: ask somebody else, or take that signature out first."
        )
    if not asked.interests.strip():
        raise Refused("Say which interests you have. If there are none, write: none")
    if asked.day > today:
        raise Refused(f"{asked.day} has not come yet. A signature has the day of the reading.")
    if asked.until < today:
        raise Refused(f"{asked.until} is over. A signature counts until a day to come.")
    subject = known[asked.what]
    now = fingerprint(library, subject)
    _check_hash(library, subject, asked.hash)
    fields = _fields(library, asked, now)
    path = root / FOLDER / f"{_name(library, asked)}.yaml"
    if path.exists():
        raise Refused(f"{FOLDER}/{path.name} is there already.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_yaml(fields), encoding="utf-8")
    _read_again(path, fields)
    _keep(root, library, subject)
    return path


def keep(root: Path, library: Library, what: str, hashed: str) -> Path:
    """Keep the text of a packet with this hash, so that an objection can name it and the next packet
    tells what changed since. Gives its file. Raises Refused where the text is another by now.
    """
    subject = subjects(library)[what]
    _check_hash(library, subject, hashed)
    return _keep(root, library, subject)


def _check_hash(library: Library, subject: Subject, hashed: str) -> None:
    if hashed.strip().lower() != fingerprint(library, subject):
        raise Refused(
            f"`{hashed}` is not the hash of {subject.id} as it stands now. Is it the one on the "
            "packet? If the text has changed since the packet was printed, print it again: "
            f"manage.py review {subject.id}"
        )


def _keep(root: Path, library: Library, subject: Subject) -> Path:
    """Write the text of a subject as it stands."""
    text = ReadText(
        subject.id, language(library), library.site.region.id, covered(library, subject)
    )
    (root / READ).mkdir(parents=True, exist_ok=True)
    path = root / READ / f"{text.hash}.txt"
    path.write_text(written(text), encoding="utf-8")
    return path


def role_of(library: Library, said: str) -> str:
    """The role that is meant: by its id, or as the packet prints it. Raises Refused."""
    roles = library.reviews.roles
    words = " ".join(said.lower().removeprefix("a ").removeprefix("an ").split())
    for role in roles:
        label = library.ui[f"role-{role}"].lower().removeprefix("a ").removeprefix("an ")
        if words in (role, label):
            return role
    raise Refused(f"There is no role `{said}`.{meant(said, roles)} There are: {', '.join(roles)}.")


def other_roles(library: Library, asked: Asked, today: date) -> Iterator[Signature]:
    """The signatures that the same person gave for the same subject in another role and that
    count, now or from a day to come.
    """
    me = Signature(
        "", asked.what, asked.who, asked.role, asked.registration, "", today, today, "", True
    )
    for each in library.reviews.signatures:
        same = each.what == asked.what and each.role != asked.role and same_person(each, me)
        if same and each.holds and each.until >= today:
            yield each


def _read_again(path: Path, fields: dict[str, str]) -> None:
    """Read a file as the next start will. Raises Refused, and takes it away, where that would stop."""
    problems = Problems()
    document = read_yaml(path, f"{FOLDER}/{path.name}", problems)
    if problems or document is None or document.data != fields:
        path.unlink()
        told = "; ".join(each.message for each in problems.found)
        raise Refused(f"These words cannot be kept in a file. {told}".strip())


def _fields(library: Library, asked: Asked, now: str) -> dict[str, str]:
    """The fields of the file. Raises Refused where one is not of its form."""
    given = {
        "what": asked.what,
        "who": " ".join(asked.who.split()),
        "role": asked.role,
        "registration": " ".join(asked.registration.split()),
        "interests": " ".join(asked.interests.split()),
        "day": asked.day.isoformat(),
        "until": asked.until.isoformat(),
        "language": language(library),
        "region": library.site.region.id,
        "hash": now,
    }
    fields = {name: said for name, said in given.items() if said}
    fields["seal"] = seal(fields)
    try:
        SignatureShape.model_validate(fields)
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise Refused("; ".join(faults)) from error
    return fields


def _yaml(fields: dict[str, str]) -> str:
    """The fields as YAML. Words stand between quotes, with quotes inside them doubled."""
    rows = ["# Written by `manage.py sign`; never changed by hand."]
    for name in _FIELDS:
        if name in fields:
            said = fields[name].replace("'", "''")
            rows.append(f"{name}: '{said}'")
    return "\n".join(rows) + "\n"


def _name(library: Library, asked: Asked) -> str:
    """The name of the file: the subject, the language of a translation, the reviewer in plain
    letters, the day.
    """
    spoken = "" if library.original is None else language(library)
    plain = unicodedata.normalize("NFKD", f"{asked.what} {spoken} {asked.who}").encode(
        "ascii", "ignore"
    )
    words = re.findall(r"[a-z0-9]+", plain.decode().lower())
    latin = re.findall(r"[a-z]", asked.who.lower())
    other = [] if latin else [hashlib.sha256(asked.who.encode()).hexdigest()[:8]]
    return "-".join([*words, *other, asked.day.isoformat()])
