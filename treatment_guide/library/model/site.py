"""Who publishes this copy of the guide, and whom its readers call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: How many characters a name may have, at least and at most, so that no page is spoilt by it.
NAME_LENGTH, PUBLISHER_LENGTH = (3, 40), (3, 80)
#: A contact is what a link can lead to.
CONTACT = r"^(https://[^\s/]+\.\S+|mailto:[^@\s]+@[^@\s]+\.[^@\s]+)$"


@dataclass(frozen=True)
class Phone:
    """A number to call: as it is read and as it is dialed."""

    number: str
    dial: str


@dataclass(frozen=True)
class Site:
    """Who publishes the guide and where. `name`, `publisher` and `contact` are empty when
    whoever runs this copy has not set them; a contact is an address a link can have.
    """

    origin: str
    language: str
    release: str
    phones: Mapping[str, Phone]
    name: str = ""
    publisher: str = ""
    contact: str = ""

    @property
    def contact_shown(self) -> str:
        """The contact as it is read."""
        return self.contact.removeprefix("mailto:").removeprefix("https://").rstrip("/")
