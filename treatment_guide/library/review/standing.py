"""What stands signed on a day. A signature counts from its day to its last day, while the hash of
what was read holds; then it has lapsed, and its name is shown nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from treatment_guide.library.model import Library, Page, Signature

#: The kinds of subject whose words another kind of the same name covers as well.
WITHIN = {"rules": "option"}
#: The subject of each kind of page; of pages without a kind of their own, by their id.
_PAGES = {"home": "home", "get-help-now": "danger-signs"}
_KINDS = ("option", "situation", "topic", "step")
#: Words before or behind a name that make nobody another person.
TITLES = frozenset(
    ("dr", "prof", "mr", "mrs", "ms", "md", "do", "dpt", "phd", "pt", "rn", "pharmd")
)


@dataclass(frozen=True)
class Standing:
    """How a subject stands on a day: the signatures that count, the roles wanted that have none, and
    the signatures that count no more and whose role has no other.
    """

    what: str
    signed: tuple[Signature, ...]
    missing: tuple[str, ...]
    lapsed: tuple[Signature, ...]

    @property
    def state(self) -> str:
        """`signed` where every wanted role has signed, `partly` where some have, `lapsed` where
        none stands any more, `never`.
        """
        if self.signed:
            return "partly" if self.missing else "signed"
        return "lapsed" if self.lapsed else "never"


def counts(signature: Signature, on: date) -> bool:
    """True for a signature that counts on a day."""
    return signature.holds and signature.day <= on <= signature.until


def standing(library: Library, what: str, on: date) -> Standing:
    """How a subject stands on a day."""
    about = tuple(_about(library, what))
    signed = once_each(each for each in about if counts(each, on))
    roles = {each.role for each in signed}
    wanted = library.reviews.wants.get(what, ())
    over = (e for e in about if e.what == what and e.day <= on and not counts(e, on))
    latest = {each.role: each for each in over if each.role not in roles}
    missing = tuple(role for role in wanted if role not in roles)
    return Standing(what, signed, missing, tuple(latest.values()))


def once_each(signatures: Iterable[Signature]) -> tuple[Signature, ...]:
    """One signature of each person, of those that count, the oldest first: in the role in which the
    person signed first, the one that counts longest. Roles of one person make no two reviewers.
    """
    found: list[Signature] = []
    for each in signatures:
        number = next((n for n, first in enumerate(found) if same_person(first, each)), None)
        if number is None:
            found.append(each)
        elif found[number].role == each.role and found[number].until <= each.until:
            found[number] = each
    return tuple(found)


def same_person(one: Signature, other: Signature) -> bool:
    """True for two signatures of one person: of one name, or of one number of a register."""
    if plain_name(one.who) == plain_name(other.who):
        return True
    number = plain(one.registration)
    return bool(re.search(r"\d{3}", number)) and number == plain(other.registration)


def plain_name(who: str) -> str:
    """A name without titles, accents, marks, and the order of its parts: "ana diaz"."""
    words = re.findall(r"[^\W\d_]+", plain(who).replace(".", ""))
    return " ".join(sorted(set(words) - TITLES) or sorted(words))


def plain(said: str) -> str:
    """Words in small letters, without accents."""
    letters = unicodedata.normalize("NFKD", said).casefold()
    return "".join(each for each in letters if not unicodedata.combining(each))


def _about(library: Library, what: str) -> Iterator[Signature]:
    """The signatures for a subject, and for another that covers it, the oldest first."""
    kind, _, name = what.partition(":")
    whats = {what, f"{WITHIN[kind]}:{name}"} if kind in WITHIN else {what}
    return (each for each in library.reviews.signatures if each.what in whats)


def standings(library: Library, on: date) -> tuple[Standing, ...]:
    """How every subject stands on a day, those first that can harm most."""
    return tuple(standing(library, what, on) for what in library.reviews.wants)


def subject_of(page: Page) -> str:
    """The id of the subject that a page belongs to; empty for a page that nobody signs."""
    return f"{page.kind}:{page.id}" if page.kind in _KINDS else _PAGES.get(page.id, "")


def ever_signed(library: Library) -> bool:
    """True where what a clinician read still stands, whatever the day: no day takes that back."""
    return any(each.holds for each in library.reviews.signatures)


def until(signatures: Iterable[Signature], on: date) -> date | None:
    """The last day on which what is said of these signatures on the day `on` stays true; None where
    it stays true for ever.
    """
    ends = [
        each.day - timedelta(days=1) if each.day > on else each.until
        for each in signatures
        if each.holds and each.until >= on
    ]
    return min(ends, default=None)


def page_until(library: Library, page: Page, on: date) -> date | None:
    """The last day on which what a page says about its review stays true."""
    return until(_about(library, subject_of(page)), on)
