"""The paper form of a packet: its parts, each read in at most 20 minutes, and the page to sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from treatment_guide.http.clock import today
from treatment_guide.library.model import Library
from treatment_guide.library.review.covered import fingerprint
from treatment_guide.library.review.packet import WORDS_A_MINUTE, packet
from treatment_guide.library.review.subjects import Subject, subjects
from treatment_guide.reading.about.review_page import address_of
from treatment_guide.reading.packet.outcome_digest import digest
from treatment_guide.reading.packet.piece import Piece
from treatment_guide.reading.packet.pieces import pieces

#: The most words of a part: what is read in 20 minutes.
MOST_WORDS = 20 * WORDS_A_MINUTE


@dataclass(frozen=True)
class Part:
    """One part of a packet, read at one sitting."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(piece.words for piece in self.pieces)

    @property
    def minutes(self) -> int:
        """How many minutes it takes, rounded up."""
        return -(-self.words // WORDS_A_MINUTE)

    @property
    def sections(self) -> list[tuple[str, list[Piece]]]:
        """Its pieces by heading, in their order."""
        return [(head, [*run]) for head, run in groupby(self.pieces, lambda each: each.heading)]


def paper_form(library: Library, kind: str, name: str = "") -> dict[str, Any] | None:
    """The values of the form of a subject today; None where nobody can sign that."""
    what = Subject(kind, name).id
    if what not in subjects(library):
        return None
    day = today()
    made = packet(library, what, day)
    found = divided(pieces(library, made))
    return {
        "packet": made,
        "what": what,
        "read_at": address_of(library, subjects(library)[what]),
        "day": day,
        "parts": found,
        "words": sum(part.words for part in found),
        "minutes": sum(part.minutes for part in found),
        "wanted": [library.ui[f"role-{role}"] for role in made.standing.missing],
        "lines": range(5),
        "speed": WORDS_A_MINUTE,
        "most": MOST_WORDS // WORDS_A_MINUTE,
    }


def by_place(library: Library) -> dict[str, Any]:
    """The outcomes at every place, each to be signed by itself, for one print of all."""
    found = subjects(library)
    return {
        "places": [
            {
                "what": subject.id,
                "title": library.questions["place"].choices[subject.name].label,
                "hash": fingerprint(library, subject),
                "parts": list(digest(library, subject.name)),
            }
            for subject in found.values()
            if subject.kind == "outcomes"
        ],
        "day": today(),
        "skipped": library.ui["digest-moves"],
    }


def divided(found: Iterable[Piece], most: int = MOST_WORDS) -> list[Part]:
    """Pieces as parts of at most `most` words, in their order; a single piece may be longer. The
    parts of one packet are about equally long.
    """
    waiting = list(found)
    total = sum(piece.words for piece in waiting)
    share = total / max(1, -(-total // most))
    parts: list[list[Piece]] = [[]]
    for piece in waiting:
        held = sum(each.words for each in parts[-1])
        if parts[-1] and (held + piece.words > most or held >= share):
            parts.append([])
        parts[-1].append(piece)
    return [Part(number, tuple(row)) for number, row in enumerate(parts, 1)]
