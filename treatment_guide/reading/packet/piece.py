"""One thing to read in a packet."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from treatment_guide.reading.page_parts import TAGS


@dataclass(frozen=True)
class Piece:
    """One thing to read: the heading that it stands under, and its words as HTML. `covers` are the
    items of the packet whose words it shows.
    """

    heading: str
    html: SafeString
    covers: AbstractSet[str] = frozenset()

    @cached_property
    def words(self) -> int:
        """How many words it has, its heading left out."""
        return len(TAGS.sub(" ", self.html).split())
