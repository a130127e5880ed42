"""The page about reviews by clinicians: what is signed, what has lapsed and why, what nobody has
signed, what was objected to. Who signed what counts no more is named nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from treatment_guide.http.addresses import to
from treatment_guide.http.clock import today
from treatment_guide.http.html.review import roles_words
from treatment_guide.library.model import Change, Library, Objection, Signature
from treatment_guide.library.review.packet import name_of, title
from treatment_guide.library.review.standing import Standing, standings
from treatment_guide.library.review.subjects import SINGLE, Subject, subjects
from treatment_guide.reading.page_parts import parts

#: How many changes are told on the whole page and of one part, and how many letters of each: a page
#: of readers has 14,000 bytes. The packet of a part tells all of its changes.
MOST_TOLD, MOST_CHANGES, MOST_LETTERS = 20, 6, 200
#: Where a subject without a page of its own is read.
_PLACES = {
    "danger-signs": "get_help_now",
    "glossary": "glossary",
    "home": "home",
    "rules": "rules",
    "notices": "rules",
    "asks": "rules",
    "care": "rules",
    "diagnoses": "integrator_sheet",
}


@dataclass(frozen=True)
class Lapsed:
    """A signature that counts no more, without the name: the role, its day, whether only its time
    is over, the changes to tell, and how many more there are.
    """

    role: str
    day: date
    over: bool
    changes: tuple[Change, ...]
    more: int


@dataclass(frozen=True)
class Row:
    """A subject on the page: its id, its title, its name among others of its kind, the address of
    its packet, how it stands, the roles wanted and missing in words, what has lapsed.
    """

    id: str
    title: str
    name: str
    href: str
    state: str
    signed: tuple[Signature, ...]
    missing: str
    lapsed: tuple[Lapsed, ...]


@dataclass(frozen=True)
class Group:
    """The subjects of one kind that nobody has signed, by the roles that are wanted."""

    kind: str
    count: int
    by_roles: tuple[tuple[str, tuple[Row, ...]], ...]


def review_values(library: Library) -> dict[str, Any] | None:
    """The values of the page; None for a guide without it."""
    page = library.about.get("review")
    if page is None:
        return None
    on = today()
    shown = parts(library, page)
    known = subjects(library)
    rows = []
    left = MOST_TOLD
    for each in standings(library, on):
        rows.append(row(library, known[each.what], each, left))
        left -= sum(len(it.changes) for it in rows[-1].lapsed)
    objections = library.reviews.objections
    return {
        "page": page,
        "lead": shown[0],
        "parts": shown[1:],
        "elsewhere": library.reviews.elsewhere and bool(library.reviews.signatures),
        "total": len(rows),
        "counts": {
            state: sum(each.state == state for each in rows)
            for state in ("signed", "partly", "lapsed", "never")
        },
        "signed": [each for each in rows if each.signed],
        "lapsed": [each for each in rows if each.lapsed],
        "never": list(never(rows)),
        "open": [objected(library, each) for each in objections if each.state == "open"],
        "answered": [objected(library, each) for each in objections if each.state != "open"],
    }


def row(library: Library, subject: Subject, stands: Standing, most: int) -> Row:
    """A subject as the page shows it; of each signature that lapsed at most `most` changes."""
    return Row(
        id=subject.id,
        title=title(library, subject),
        name=name_of(library, subject),
        href=packet_address(subject),
        state=stands.state,
        signed=stands.signed,
        missing=roles_words(library, stands.missing),
        lapsed=tuple(
            lapsed(library, each, min(MOST_CHANGES, most // len(stands.lapsed)))
            for each in stands.lapsed
        ),
    )


def lapsed(library: Library, signature: Signature, most: int) -> Lapsed:
    """A lapsed signature, with the first `most` of its changes."""
    told = tuple(
        Change(each.kind, each.name, short(each.was), short(each.now))
        for each in signature.changes[:most]
    )
    role = library.ui[f"role-{signature.role}"]
    more = len(signature.changes) - len(told)
    return Lapsed(role, signature.day, signature.holds, told, more)


def short(words: str) -> str:
    """The beginning of words that are long."""
    return words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS]}…"


def never(rows: list[Row]) -> Iterator[Group]:
    """What nobody has signed, by kind."""
    by_kind: dict[str, list[Row]] = {}
    for each in rows:
        if each.state == "never":
            kind = each.id.partition(":")[0]
            by_kind.setdefault("single" if kind in SINGLE else kind, []).append(each)
    for kind, found in by_kind.items():
        roles = dict.fromkeys(each.missing for each in found)
        lists = ((said, tuple(each for each in found if each.missing == said)) for said in roles)
        yield Group(kind, len(found), tuple(lists))


def objected(library: Library, objection: Objection) -> dict[str, Any]:
    """An objection, with what it is about in words."""
    subject = subjects(library)[objection.what]
    return {
        "it": objection,
        "name": title(library, subject),
        "role": library.ui[f"role-{objection.role}"],
    }


def packet_address(subject: Subject) -> str:
    """Where the packet of a subject is read."""
    if subject.name:
        return to("packet_named", subject.kind, subject.name)
    return to("packet", subject.kind)


def address_of(library: Library, subject: Subject) -> str:
    """Where a subject is read: its page, or the page that has it; empty where no page shows it."""
    page = library.page(subject.kind, subject.name)
    if page:
        return page.address
    if subject.kind == "safety":
        return f"{to('safety')}#{subject.name}"
    return to(_PLACES[subject.kind]) if subject.kind in _PLACES else ""
