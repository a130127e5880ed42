"""What a hospital puts on a sheet in words of its own: a clinic's notice, and help in languages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import strip_tags

from treatment_guide.library.model import Clinic, Help, Library
from treatment_guide.library.model.local import wide
from treatment_guide.paper.paper_space import Room

#: What the title of a notice takes, in characters.
_TITLE = 40


@dataclass(frozen=True)
class OwnFoot:
    """The notice of the clinic as HTML (empty for none), and help in languages: on the front of the
    sheet, or on its back.
    """

    notice: str = ""
    front: tuple[Help, ...] = ()
    back: tuple[Help, ...] = ()

    def height(self, room: Room) -> float:
        """The height of all of it on the front of a sheet, in mm."""
        notice = room.note(strip_tags(self.notice) + " " * _TITLE) + 1 if self.notice else 0
        return notice + sum(room.note(" " * wide(each.words)) + 1 for each in self.front)


#: The foot of a sheet where no hospital has words of its own.
NO_FOOT = OwnFoot()


def own_foot(library: Library, clinic: Clinic | None) -> OwnFoot:
    """The foot of the sheets that name this clinic."""
    notice, local = clinic.notice if clinic else "", library.local
    return OwnFoot(notice, local.front_help, local.back_help) if local else OwnFoot(notice)
